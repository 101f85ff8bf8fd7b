"""One long-lived Java machine for all validators that are written in Java, shared by all processes of a run.

Starting Java and warming it up costs more than most files do. `JvmServer` keeps a process with Java in it and listens
at an address in a private folder; `request` sends it a job from any process. A job that crashes or hangs costs that job
alone: the process is ended, and the next job has a new one.

The process is apart from ours since a Java machine can be started only once in a process and takes its signals over.
"""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

from exporter import programs
from exporter.errors import StepError
from exporter.timeouts import Deadline
from exporter.validate.java.messages import Answer, EpubCheckJob, Job, JobError, Report, VeraPdfJob, Verdict

COMMAND = (sys.executable, "-m", "exporter.validate.java.worker")
_ROOM = 17
"""Bytes of path that the socket needs in its folder."""
_MOST_WAITING = 20
"""Times its own limit that a job may wait until others are done."""


_ANSWER: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)


class _Request(msgspec.Struct, frozen=True):
    job: Job
    seconds: float


class JvmServer:
    """A Java machine at work while the context lasts; it is started by the first job.

    Args:
        size: How many processes with Java there may be, for that many jobs at the same time.
        command: What starts a process that answers like `worker`.
    """

    def __init__(self, size: int = 1, command: tuple[str, ...] = COMMAND) -> None:
        self._free: queue.LifoQueue[_Process] = queue.LifoQueue()
        self._folder = programs.socket_folder(_ROOM)
        self.address = rf"\\.\pipe\{self._folder.name}" if sys.platform == "win32" else str(self._folder / "java")
        """Where it listens: for `request`, in this process or another."""
        self._all = [_Process(command, self._folder) for _ in range(size)]
        for process in self._all:
            self._free.put(process)

    def __enter__(self) -> Self:
        self._listener = Listener(self.address, backlog=64)
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for process in self._all:
            process.close()
        for _ in self._all:
            with suppress(queue.Empty):
                self._free.get(timeout=5).put_away()
        with suppress(OSError):
            self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _listen(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError):
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        with connection, suppress(EOFError, OSError):
            request = msgspec.json.decode(connection.recv_bytes(), type=_Request)
            process = self._free.get()
            try:
                answer = process.do(request.job, request.seconds)
            finally:
                self._free.put(process)
            connection.send_bytes(msgspec.json.encode(answer))


def request(address: str | None, job: VeraPdfJob | EpubCheckJob, seconds: float) -> Answer:
    """Let a machine do a job.

    Args:
        address: Of a machine at work; None: one is started for this job alone.
        job: What to do.
        seconds: Its time limit, once it is begun.

    Raises:
        StepError: It crashed, ran out of time or answered with garbage.
    """
    if address is None:
        with JvmServer() as machine:
            return request(machine.address, job, seconds)
    try:
        with Client(address) as connection:
            connection.send_bytes(msgspec.json.encode(_Request(job, seconds)))
            if not connection.poll(seconds * _MOST_WAITING):
                raise StepError("Java had no time for this file, and it was not checked.")
            answer: Answer = _ANSWER.decode(connection.recv_bytes())
    except (OSError, EOFError, msgspec.MsgspecError) as error:
        raise StepError(
            f"Java cannot be reached, and nothing was checked ({error or type(error).__name__})."
        ) from error
    if isinstance(answer, JobError):
        raise StepError(answer.reason)
    wanted: type = Verdict if isinstance(job, VeraPdfJob) else Report
    if not isinstance(answer, wanted):
        raise StepError("Java answered with something else than what it was asked, and nothing is known of the file.")
    return answer


class _Process:
    """A process with Java in it, made anew when it dies.

    Args:
        command: What starts it.
        temporary: For its temporary files, since one that is ended leaves them.
    """

    def __init__(self, command: tuple[str, ...], temporary: Path) -> None:
        self._command = command
        self._temporary = temporary
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._guard = threading.Lock()
        self._closed = False
        self._late = False

    def do(self, job: Job, seconds: float) -> Answer:
        """Do a job, and tell whatever happens."""
        try:
            process = self._ensured()
            assert process.stdin is not None
            assert process.stdout is not None
            with Deadline(seconds, self._too_late):
                process.stdin.write(msgspec.json.encode(job) + b"\n")
                process.stdin.flush()
                line = process.stdout.readline()
            if line.endswith(b"\n"):
                return _ANSWER.decode(line)
        except OSError as error:
            if self._process is None:
                return JobError(f"Java cannot be started ({error}).")
        except msgspec.MsgspecError:
            self.put_away()
            return JobError("Java answered with garbage, and nothing is known of the file.")
        return self._death(seconds)

    def close(self) -> None:
        """End the process now, and do not start another."""
        with self._guard:
            self._closed = True
        self._end()

    def _ensured(self) -> subprocess.Popen[bytes]:
        with self._guard:
            if self._closed:
                raise OSError("everything is being ended")
            self._late = False
            if self._process is None or self._process.poll() is not None:
                self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
                # Where the exporter is imported from decides where it is imported from again.
                places = (str(Path(place).absolute()) for place in sys.path)
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._log,
                    env=os.environ
                    | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._temporary))
                    | {"PYTHONPATH": os.pathsep.join(places)},
                    # Ctrl-C reaches the parent alone, which ends this.
                    start_new_session=True,
                )
            return self._process

    def _too_late(self) -> None:
        self._late = True
        self._end()

    def _death(self, seconds: float) -> JobError:
        said = self.put_away()
        if self._late:
            return JobError(f"It did not finish within {seconds:g} seconds and was stopped.")
        return JobError(f"Java crashed on this file, and nothing is known of it{f' ({said})' if said else ''}.")

    def put_away(self) -> str:
        """End the process, close what leads to it, and give the last line that it printed."""
        self._end()
        with self._guard:
            process, self._process = self._process, None
            if process is None:
                return ""
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            said = self._printed()
            if self._log is not None:
                self._log.close()
            return said

    def _printed(self) -> str:
        if self._log is None:
            return ""
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, size - 2000))
        lines = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:200].strip(" .") if lines else ""

    def _end(self) -> None:
        with self._guard:
            process = self._process
            if process is None or process.poll() is not None:
                return
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except (AttributeError, OSError):
                process.kill()
            process.wait()
