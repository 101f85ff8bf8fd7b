"""Export of publications, and check of their manuscripts."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

import msgspec

from exporter.config import (
    HOUSE_FILE,
    GateLevel,
    SettingsLayer,
    Validators,
    edition_options,
    export_settings,
    gate_settings,
    metadata_settings,
    read_toml,
    store_folder,
    styles_folder,
)
from exporter.config.layers import GENERAL
from exporter.errors import ExitCode, OutputError, UsageError
from exporter.findings import Finding
from exporter.pipeline import failures, manuscripts
from exporter.pipeline.code_digest import CodeDigest
from exporter.pipeline.context import PublicationRun, RunContext
from exporter.pipeline.events import Found, Listener, Notice, PublicationFinished
from exporter.pipeline.export import run_export
from exporter.pipeline.external_validators import ExternalValidators
from exporter.pipeline.fingerprints import Fingerprints
from exporter.pipeline.manuscripts import Manuscript, UnresolvedManuscript
from exporter.pipeline.pool import StepPool
from exporter.pipeline.registry import Edition, Registry, discover, inherited_editions
from exporter.pipeline.report import REPORT_PAGE
from exporter.pipeline.scheduler import Progress, shown_path
from exporter.pipeline.scratch import run_folder
from exporter.pipeline.steps.parse import Parse
from exporter.pipeline.store import Store, remove_tree, writing
from exporter.site.settings import TABLE as SITE
from exporter.site.settings import site_settings

INPUT = Path("input")
"""Folder of publications if no source is given."""
OUTPUT = Path("output")
Pool = Callable[[int, Progress, Path], Executor]
"""Returns the executor of the steps, for a number of processes, a receiver of progress and a temporary folder."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request to export or check publications."""

    sources: tuple[Path, ...] = ()
    """Manuscripts, their folders or folders of those; empty: `input`."""
    output: Path = OUTPUT
    editions: tuple[str, ...] = ()
    """Names; empty: those in the settings, else all."""
    options: dict[str, str] = {}
    """Options by name, such as `voice` or `page_size`, for every edition that has them."""
    jobs: int = 0
    """Processes at a time; 0: one per processor."""
    gate: GateLevel = GateLevel.ERROR
    store: Path | None = None
    styles: Path | None = None
    validators: Validators | None = None
    """Validators that check the editions; None: as in the settings."""
    today: datetime.date | None = None
    """Day on which waivers are in force or have expired; None: the current day."""
    is_cancelled: Callable[[], bool] = lambda: False
    """Returns whether to stop; called regularly."""


class OutputFile(msgspec.Struct, frozen=True):
    """A file in the output folder."""

    name: str
    """Its path relative to the current folder."""
    size: int
    """Bytes."""
    changed: bool
    is_edition: bool = True
    """Whether it is an edition; else it is the report, the page or a file that belongs to them."""


class PublicationOutcome(msgspec.Struct, frozen=True):
    """The outcome of one publication."""

    slug: str
    shown: str
    """The path of the manuscript as given by the user."""
    code: ExitCode
    findings: tuple[Finding, ...]
    files: tuple[OutputFile, ...] = ()
    report: Path | None = None
    earlier: Path | None = None
    """The folder of an earlier export, which was not changed."""

    def path_of(self, finding: Finding) -> str:
        """Return the path of the file of a finding relative to the current folder."""
        return shown_path(Path(self.shown), finding)


class Outcome(msgspec.Struct, frozen=True):
    """The outcome of a run."""

    publications: tuple[PublicationOutcome, ...]

    @property
    def code(self) -> ExitCode:
        """The largest exit code of a publication: large codes concern the installation, small ones the manuscript."""
        return max((publication.code for publication in self.publications), default=ExitCode.DONE)


def export(request: Request, listener: Listener, pool: Pool = StepPool) -> Outcome:
    """Create the editions of publications.

    Args:
        request: Sources, editions and options.
        listener: Receives the events.
        pool: Returns the executor of the steps; by default they run in processes of their own.

    Raises:
        UsageError: A source does not exist, or an edition is unknown.
        SettingsError: The publisher settings are invalid.
        OutputError: The store that was named, or the output folder, cannot be written.
        KeyboardInterrupt: The run was cancelled; no file is partly written.
    """
    with writing(request.output, "The output folder"):
        request.output.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=request.output):
            pass
    return _run(request, listener, request.output, pool)


def check(request: Request, listener: Listener) -> Outcome:
    """Check the manuscripts of publications; only the store is written.

    Raises:
        UsageError: A source does not exist.
        SettingsError: The publisher settings are invalid.
    """
    return _run(request, listener, None)


