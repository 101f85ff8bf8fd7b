"""The commands and their options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Optional

import typer

from exporter import __version__, service
from exporter.cli import interruption, listing, summary, verdicts
from exporter.cli.progress import Mode, display
from exporter.cli.say import say, size_of
from exporter.config import Gate, Validators
from exporter.errors import ExitCode, ExporterError, UsageError
from exporter.model import Kind
from exporter.service import Finished, Listener, Outcome, Request

app = typer.Typer(
    name="exporter",
    help="One manuscript, every accessible edition: PDF, EPUB, Word and audio.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Sources = Annotated[
    Optional[list[Path]],
    typer.Argument(metavar="[SOURCE]...", help="Manuscripts, their folders, or folders of those. Default: input"),
]
Store = Annotated[Optional[Path], typer.Option("--store", metavar="FOLDER", help="For intermediate results.")]
Styles = Annotated[Optional[Path], typer.Option("--styles", metavar="FOLDER", help="Other styles.")]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, metavar="NUMBER", help="Processes at a time; 0: one per processor.")
]
ProgressMode = Annotated[
    Mode,
    typer.Option("--progress", help="auto: a bar; plain: lines, for screen readers; json: for programs."),
]


def _tell_version(wanted: bool) -> None:
    if wanted:
        say(f"exporter {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Say the version and leave.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        say(context.get_help())


@app.command()
def export(
    *,
    source: Sources = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the editions go.")] = Path(
        "output"
    ),
    to: Annotated[
        Optional[list[str]],
        typer.Option("--to", metavar="EDITION", help="An edition, such as pdf; may be repeated. Default: all"),
    ] = None,
    voice: Annotated[
        Optional[str],
        typer.Option(
            "--voice", metavar="NAME", help="Voice of the audio edition, or a voice file of Piper; see: exporter voices"
        ),
    ] = None,
    page_size: Annotated[
        Optional[str],
        typer.Option("--page-size", metavar="SIZE", help="Paper of the PDF editions, such as a4 or letter."),
    ] = None,
    pdf_standard: Annotated[
        Optional[str],
        typer.Option("--pdf-standard", metavar="NAME", help="ua-1: PDF/UA-1 and PDF/A-2a; ua-2: PDF/UA-2 and PDF/A-4."),
    ] = None,
    epub_audio: Annotated[
        Optional[str],
        typer.Option(
            "--epub-audio", metavar="WORD", help="on: the EPUB is read aloud in step with its text; off: not."
        ),
    ] = None,
    jobs: Jobs = 0,
    gate: Annotated[
        Gate,
        typer.Option("--check", help="error: errors keep a publication in; warning: nothing does; off: no check."),
    ] = Gate.ERROR,
    validators: Annotated[
        Optional[Validators],
        typer.Option("--validators", help="Who checks the editions: installed: all that are; own: ours alone."),
    ] = None,
    progress: ProgressMode = Mode.AUTO,
    store: Store = None,
    styles: Styles = None,
) -> None:
    """Make the editions of manuscripts."""
    voice = service.voice_named(voice) if voice else voice
    options = {"voice": voice, "page_size": page_size, "pdf_standard": pdf_standard, "epub_audio": epub_audio}
    request = service.Request(
        sources=tuple(source or ()),
        output=output,
        editions=tuple(to or ()),
        options={name: value for name, value in options.items() if value is not None},
        jobs=jobs,
        gate=gate,
        validators=validators,
        store=store,
        styles=styles,
        stopped=interruption.heard,
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
    request = service.Request(
        sources=tuple(source or ()), jobs=jobs, store=store, styles=styles, stopped=interruption.heard
    )
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
def verify(
    files: Annotated[
        Optional[list[Path]],
        typer.Argument(metavar="FILE...", help="PDF, EPUB, Word files, pages, recordings, or folders of them."),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document, for programs.")] = False,
    ours: Annotated[bool, typer.Option("--ours", help="Ask no validator from outside: done in a moment.")] = False,
    jobs: Jobs = 0,
    progress: ProgressMode = Mode.AUTO,
) -> None:
    """Judge finished files, of the exporter or not: verdict, what to mend, what was checked and what was not."""
    with verdicts.progress(Mode.NONE if as_json and progress is Mode.AUTO else progress) as shown:
        verified = service.verify(tuple(files or ()), shown, outside=not ours, jobs=jobs, stopped=interruption.heard)
    (verdicts.as_json if as_json else verdicts.show)(verified)
    raise typer.Exit(int(verified.code))


@app.command()
def new(
    slug: Annotated[str, typer.Argument(help="Name of the publication: of its folder and its files.")] = "",
    kind: Annotated[Kind, typer.Option("--kind", "-k", help="What sort of publication it is.")] = Kind.REPORT,
    language: Annotated[
        str, typer.Option("--lang", "-l", metavar="TAG", help="Its language, as a tag such as en or es-MX.")
    ] = "en",
    folder: Annotated[Path, typer.Option("--in", metavar="FOLDER", help="Where to put its folder.")] = Path("input"),
    manuscript: Annotated[
        Optional[Path],
        typer.Option("--from", metavar="FILE", help="A manuscript that is there, such as a Word file."),
    ] = None,
) -> None:
    """Begin a manuscript; with --from, write the settings that one needs that is there."""
    if manuscript is not None:
        path = service.new_from(manuscript, slug, folder)
        say(f"Written: {path}")
        say(f"Fill in what it lacks, then: exporter check {path.parent if slug else manuscript}")
        return
    if not slug:
        raise UsageError("The publication needs a name.", advice="Write, for example: exporter new my-report")
    path = service.new(slug, kind, language, folder)
    say(f"Begun: {path}")
    say(f"Write your text into it, then: exporter check {path.parent}")


@app.command()
def formats() -> None:
    """List manuscript formats, editions and their settings."""
    listing.formats()


@app.command()
def voices(
    language: Annotated[
        Optional[str],
        typer.Option("--lang", "-l", metavar="TAG", help="Only this language, such as es, with all its voices."),
    ] = None,
    words: Annotated[
        Optional[str],
        typer.Option("--say", metavar="TEXT", help="Say this instead, and write it as a WAV file."),
    ] = None,
    voice: Annotated[
        str, typer.Option("--voice", metavar="NAME", help="Who says it: a voice, an engine, a voice file or auto.")
    ] = "auto",
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where the sound goes.")] = Path(
        "voice.wav"
    ),
    styles: Styles = None,
) -> None:
    """List the voices of the audio edition, or hear one."""
    if words is not None:
        said_by, seconds = service.say(
            words, output, wish=service.voice_named(voice), language=language or "", styles=styles
        )
        say(f"{output}: {seconds:.1f} seconds, read by {said_by.name} ({said_by.language}).")
    elif language:
        listing.voices_of(language)
    else:
        listing.voices()


@app.command()
def doctor(
    *,
    everything: Annotated[bool, typer.Option("--all", help="Also the version of every Python package.")] = False,
) -> None:
    """Say what is installed and how to get what is missing."""
    listing.doctor(everything=everything)


@app.command()
def clean(store: Store = None) -> None:
    """Remove intermediate results; editions stay."""
    folder, freed = service.clean(store)
    say(f"{size_of(freed)} freed in {folder}.")
    raise typer.Exit(int(ExitCode.DONE))
