"""External programs: search on the PATH, and runs with a timeout."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from exporter.errors import MissingToolError, TimedOutError
from exporter.installation import install_command, which
from exporter.timeouts import Deadline

_MAKEFILE = Path(__file__).parents[1] / "Makefile"
"""In a copy of the source; an installed package has none."""
_LAUNCHER = str(Path(__file__).with_name("launcher.py"))
MAX_SOCKET_PATH = 107
"""Bytes of the path of a Unix socket."""


def is_source_copy() -> bool:
    """Return whether exporter runs from a copy of its source, with its tests and its Makefile."""
    return _MAKEFILE.is_file()


def install_advice(task: str, otherwise: str) -> str:
    """Return how to install what is missing: by a task of the Makefile if it can be run, else as `otherwise` says."""
    return f"Run: make {task}" if is_source_copy() and platform.system() != "Windows" else otherwise


def find(program: str) -> Path:
    """Return the path of a program that `installation` knows.

    Raises:
        MissingToolError: It is not installed.
    """
    path = which(program)
    if path is None:
        command = install_command(program)
        raise MissingToolError(f"The program “{program}” is not installed.", advice=f"Install it with: {command}")
    return Path(path)


def short_folder(most: int) -> Path:
    """Create a private temporary folder with a short path, whatever that of temporary files is; the caller removes it.

    Args:
        most: Bytes that its path may have, except on Windows.
    """
    folder = Path(tempfile.mkdtemp(prefix="exporter-"))
    if sys.platform != "win32" and len(os.fsencode(folder)) > most:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="exporter-", dir="/tmp"))
    return folder


def run(
    command: Sequence[str | Path],
    *,
    seconds: float,
    folder: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program and return its output and exit code.

    Args:
        command: Program and arguments; never through a shell.
        seconds: Timeout after which it is killed (see `timeouts`).
        folder: Working directory; the current one by default.
        env: Environment; the current one by default.

    Raises:
        MissingToolError: The program is not installed.
        TimedOutError: The program did not finish in time.
    """
    name = Path(command[0]).name
    if shutil.which(str(command[0]), path=(env or os.environ).get("PATH")) is None:
        raise MissingToolError(f"The program “{name}” is not installed.")
    try:
        process = subprocess.Popen(
            [*_launcher(), *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=env,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        raise MissingToolError(f"The program “{name}” is not installed.") from error
    timed_out = threading.Event()

    def stop() -> None:
        timed_out.set()
        _kill(process)

    with process:
        try:
            with Deadline(seconds, stop):
                out, err = process.communicate()
        finally:
            if process.poll() is None:
                _kill(process)
    if timed_out.is_set():
        raise TimedOutError(f"“{name}” did not finish within {seconds:g} seconds and was stopped.")
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _launcher() -> tuple[str, ...]:
    """Return what stands before a command, so that the program ends with this process (see `launcher`)."""
    return (sys.executable, "-I", "-S", _LAUNCHER, str(os.getpid())) if sys.platform == "linux" else ()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and its child processes: LibreOffice is a script that starts another program."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (OSError, AttributeError):
        process.kill()
