"""Export and check."""

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
    Gate,
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
from exporter.pipeline.registry import Edition, Registry, discover, followed
from exporter.pipeline.report import REPORT_PAGE
from exporter.pipeline.scheduler import Progress, shown_path
from exporter.pipeline.scratch import run_folder
from exporter.pipeline.steps.parse import Parse
from exporter.pipeline.store import Store, remove_tree, writing
from exporter.site.settings import TABLE as SITE
from exporter.site.settings import site_settings

INPUT = Path("input")
"""Where publications are looked for when none is named."""
OUTPUT = Path("output")
Pool = Callable[[int, Progress, Path], Executor]
"""Makes what runs the steps: how many at a time, who hears of their progress, where their temporary files lie."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for."""

    sources: tuple[Path, ...] = ()
    """Manuscripts, their folders or folders of those; empty: `input`."""
    output: Path = OUTPUT
    editions: tuple[str, ...] = ()
    """Names; empty: those that the settings name, else all."""
    options: dict[str, str] = {}
    """Options for every edition that has one of that name, such as `voice` or `page_size`."""
    jobs: int = 0
    """Processes at a time; 0: as many as the machine has processors."""
    gate: Gate = Gate.ERROR
    store: Path | None = None
    styles: Path | None = None
    validators: Validators | None = None
    """Who checks the editions; None: as the settings say."""
    today: datetime.date | None = None
    """On which waivers hold or have ended; None: this day."""
    stopped: Callable[[], bool] = lambda: False
    """Whether somebody has asked to stop; asked now and then."""


class EditionOutcome(msgspec.Struct, frozen=True):
    """A file in the output folder."""

    name: str
    """Its path as seen from the current folder."""
    size: int
    """Bytes."""
    changed: bool
    edition: bool = True
    """Whether it is an edition; else it is the report, the page or what belongs to them."""


class PublicationOutcome(msgspec.Struct, frozen=True):
    """How it went with one publication."""

    slug: str
    shown: str
    """The manuscript as it was named."""
    code: ExitCode
    findings: tuple[Finding, ...]
    files: tuple[EditionOutcome, ...] = ()
    report: Path | None = None
    before: Path | None = None
    """The folder of an earlier export, which was left as it is."""

    def path_of(self, finding: Finding) -> str:
        """Return the file of a finding as seen from the current folder."""
        return shown_path(Path(self.shown), finding)


class Outcome(msgspec.Struct, frozen=True):
    """How it went."""

    publications: tuple[PublicationOutcome, ...]

    @property
    def code(self) -> ExitCode:
        """The largest code of a publication: the larger, the more it concerns the installation and not the text."""
        return max((publication.code for publication in self.publications), default=ExitCode.DONE)


def export(request: Request, listener: Listener, pool: Pool = StepPool) -> Outcome:
    """Make the editions of some publications.

    Args:
        request: What is asked for.
        listener: Hears what happens.
        pool: Runs the steps: in processes of their own, unless whoever calls knows better.

    Raises:
        UsageError: A source does not exist, an edition is unknown.
        SettingsError: The settings of the house are wrong.
        OutputError: The store that was named, or the output folder, cannot be written.
        KeyboardInterrupt: Somebody stopped it; nothing is half-written.
    """
    with writing(request.output, "The output folder"):
        request.output.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=request.output):
            pass
    return _run(request, listener, request.output, pool)


def check(request: Request, listener: Listener) -> Outcome:
    """Check the manuscripts of some publications and write nothing but the store.

    Raises:
        UsageError: A source does not exist.
        SettingsError: The settings of the house are wrong.
    """
    return _run(request, listener, None)


def _run(request: Request, listener: Listener, output: Path | None, pool: Pool = StepPool) -> Outcome:
    registry = discover()
    for finding in registry.findings:
        listener(Notice(f"{finding.message} {finding.advice}"))
    editions = registry.select(request.editions) if output is not None else ()
    styles = styles_folder(request.styles)
    house = read_toml(styles / HOUSE_FILE, HOUSE_FILE)
    command = _command_line(registry, registry.select(request.editions), request)
    _check_house(registry, house, command)
    found = manuscripts.find(_sources(request), registry.suffixes())
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
            publisher_settings=house,
            command_line_settings=command,
            scratch=scratch,
            validators=validators,
            today=request.today or datetime.date.today(),
            is_cancelled=request.stopped,
            listener=listener,
        )
        resolved = [one for one in found if isinstance(one, Manuscript)]
        unresolved = [_unfound(one, listener) for one in found if isinstance(one, UnresolvedManuscript)]
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
            f"There is no folder “{INPUT}” here.",
            advice="Name a manuscript, or begin one with: exporter new my-report --kind report",
        )
    return (INPUT,)


