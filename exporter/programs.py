"""Run an outside program: find it, give it a time limit, say how to install it when it is missing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from exporter.errors import MissingToolError, StepError
from exporter.timeouts import Deadline

_SOCKET = 107
"""Bytes that the path of a Unix socket may have."""


def find(program: str, *, install: str) -> Path:
    """Return the path of a program.

    Args:
        program: Its name on the PATH.
        install: The one line that installs it, for the message.

    Raises:
        MissingToolError: It is not on the PATH.
    """
    path = shutil.which(program)
    if path is None:
        raise MissingToolError(f"The program “{program}” is not installed.", advice=f"Install it with: {install}")
    return Path(path)


def socket_folder(room: int) -> Path:
    """Make a private temporary folder in which a Unix socket finds room; whoever asks removes it.

    A socket's path has at most 107 bytes, which the cache of somebody with a long name uses up.

    Args:
        room: Bytes that are needed behind the path of the folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="exporter-"))
    if sys.platform != "win32" and len(os.fsencode(folder)) + room > _SOCKET:
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
    """Run a program to its end and give its output, whatever its exit code.

    Args:
        command: Program and arguments; never through a shell.
        seconds: Time after which it is killed (see `timeouts`).
        folder: Where to run it; the current folder by default.
        env: Its whole environment; the current one by default.

    Raises:
        MissingToolError: The program is not there.
        StepError: It ran longer than `seconds`.
    """
    name = Path(command[0]).name
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=env,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        raise MissingToolError(f"The program “{name}” is not installed.") from error
    late = threading.Event()

    def stop() -> None:
        late.set()
        _end(process)

    with process:
        try:
            with Deadline(seconds, stop):
                out, err = process.communicate()
        finally:
            if process.poll() is None:
                _end(process)
    if late.is_set():
        raise StepError(f"“{name}” did not finish within {seconds:g} seconds and was stopped.")
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started: LibreOffice is a script that starts another program."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (OSError, AttributeError):
        process.kill()
