"""The commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from exporter import __version__, service
from exporter.cli import listing, signals, summary, verify_output
from exporter.cli.exporting import export, leave, run, watch
from exporter.cli.output import command_line, print_line, size_of
from exporter.cli.parameters import (
    PATH,
    Commands,
    EnumChoice,
    comments_option,
    guess_headings_option,
    jobs_option,
    progress_option,
    report_folder_option,
    sources,
    store_option,
    styles_option,
)
from exporter.cli.progress import Mode
from exporter.cli.store_command import store as store_command
from exporter.cli.studio_command import studio
from exporter.config import Location
from exporter.errors import ExitCode, UsageError
from exporter.model import Kind


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s", help="Show the version and exit.")
@click.pass_context
def app(context: click.Context) -> None:
    """One manuscript, every accessible edition: PDF, EPUB, Word and audio."""
    if context.invoked_subcommand is None:
        print_line(context.get_help())


for command in (export, watch, studio, store_command):
    app.add_command(command)


@app.command()
@sources
@comments_option
@report_folder_option
@click.option(
    "--sarif", type=PATH, metavar="FILE", help="Write the findings into this file as SARIF, for code scanning."
)
@guess_headings_option
@jobs_option
@progress_option
@store_option
@styles_option
def check(*, output: Path | None, progress: Mode, **parameters: Any) -> None:
    """Check manuscripts without creating editions.

    SOURCE is a manuscript, its folder, or a folder of such folders; the default is the folder input.
    """
    request = service.Request(
        output=output or service.OUTPUT, comments_folder=output, is_cancelled=signals.was_interrupted, **parameters
    )
    leave(run(service.check, request, progress, summary.checked, notes=True).code)


@app.command()
@click.argument("files", nargs=-1, type=PATH, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, for programs.")
@click.option("--ours", is_flag=True, help="Run only the built-in checks (fast).")
@jobs_option
@progress_option
def verify(*, files: tuple[Path, ...], as_json: bool, ours: bool, jobs: int, progress: Mode) -> None:
    """Check finished files, including files made by other software.

    The output starts with a verdict on each file, followed by its problems and its checks. FILE is a PDF, EPUB, Word or
    HTML file, a recording, or a folder of them.
    """
    with (
        signals.polled(),
        verify_output.progress(Mode.NONE if as_json and progress is Mode.AUTO else progress) as shown,
    ):
        verified = service.verify(files, shown, external=not ours, jobs=jobs, is_cancelled=signals.was_interrupted)
    (verify_output.as_json if as_json else verify_output.show)(verified)
    leave(verified.code)


@app.command()
@click.argument("slug", default="")
@click.option("--kind", "-k", type=EnumChoice(Kind), help="Kind of publication.  [default: report]")
@click.option("--lang", "-l", "language", metavar="TAG", help="Language, such as en or es-MX.  [default: en]")
@click.option(
    "--in", "folder", type=PATH, metavar="FOLDER", default=Path("input"), help="Parent of its folder.  [default: input]"
)
@click.option("--from", "manuscript", type=PATH, metavar="FILE", help="An existing manuscript, such as a Word file.")
def new(*, slug: str, kind: Kind | None, language: str | None, folder: Path, manuscript: Path | None) -> None:
    """Create a new publication.

    With --from, write a settings file for an existing manuscript, whose own kind and language are the default. SLUG is
    the name of the publication, its folder and its files.
    """
    if manuscript is not None:
        path = service.new_from(manuscript, slug, folder, kind=kind, language=language)
        print_line(f"Created: {path}")
        print_line(f"Fill in what is missing, then run: {command_line('check', path.parent if slug else manuscript)}")
        return
    if not slug:
        raise UsageError("The publication needs a name.", advice="Write, for example: exporter new my-report")
    language = language or "en"
    path = service.new(slug, kind or Kind.REPORT, language, folder)
    print_line(f"Created: {path}")
    if service.template_language(language) != language.partition("-")[0].lower():
        print_line(f"There is no template in the language “{language}”: its text is in English.")
    print_line(f"Write your text into it, then run: {command_line('check', path.parent)}")


@app.command()
def formats() -> None:
    """List manuscript formats, editions and their settings."""
    listing.formats()


@app.command()
@click.option("--lang", "-l", "language", metavar="TAG", help="List the voices of this language, such as es.")
@click.option("--say", "text", metavar="TEXT", help="Write this text as a WAV file instead.")
@click.option("--voice", metavar="NAME", default="auto", help="For --say: a voice, an engine, a voice file or auto.")
@click.option("--output", "-o", type=PATH, metavar="FILE", default=Path("voice.wav"), help="File for --say.")
@click.option("--all", "everything", is_flag=True, help="List all languages, or all voices of a language.")
@store_option
@styles_option
def voices(
    *,
    language: str | None,
    text: str | None,
    voice: str,
    output: Path,
    everything: bool,
    store: Location | None,
    styles: Path | None,
) -> None:
    """List the voices of the audio edition, or write a sample of one."""
    if text is not None:
        used, seconds = service.say(
            text, output, voice_name=service.voice_named(voice), language=language or "", styles=styles
        )
        print_line(f"{output}: {seconds:.1f} seconds, read by {used.name} ({used.language}).")
    elif language:
        listing.voices_of(language, everything=everything)
    else:
        listing.voices(everything=everything, store=store)


@app.command()
@click.option("--all", "everything", is_flag=True, help="List every Python package with its version.")
def doctor(*, everything: bool) -> None:
    """List what is installed and how to install what is missing."""
    listing.doctor(everything=everything)


@app.command()
@store_option
def clean(*, store: Location | None) -> None:
    """Delete intermediate results; editions are kept."""
    folder, freed = service.clean(store)
    print_line(f"{size_of(freed)} freed in {folder}.")


@app.command()
@click.argument("manuscript", type=PATH)
@click.argument("table", type=PATH, required=False, metavar="[FILE]")
@click.option("--output", "-o", type=PATH, metavar="FILE", help="The table.  [default: beside the manuscript]")
@click.option("--semicolons", is_flag=True, help="Separate columns by semicolons, as Excel does in many countries.")
def describe(*, manuscript: Path, table: Path | None, output: Path | None, semicolons: bool) -> None:
    """Exchange the alt texts of a manuscript as a table (CSV).

    Without FILE, write a table of all images, with the text around them. With FILE, that table filled in, write its alt
    texts into the manuscript; the earlier state of the manuscript is kept, and “exporter restore” returns to it.
    """
    manuscript = service.locate(manuscript)
    if table is None:
        path, missing = service.write_descriptions(manuscript, output, separator=";" if semicolons else ",")
        print_line(f"Created: {path}; images without alt text: {missing}")
        print_line(f"Fill it in, then run: {command_line('describe', manuscript, path)}")
        return
    results, problems = service.describe(manuscript, table)
    for problem in (*problems, *(result.reason for result in results if result.reason)):
        print_line(problem)
    print_line(f"{manuscript}: alt texts changed: {sum(result.is_applied for result in results)}")
    if problems or not all(result.is_applied for result in results):
        click.get_current_context().exit(int(ExitCode.FINDINGS))


@app.command()
@click.argument("manuscript", type=PATH)
@click.argument("number", type=click.IntRange(min=1), required=False)
def restore(*, manuscript: Path, number: int | None) -> None:
    """List the earlier states of a manuscript, or return to one of them.

    exporter keeps a state each time it changes a manuscript. NUMBER is that of the state.
    """
    manuscript = service.locate(manuscript)
    if number is not None:
        replaced = service.restore(manuscript, number)
        print_line(f"{manuscript}: as in state {number}. The state before is {replaced.number}.")
        return
    states = service.earlier_states(manuscript)
    for state in states:
        print_line(f"{state.number}: until {state.date.astimezone():%Y-%m-%d %H:%M}")
    if not states:
        print_line(f"{manuscript}: exporter has not changed it.")