def _run(request: Request, listener: Listener, output: Path | None, pool: Pool = StepPool) -> Outcome:
    registry = discover()
    for finding in registry.findings:
        listener(Notice(f"{finding.message} {finding.advice}"))
    editions = registry.select(request.editions) if output is not None else ()
    styles = styles_folder(request.styles)
    publisher = read_toml(styles / HOUSE_FILE, HOUSE_FILE)
    command = _command_line(registry, registry.select(request.editions), request)
    _check_settings(registry, publisher, command)
    sources = manuscripts.find(_sources(request), registry.suffixes())
    with _store(request.store, listener) as store, run_folder(store) as scratch, ExternalValidators() as validators:
        fingerprints = Fingerprints(store)
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
            publisher_settings=publisher,
            command_line_settings=command,
            scratch=scratch,
            validators=validators,
            today=request.today or datetime.date.today(),
            is_cancelled=request.is_cancelled,
            listener=listener,
        )
        resolved = [source for source in sources if isinstance(source, Manuscript)]
        unresolved = [_unresolved(source, listener) for source in sources if isinstance(source, UnresolvedManuscript)]
        size = min(request.jobs or _processors(), max(1, len(resolved) * max(1, len(editions))))
        temporary = scratch / "temporary"
        temporary.mkdir()
        publications = run_export(context, resolved, lambda progress: pool(size, progress, temporary))
        return Outcome((*(_outcome(publication) for publication in publications), *unresolved))


def _sources(request: Request) -> Sequence[Path]:
    if request.sources:
        return request.sources
    if not INPUT.is_dir():
        raise UsageError(
            f"No such folder: “{INPUT}”.",
            advice="Name a manuscript, or create one with: exporter new my-report --kind report",
        )
    return (INPUT,)


def _option_without_effect(name: str, chosen: Sequence[Edition], registry: Registry) -> UsageError:
    """Return the error for an option that none of the chosen editions has."""
    others = [edition.name for edition in registry.editions if name in edition.writer.Options.__struct_fields__]
    option, editions = f"--{name.replace('_', '-')}", " and ".join(f"“{edition.name}”" for edition in chosen)
    message = f"{option} has no effect on {editions}."
    return UsageError(message, advice=f"Remove it, or add --to {others[0]}." if others else "Remove it.")


def _command_line(registry: Registry, chosen: Sequence[Edition], request: Request) -> SettingsLayer:
    tables: dict[str, dict[str, str]] = {}
    if request.validators is not None:
        tables["export"] = {"validators": request.validators.value}
    names = {edition.name for selected in chosen for edition in (selected, *inherited_editions(registry, selected))}
    editions = [edition for edition in registry.editions if edition.name in names]
    for name, value in request.options.items():
        having = [edition for edition in editions if name in edition.writer.Options.__struct_fields__]
        if not having:
            raise _option_without_effect(name, chosen, registry)
        # If only some editions accept the value, it is set for these; if none does, the first reports the error.
        accepting = [edition for edition in having if _accepts(edition, name, value)]
        for edition in accepting or having:
            tables.setdefault(edition.name, {})[name] = value
    return SettingsLayer("", tables, untyped=True)


def _accepts(edition: Edition, name: str, value: str) -> bool:
    layer = SettingsLayer("", {edition.name: {name: value}}, untyped=True)
    try:
        edition_options([layer], edition.name, edition.writer.Options)
    except UsageError:
        return False
    return True


def _check_settings(registry: Registry, publisher: SettingsLayer | None, command: SettingsLayer) -> None:
    layers = [layer for layer in (publisher, command) if layer]
    if publisher:
        publisher.check_names([edition.name for edition in registry.editions], general=(*GENERAL, SITE))
    metadata_settings(publisher)
    gate_settings(layers)
    site_settings(publisher)
    export_settings(layers)
    for edition in registry.editions:
        edition_options(layers, edition.name, edition.writer.Options)


@contextmanager
def _store(folder: Path | None, listener: Listener) -> Iterator[Store]:
    """Yield the store, or a temporary one for this run if the default folder cannot be written."""
    root, is_given = store_folder(folder)
    try:
        store = Store.open(root)
    except (OutputError, UsageError) as error:
        if is_given:
            raise
        temporary = Path(tempfile.mkdtemp(prefix="exporter-"))
        listener(Notice(f"{error} This run uses a temporary store; the next run has to repeat everything."))
        try:
            yield Store.open(temporary / "store")
        finally:
            remove_tree(temporary)
    else:
        yield store


def _unresolved(manuscript: UnresolvedManuscript, listener: Listener) -> PublicationOutcome:
    finding = failures.finding(manuscript.error, Parse.title)
    listener(Found(manuscript.slug, finding, manuscript.shown))
    listener(PublicationFinished(manuscript.slug, int(manuscript.error.exit_code)))
    return PublicationOutcome(manuscript.slug, manuscript.shown, manuscript.error.exit_code, (finding,))


def _outcome(publication: PublicationRun) -> PublicationOutcome:
    context, slug = publication.context, publication.manuscript.slug
    folder = (context.output or Path()) / slug
    names = {f"{slug}{edition.writer.SUFFIX}" for edition in context.registry.editions}
    files = tuple(
        OutputFile(str(folder / file.name), file.output.size, file.changed, file.name in names)
        for file in publication.published
    )
    exists = context.output is not None and any((folder / name).exists() for name in names)
    return PublicationOutcome(
        slug,
        publication.manuscript.shown,
        publication.exit_code,
        publication.findings,
        files,
        folder / REPORT_PAGE if files else None,
        folder if exists and not any(file.is_edition for file in files) else None,
    )


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
