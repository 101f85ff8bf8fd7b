"""The command in the process of the test: the same answers as from a process of its own, in less time."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from exporter import service
from exporter.cli.command_line import run
from tests.pipeline.here import InThisProcess


def run_here(folder: Path, *arguments: str, packages: Path | None = None) -> CompletedProcess[str]:
    """Run the command in a folder; whatever happens, no traceback reaches the screen.

    Args:
        folder: The current folder.
        arguments: The command line.
        packages: Folder with other packages that are installed.
    """
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(StringIO()) as output,
        redirect_stderr(StringIO()) as errors,
    ):
        patch.chdir(folder)
        if packages:
            patch.syspath_prepend(str(packages))
        for name in ("export", "check", "verify"):
            patch.setattr(service, name, partial(getattr(service, name), pool=InThisProcess))
        code = run(list(arguments))
    return without_traceback(CompletedProcess(arguments, code, output.getvalue(), errors.getvalue()))


def without_traceback(result: CompletedProcess[str]) -> CompletedProcess[str]:
    """Return the result after a check that no traceback has reached the screen."""
    assert "Traceback" not in result.stdout + result.stderr
    return result
