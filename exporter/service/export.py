"""Export of publications, and check of their manuscripts."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import msgspec

from exporter import budgets
from exporter.config import GateLevel, Location, Validators, local_folder, store_limit, styles_folder
from exporter.errors import UsageError
from exporter.pipeline import manuscripts
from exporter.pipeline.checked_copy import changed_copy
from exporter.pipeline.context import PublicationRun, RunContext
from exporter.pipeline.events import Listener, Notice, StepState
from exporter.pipeline.execution.pool import StepPool
from exporter.pipeline.execution.scheduler import Progress
from exporter.pipeline.export import raise_settings_errors, run_export
from exporter.pipeline.external_validators import ExternalValidators
from exporter.pipeline.file_writing import writing
from exporter.pipeline.manuscripts import Manuscript, UnresolvedManuscript
from exporter.pipeline.output.catalogue_update import prepare_catalogue
from exporter.pipeline.output.staging import replace_if_changed
from exporter.pipeline.registry import Registry, discover
from exporter.pipeline.storage.code_digest import CodeDigest
from exporter.pipeline.storage.fingerprints import Fingerprints
from exporter.pipeline.storage.scratch import run_folder
from exporter.report.sarif import combine
from exporter.service.kept_processes import KeptExecutor, Pool
from exporter.service.outcome import Outcome, publication_outcome, unresolved_outcome
from exporter.service.output_location import check_file, check_folder, create, edition_of_file
from exporter.service.run_resources import on_cluster, open_cluster, open_output, open_store
from exporter.service.run_settings import read_run_settings
from exporter.service.store_content import limit_size

INPUT = Path("input")
"""Folder of publications if no source is given."""
OUTPUT = Path("output")
_PROCESSES_OF_STEP = 4
"""Processes that a step may use at most: each takes memory, and several editions are written at a time."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request to export or check publications."""

    sources: tuple[Path, ...] = ()
    """Manuscripts, their folders or folders of those; empty: `input`."""
    output: Location = OUTPUT
    """Folder or its address, or a file if only one edition of one publication is requested."""
    editions: tuple[str, ...] = ()
    """Names; empty: those in the settings, else all."""
    options: dict[str, str] = {}
    """Options by name, such as `voice` or `page_size`, for every edition that has them."""
    jobs: int = 0
    """Processes at a time; 0: one per processor."""
    memory: int = 0
    """Bytes that a process may use at most; 0: a share of the machine's memory."""
    gate: GateLevel = GateLevel.ERROR
    store: Location | None = None
    """Folder or address of the store; None: the default folder."""
    cluster: str = ""
    """Address of the scheduler of a cluster that executes the steps; empty: this machine does."""
    store_limit: str = ""
    """Size of the store, such as `20 GB`, or `none`; empty: that of the settings."""
    styles: Path | None = None
    guess_headings: bool = False
    """Whether lines that only look like headings are headings; else the settings decide."""
    validators: Validators | None = None
    """Validators that check the editions; None: as in the settings."""
    today: datetime.date | None = None
    """Day on which waivers are in force or have expired; None: the current day."""
    sarif: Path | None = None
    """File for the findings of a check in SARIF, of all publications."""
    comments: bool = False
    """Whether to write findings in Word manuscripts as comments into copies of these."""
    comments_folder: Path | None = None
    """Folder of these copies; None: each beside its manuscript."""
    is_cancelled: Callable[[], bool] = lambda: False
    """Returns whether to stop; called regularly."""


def export(request: Request, listener: Listener, pool: Pool = StepPool) -> Outcome:
    """Create the editions of publications.

    Args:
        request: Sources, editions and options.
        listener: Receives the events.
        pool: Returns the executor of the steps; by default they run in processes of their own.

    Raises:
        UsageError: A source does not exist, an edition is unknown, or the output would be among the manuscripts.
        SettingsError: The publisher settings are invalid.
        OutputError: The store that was named, or the output folder, cannot be written.
        KeyboardInterrupt: The run was cancelled; no file is partly written.
    """
    registry = discover()
    output = local_folder(request.output)
    edition = edition_of_file(output, request.editions, registry)
    if edition is None:
        return _run(request, listener, registry, pool, output=output)
    request = msgspec.structs.replace(request, editions=(edition.name,))
    return _run(request, listener, registry, pool, file=output)


def check(request: Request, listener: Listener, pool: Pool = StepPool) -> Outcome:
    """Check the manuscripts of publications; only the store, report pages and copies with comments are written.

    Args:
        request: Sources and options.
        listener: Receives the events.
        pool: As for `export`.

    Raises:
        UsageError: A source does not exist.
        SettingsError: The publisher settings are invalid.
    """
    return _run(request, listener, discover(), pool)


