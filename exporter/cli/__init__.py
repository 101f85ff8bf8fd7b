"""The command line: the only package that prints and exits.

Exit codes are those of `exporter.errors.ExitCode`; with several publications, the largest of them.
"""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
import traceback

from exporter.cli import signals
from exporter.errors import ExitCode, ExporterError, separate_errors


def main() -> None:
    """Run the command `exporter` and end the process."""
    # As in worker processes: a search for reference cycles among modules just imported finds none.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal does not support must not end an export.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    for number in (signal.SIGINT, signal.SIGTERM):
        # A signal that the shell has set to be ignored, as for a command in the background, stays ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signals.stop)
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe has ended, as in `exporter formats | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = int(ExitCode.DONE)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit code; raises only BrokenPipeError."""
    import click

    from exporter.cli.commands import app
    from exporter.cli.output import print_error

    try:
        with app.make_context("exporter", arguments) as context:
            app.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except ExporterError as error:
        for single in separate_errors(error):
            print_error(str(single))
        return int(error.exit_code)
    except click.ClickException as error:
        print_error(f"{_as_sentence(error.format_message())} See: exporter --help")
        return int(ExitCode.USAGE)
    except KeyboardInterrupt:
        print_error(
            "Interrupted. No partial files were left; finished steps are kept, and the next export resumes from there."
        )
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        raise
    except Exception:
        return _bug()
    return int(ExitCode.DONE)


def _as_sentence(message: str) -> str:
    """Return a message of click as a sentence, with the quotation marks of exporter."""
    text = re.sub(r"(?<!\w)'([^']*)'", r"“\1”", message.rstrip("."))
    return text if text.endswith("?") else f"{text}."


def _bug() -> int:
    from exporter.cli.output import print_error
    from exporter.service import report_bug

    path = report_bug(" ".join(sys.argv), traceback.format_exc())
    print_error(
        "Internal error: this is a bug in exporter, not your mistake. "
        f"Please send us {path or 'the report (it could not be written)'}. "
        "Check it first: it may contain your file names."
    )
    return int(ExitCode.BUG)
