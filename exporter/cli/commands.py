"""The commands and their options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Optional

import typer

from exporter import __version__, service
from exporter.cli import summary
from exporter.cli.progress import Mode, display
from exporter.cli.say import say, size_of
from exporter.config import Gate
from exporter.errors import ExitCode, ExporterError, MissingToolError
from exporter.model import Kind
from exporter.service import Finished, Listener, Outcome, Request

app = typer.Typer(
    name="exporter",
    help="One manuscript, every accessible edition: PDF, EPUB, Word and audio.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Sources = Annotated[
    Optional[list[Path]],  # noqa: UP045  # Typer reads the annotation
    typer.Argument(metavar="[SOURCE]...", help="Manuscripts, their folders, or folders of those. Default: input"),
]
Store = Annotated[Optional[Path], typer.Option("--store", help="Folder of intermediate results.")]  # noqa: UP045
Styles = Annotated[Optional[Path], typer.Option("--styles", help="Folder of styles.")]  # noqa: UP045
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes at a time; 0: one per processor.")]
ProgressMode = Annotated[
    Mode,
    typer.Option("--progress", help="auto: a bar; plain: lines, for screen readers; json: for programs."),
]


def _version(wanted: bool) -> None:
    if wanted:
        say(f"exporter {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and leave.")
    ] = False,
) -> None:
    pass


@app.command()
def export(
    *,
    source: Sources = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the editions.")] = Path("output"),
    to: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--to", metavar="EDITION", help="An edition, such as pdf; may be repeated. Default: all"),
    ] = None,
    voice: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--voice", help="Voice of the audio edition; see: exporter voices"),
    ] = None,
    page_size: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--page-size", help="Paper of the PDF editions, such as a4 or letter."),
    ] = None,
    jobs: Jobs = 0,
    gate: Annotated[
        Gate,
        typer.Option("--check", help="error: errors stop a manuscript; warning: nothing does; off: no check."),
    ] = Gate.ERROR,
    progress: ProgressMode = Mode.AUTO,
    store: Store = None,
    styles: Styles = None,
) -> None:
    """Make the editions of manuscripts."""
    options = {"voice": voice, "page_size": page_size}
    request = service.Request(
        sources=tuple(source or ()),
        output=output,
        editions=tuple(to or ()),
        options={name: value for name, value in options.items() if value is not None},
        jobs=jobs,
        gate=gate,
        store=store,
        styles=styles,
    )
    # Notes call for nothing; the report has them.
    _run(service.export, request, progress, summary.exported, notes=False)


@app.command()
def check(
    source: Sources = None,
    jobs: Jobs = 0,
    progress: ProgressMode = Mode.AUTO,
    store: Store = None,
    styles: Styles = None,
) -> None:
    """Check manuscripts and write nothing."""
    request = service.Request(sources=tuple(source or ()), jobs=jobs, store=store, styles=styles)
    _run(service.check, request, progress, summary.checked, notes=True)


def _run(
    use_case: Callable[[Request, Listener], Outcome],
    request: Request,
    progress: Mode,
    summarise: Callable[[Outcome], None],
    *,
    notes: bool,
) -> None:
    shown = display(progress, notes=notes)
    try:
        with shown:
            outcome = use_case(request, shown)
    except ExporterError as error:
        shown(Finished(int(error.exit_code), str(error)))
        raise
    except KeyboardInterrupt:
        shown(Finished(int(ExitCode.INTERRUPTED), "Interrupted."))
        raise
    if shown.summary:
        if not shown.findings_shown:
            summary.findings(outcome, notes=notes)
        summarise(outcome)
    shown(Finished(int(outcome.code)))
    raise typer.Exit(int(outcome.code))


@app.command()
def new(
    slug: Annotated[str, typer.Argument(help="Name of the publication: of its folder and its files.")],
    kind: Annotated[Kind, typer.Option("--kind", "-k", help="What sort of publication it is.")] = Kind.REPORT,
    language: Annotated[str, typer.Option("--lang", "-l", help="Its language, as a tag such as en or es-MX.")] = "en",
    folder: Annotated[Path, typer.Option("--in", help="Where to put its folder.")] = Path("input"),
) -> None:
    """Begin a manuscript."""
    path = service.new(slug, kind, language, folder)
    say(f"{path} is there. Fill it in, then: exporter export {path.parent}")


@app.command()
def formats() -> None:
    """List what can be read, what can be made, and the settings of each edition."""
    readers, editions, problems = service.formats()
    say("Manuscripts", "bold")
    for reader in readers:
        say(f"  {reader.name}: {', '.join(reader.suffixes)}")
    say("Editions", "bold")
    for edition in editions:
        say(f"  {edition.name}: SLUG{edition.suffix}, {edition.media_type}. {edition.about}")
        for name, default in edition.options.items():
            say(f"      {name} = {default}")
    for problem in problems:
        say(f"warning: {problem}", "yellow")


@app.command()
def voices() -> None:
    """List the voices of the audio edition."""
    for group in service.voices():
        say(group.title, "bold")
        if group.missing:
            say(f"  Not there: {group.missing}")
        for voice in group.voices:
            say(f"  {voice.name}: {voice.language}, {voice.title}, {voice.gender}, {voice.quality}")


@app.command()
def doctor() -> None:
    """See whether everything that is needed is there, and how to install what is not."""
    missing = False
    for item in service.doctor():
        if item.found:
            say(f"  ok       {item.name}: {item.what}")
        elif item.need is service.Need.ALWAYS:
            missing = True
            say(f"  MISSING  {item.name}: {item.what}. {item.install}", "bold red")
        else:
            say(f"  absent   {item.name} (optional): {item.what}. {item.install}", "yellow")
    if missing:
        raise MissingToolError("Something that is needed is missing.", advice="Install what is marked MISSING above.")
    say("Everything that is needed is there.")


@app.command()
def clean(store: Store = None) -> None:
    """Empty the store of intermediate results; the next export makes everything anew."""
    folder, freed = service.clean(store)
    say(f"{size_of(freed)} freed in {folder}.")
    raise typer.Exit(int(ExitCode.DONE))
