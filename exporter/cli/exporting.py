"""The commands that create editions, and how any use case runs with its display."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import click

from exporter import service
from exporter.cli import signals, summary
from exporter.cli.output import print_error
from exporter.cli.parameters import (
    LOCATION,
    EnumChoice,
    cluster_option,
    comments_option,
    guess_headings_option,
    jobs_option,
    memory_option,
    progress_option,
    sources,
    store_limit_option,
    store_option,
    styles_option,
)
from exporter.cli.progress import Mode, display
from exporter.config import GateLevel, Validators
from exporter.errors import ExitCode, ExporterError, separate_errors
from exporter.service import Finished, Listener, Outcome, Request

_OPTIONS = (
    sources,
    click.option(
        "--output",
        "-o",
        type=LOCATION,
        default="output",
        metavar="FOLDER|FILE",
        help="Output folder or its address, or a file for one edition, as in report.pdf.  [default: output]",
    ),
    click.option(
        "--to",
        "-t",
        "editions",
        multiple=True,
        metavar="EDITION",
        help="An edition, or several as in pdf,epub; repeatable.  [default: all]",
    ),
    click.option(
        "--voice", metavar="NAME", help="Voice of the audio edition, or the file of a Piper voice; see: exporter voices"
    ),
    click.option("--page-size", metavar="SIZE", help="Page size of the PDF editions, such as a4 or letter."),
    click.option("--pdf-standard", metavar="NAME", help="ua-1: PDF/UA-1 and PDF/A-2a; ua-2: PDF/UA-2 and PDF/A-4."),
    click.option(
        "--epub-audio",
        metavar="WORD",
        help="on: the EPUB contains audio in sync with its text; off: text only.  [default: on with audio or --voice]",
    ),
    jobs_option,
    memory_option,
    click.option(
        "--check",
        "gate",
        type=EnumChoice(GateLevel),
        default=GateLevel.ERROR,
        help="error: errors block publication; warning: findings are only reported; off: no checks.  [default: error]",
    ),
    click.option(
        "--validators",
        type=EnumChoice(Validators),
        help="Checks of the editions: installed: all that are installed; own: the built-in checks only.",
    ),
    comments_option,
    guess_headings_option,
    progress_option,
    store_option,
    store_limit_option,
    cluster_option,
    styles_option,
)
"""Parameters of the commands that create editions."""


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    return reduce(lambda function, option: option(function), reversed(_OPTIONS), command)


@click.command()
@_with_options
def export(*, progress: Mode, **parameters: Any) -> None:
    """Create the editions of manuscripts.

    SOURCE is a manuscript, its folder, or a folder of such folders; the default is the folder input.
    """
    # Notes need no action; they are in the report.
    outcome = run(service.export, _request(**parameters), progress, summary.exported, notes=False)
    leave(outcome.code)


@click.command()
@_with_options
def watch(*, progress: Mode, **parameters: Any) -> None:
    """Create the editions again whenever a manuscript is saved.

    Its pictures and settings and the folder of styles are watched, too; Ctrl-C ends it. The text editions come first: a
    recording is spoken as long as nothing is saved. SOURCE is the same as for export.
    """
    request = _request(**parameters)
    with service.Watcher(request) as watcher:
        while True:
            watcher.begin()
            try:
                run(watcher.export, request, progress, summary.exported, notes=False)
            except ExporterError as error:
                for single in separate_errors(error):
                    print_error(str(single))
            except KeyboardInterrupt:
                if signals.was_interrupted():
                    raise
            if not watcher.has_changed:
                print_error("Waiting for a manuscript to be saved; Ctrl-C ends this.")
            watcher.wait()


def _request(*, editions: tuple[str, ...], memory: int, **parameters: Any) -> Request:
    fields = {name: parameters.pop(name) for name in Request.__struct_fields__ if name in parameters}
    if parameters["voice"]:
        parameters["voice"] = service.voice_named(parameters["voice"])
    return Request(
        editions=tuple(name.strip() for names in editions for name in names.split(",") if name.strip()),
        # People write A4; names of voices are case-sensitive.
        options={
            name: value if name == "voice" else value.lower() for name, value in parameters.items() if value is not None
        },
        memory=memory * 1_000_000,
        is_cancelled=signals.was_interrupted,
        **fields,
    )


def run(
    use_case: Callable[[Request, Listener], Outcome],
    request: Request,
    progress: Mode,
    summarise: Callable[[Outcome], None],
    *,
    notes: bool,
) -> Outcome:
    """Run a use case with its display; print its summary, and return its outcome."""
    shown = display(progress, notes=notes)
    try:
        with signals.polled(), shown:
            outcome = use_case(request, shown)
    except ExporterError as error:
        shown(Finished(int(error.exit_code), str(error)))
        raise
    except KeyboardInterrupt:
        shown(Finished(int(ExitCode.INTERRUPTED), "Interrupted."))
        raise
    except BrokenPipeError:
        raise
    except Exception as error:
        shown(Finished(int(ExitCode.BUG), f"Internal error: {type(error).__name__}."))
        raise
    if shown.summary:
        if not shown.findings_shown:
            summary.findings(outcome, notes=notes)
        summarise(outcome)
    shown(Finished(int(outcome.code)))
    return outcome


def leave(code: ExitCode) -> None:
    """End the command with an exit code."""
    click.get_current_context().exit(int(code))
