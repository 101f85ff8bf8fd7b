"""The command line: from arguments to an exit code; errors are printed as sentences."""

from __future__ import annotations

import re
import sys
import traceback

import click

from exporter.cli.commands import app
from exporter.cli.output import print_error
from exporter.errors import ExitCode, ExporterError, separate_errors


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit code; raises only BrokenPipeError."""
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
    from exporter.service import report_bug

    path = report_bug(" ".join(sys.argv), traceback.format_exc())
    print_error(
        "Internal error: this is a bug in exporter, not your mistake. "
        f"Please send us {path or 'the report (it could not be written)'}. "
        "Check it first: it may contain your file names."
    )
    return int(ExitCode.BUG)