def _option_without_effect(name: str, chosen: Sequence[Edition], registry: Registry) -> UsageError:
    """Return the error for an option that means nothing to the editions that were chosen."""
    has = [edition.name for edition in registry.editions if name in edition.writer.Options.__struct_fields__]
    option, editions = f"--{name.replace('_', '-')}", " and ".join(f"“{each.name}”" for each in chosen)
    message = f"{option} means nothing to {editions}."
    return UsageError(message, advice=f"Leave it out, or add --to {has[0]}." if has else "Leave it out.")


def _command_line(registry: Registry, chosen: Sequence[Edition], request: Request) -> SettingsLayer:
    tables: dict[str, dict[str, str]] = {}
    if request.validators is not None:
        tables["export"] = {"validators": request.validators.value}
    names = {edition.name for one in chosen for edition in (one, *followed(registry, one))}
    editions = [edition for edition in registry.editions if edition.name in names]
    for name, value in request.options.items():
        takers = [edition for edition in editions if name in edition.writer.Options.__struct_fields__]
        if not takers:
            raise _option_without_effect(name, chosen, registry)
        # Where some editions know the value, the others keep theirs; where none does, the first says what there is.
        for taker in [edition for edition in takers if _takes(edition, name, value)] or takers:
            tables.setdefault(taker.name, {})[name] = value
    return SettingsLayer("", tables, untyped=True)


def _takes(edition: Edition, name: str, value: str) -> bool:
    layer = SettingsLayer("", {edition.name: {name: value}}, untyped=True)
    try:
        edition_options([layer], edition.name, edition.writer.Options)
    except UsageError:
        return False
    return True


def _check_house(registry: Registry, house: SettingsLayer | None, command: SettingsLayer) -> None:
    layers = [layer for layer in (house, command) if layer]
    if house:
        house.check_names([edition.name for edition in registry.editions], general=(*GENERAL, SITE))
    metadata_settings(house)
    gate_settings(layers)
    site_settings(house)
    export_settings(layers)
    for edition in registry.editions:
        edition_options(layers, edition.name, edition.writer.Options)


@contextmanager
def _store(named: Path | None, listener: Listener) -> Iterator[Store]:
    """Return the store; one for this run alone when the usual place cannot be written."""
    root, wanted = store_folder(named)
    try:
        store = Store.open(root)
    except (OutputError, UsageError) as error:
        if wanted:
            raise
        folder = Path(tempfile.mkdtemp(prefix="exporter-"))
        listener(Notice(f"{error} This run works without it, and the next one has to do everything again."))
        try:
            yield Store.open(folder / "store")
        finally:
            remove_tree(folder)
    else:
        yield store


def _unfound(manuscript: UnresolvedManuscript, listener: Listener) -> PublicationOutcome:
    finding = failures.finding(manuscript.error, Parse.title)
    listener(Found(manuscript.slug, finding, manuscript.shown))
    listener(PublicationFinished(manuscript.slug, int(manuscript.error.exit_code)))
    return PublicationOutcome(manuscript.slug, manuscript.shown, manuscript.error.exit_code, (finding,))


def _outcome(publication: PublicationRun) -> PublicationOutcome:
    context, slug = publication.context, publication.manuscript.slug
    folder = (context.output or Path()) / slug
    names = {f"{slug}{edition.writer.SUFFIX}" for edition in context.registry.editions}
    files = tuple(
        EditionOutcome(str(folder / file.name), file.output.size, file.changed, file.name in names)
        for file in publication.published
    )
    stands = context.output is not None and any((folder / name).exists() for name in names)
    return PublicationOutcome(
        slug,
        publication.manuscript.shown,
        publication.exit_code,
        publication.findings,
        files,
        folder / REPORT_PAGE if files else None,
        folder if stands and not any(file.edition for file in files) else None,
    )


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
