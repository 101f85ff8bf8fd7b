"""The command line: the only room that prints and exits.

Exit codes are those of `exporter.errors.ExitCode`. With several publications it is the largest of theirs.
"""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
import traceback

from exporter.cli import signals
from exporter.errors import ExitCode, ExporterError


def main() -> None:
    """Run the command `exporter` and end the process."""
    # As in the processes that steps run in: looking for rings among modules just loaded finds none.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter must not end an export.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    for number in (signal.SIGINT, signal.SIGTERM):
        # What a shell tells us to ignore, as it does for a command in the background, we ignore.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signals.stop)
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever was reading has gone, as in `exporter formats | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = int(ExitCode.DONE)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run a command line and give its exit code; never raises but for a broken pipe."""
    import click

    from exporter.cli.commands import app
    from exporter.cli.output import print_error

    try:
        with app.make_context("exporter", arguments) as context:
            app.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except ExporterError as error:
        print_error(str(error))
        return int(error.exit_code)
    except click.ClickException as error:
        print_error(f"{_plainly(error.format_message())} See: exporter --help")
        return int(ExitCode.USAGE)
    except KeyboardInterrupt:
        print_error(
            "Interrupted. Nothing is half-written; what was finished is kept, and the next export goes on from there."
        )
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        raise
    except (Exception, RecursionError):
        return _bug()
    return int(ExitCode.DONE)


def _plainly(message: str) -> str:
    """Return what the parser of the command line says, in the words and with the marks of this house."""
    words = re.sub(r"(?<!\w)'([^']*)'", r"“\1”", message.replace("Value error, ", "").rstrip("."))
    return words if words.endswith("?") else f"{words}."


def _bug() -> int:
    from exporter.cli.output import print_error
    from exporter.service import report_bug

    path = report_bug(" ".join(sys.argv), traceback.format_exc())
    print_error(
        "Something went wrong that should not: a mistake of the exporter, not yours. "
        f"Please send us the file {path or '(which could not be written)'}; read it first, it may name your files."
    )
    return int(ExitCode.BUG)