def _run(
    request: Request,
    listener: Listener,
    registry: Registry,
    pool: Pool = StepPool,
    *,
    output: Path | None = None,
    file: Path | None = None,
) -> Outcome:
    for finding in registry.findings:
        listener(Notice(f"{finding.message} {finding.advice}"))
    styles = styles_folder(request.styles)
    settings = read_run_settings(request.editions, request.options, _general_settings(request), registry, styles)
    editions = settings.editions if output or file else ()
    sources = manuscripts.find(_sources(request), registry.suffixes())
    if file is not None:
        check_file(file, sources)
        create(file.parent)
    if output is not None:
        check_folder(output, _sources(request), sources)
        create(output)
    limit = store_limit(None if settings.errors else settings.publisher, request.store_limit)
    began = time.time()
    with open_store(request.store, listener) as store, open_cluster(request.cluster, store, listener) as cluster:
        with run_folder(store) as scratch, ExternalValidators() as validators, ThreadPoolExecutor(1) as thread:
            fingerprints = Fingerprints(store)
            shared_output = open_output(request.output, store, fingerprints) if output else None
            if shared_output:
                listener = shared_output.listener(listener)
            resolved = [source for source in sources if isinstance(source, Manuscript)]
            processors = request.jobs or _processors()
            size = min(processors, max(1, len(resolved) * max(1, len(editions))))
            context = RunContext(
                store=store,
                fingerprints=fingerprints,
                code=CodeDigest(fingerprints),
                registry=registry,
                styles=styles,
                editions=editions,
                editions_given=bool(request.editions),
                gate=request.gate,
                output=output,
                shared_output=shared_output,
                output_file=file,
                publisher_settings=settings.publisher,
                command_line_settings=settings.command_line,
                scratch=scratch,
                validators=validators,
                today=request.today or datetime.date.today(),
                is_cancelled=request.is_cancelled,
                processes=cluster.processes if cluster else size,
                processes_of_step=min(processors, _PROCESSES_OF_STEP) if not cluster and len(resolved) == 1 else 1,
                memory=request.memory or budgets.most_memory(size),
                listener=listener,
                slugs=frozenset(manuscript.slug for manuscript in resolved),
                reports=None if output or file else local_folder(request.output),
                comments=request.comments,
                comments_folder=request.comments_folder,
                thread=thread,
            )
            _report_changed_copies(resolved, listener)
            temporary = scratch / "temporary"
            temporary.mkdir()

            def executor(progress: Progress) -> Executor:
                local = pool(size, progress, temporary)
                if isinstance(local, StepPool | KeptExecutor) and output is not None:
                    prepare_catalogue(context)
                return on_cluster(cluster, context, local, progress)

            if settings.errors:
                raise_settings_errors(context, resolved, executor, settings.errors)
            unresolved = [
                unresolved_outcome(source, listener) for source in sources if isinstance(source, UnresolvedManuscript)
            ]
            publications = run_export(context, resolved, executor)
            outcome = Outcome((*(publication_outcome(publication) for publication in publications), *unresolved))
        if request.sarif:
            _write_sarif(request.sarif, publications)
        if request.store_limit or any(map(_has_worked, publications)):
            limit_size(store, limit, began, listener)
        return outcome


def _write_sarif(file: Path, publications: Sequence[PublicationRun]) -> None:
    """Write the findings of all publications into one file, with paths relative to the current folder.

    Raises:
        OutputError: It cannot be written.
    """
    logs = []
    for publication in publications:
        if rendered := publication.result("report"):
            folder = _from_here(publication.manuscript.folder)
            log = publication.context.store.fetch(rendered.outputs["sarif"].digest)
            logs.append((folder, log))
    with writing(file, "The file"):
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_if_changed(file, combine(logs))


def _from_here(folder: Path) -> str:
    """Return the path of a folder relative to the current one, with slashes; "" for the current one."""
    try:
        path = os.path.relpath(folder)
    except ValueError:  # another drive of Windows
        return folder.as_posix()
    return "" if path == "." else Path(path).as_posix()


def _has_worked(publication: PublicationRun) -> bool:
    return any(outcome.state is StepState.MADE for outcome in publication.outcomes.values())


def _report_changed_copies(manuscripts: Sequence[Manuscript], listener: Listener) -> None:
    for manuscript in manuscripts:
        if (copy := changed_copy(manuscript.path)) is not None:
            name = Path(manuscript.shown).with_name(copy.name)
            message = f"“{name}” has been changed after “{manuscript.shown}”, which is read. Name the one you mean."
            listener(Notice(message))


def _sources(request: Request) -> Sequence[Path]:
    if request.sources:
        return request.sources
    if not INPUT.is_dir():
        raise UsageError(
            f"No such folder: “{INPUT}”.",
            advice="Name a manuscript, or create one with: exporter new my-report --kind report",
        )
    return (INPUT,)


def _general_settings(request: Request) -> dict[str, str]:
    """Return the settings of the table `[export]` on the command line."""
    general = {"validators": request.validators.value} if request.validators is not None else {}
    return general | ({"guess_headings": "true"} if request.guess_headings else {})


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
