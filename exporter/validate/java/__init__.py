"""Long-lived JVM for all validators written in Java, shared by all processes of a run.

Starting a JVM takes longer than checking most files. `JvmServer` runs worker processes with a JVM and listens at an
address in a private folder; `request` sends it a job from any process. If a job crashes or hangs, its worker is killed,
and the next job gets a new one.

A worker is a separate process because a JVM can be started only once in a process and replaces its signal handlers.
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
from exporter.validate.java.messages import (
    Answer,
    EpubCheckJob,
    EpubCheckReport,
    Job,
    JobError,
    VeraPdfJob,
    VeraPdfReport,
)

COMMAND = (sys.executable, "-m", "exporter.validate.java.worker")
_SOCKET_NAME_BYTES = 17
"""Bytes of the path that the name of the socket needs."""
_MAX_WAIT_FACTOR = 20
"""Multiple of its own time limit that a job may wait for other jobs."""
_ANSWER: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)


class _Request(msgspec.Struct, frozen=True):
    job: Job
    seconds: float


class JvmServer:
    """Server that runs jobs in JVM workers, as a context manager; a worker is started by its first job.

    Args:
        size: Number of workers, and so of jobs at the same time.
        command: Command that starts a worker.
    """

    def __init__(self, size: int = 1, command: tuple[str, ...] = COMMAND) -> None:
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._folder = programs.short_folder(programs.MAX_SOCKET_PATH - _SOCKET_NAME_BYTES)
        self.address = rf"\\.\pipe\{self._folder.name}" if sys.platform == "win32" else str(self._folder / "java")
        """Address for `request`, in this process or another."""
        self._workers = [_Worker(command, self._folder) for _ in range(size)]
        for worker in self._workers:
            self._idle.put(worker)
        self._is_closing = False

    def __enter__(self) -> Self:
        self._listener = Listener(self.address, backlog=64)
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._is_closing = True
        for worker in self._workers:
            worker.close()
        # The last connection ends the thread. If it still waited for one when the socket is closed, it might accept
        # those of the next server, whose socket has the same number.
        with suppress(OSError, EOFError):
            Client(self.address).close()
            self._thread.join()
        for _ in self._workers:
            with suppress(queue.Empty):
                self._idle.get(timeout=5).stop()
        with suppress(OSError):
            self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _listen(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError):
                return
            if self._is_closing:
                connection.close()
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        with connection, suppress(EOFError, OSError):
            request = msgspec.json.decode(connection.recv_bytes(), type=_Request)
            worker = self._idle.get()
            try:
                answer = worker.run(request.job, request.seconds)
            finally:
                self._idle.put(worker)
            connection.send_bytes(msgspec.json.encode(answer))


def request(address: str | None, job: VeraPdfJob | EpubCheckJob, seconds: float) -> Answer:
    """Run a job on a server and return its answer.

    Args:
        address: Address of a running `JvmServer`, or None to start one for this job.
        job: The job.
        seconds: Time limit from the start of the job.

    Raises:
        StepError: The job crashed, timed out or returned an invalid answer.
    """
    if address is None:
        with JvmServer() as server:
            return request(server.address, job, seconds)
    try:
        with Client(address) as connection:
            connection.send_bytes(msgspec.json.encode(_Request(job, seconds)))
            if not connection.poll(seconds * _MAX_WAIT_FACTOR):
                raise StepError("Java was busy with other files for too long; this file was not checked.")
            answer: Answer = _ANSWER.decode(connection.recv_bytes())
    except (OSError, EOFError, msgspec.MsgspecError) as error:
        detail = error or type(error).__name__
        raise StepError(f"Java cannot be reached; the file was not checked ({detail}).") from error
    if isinstance(answer, JobError):
        raise StepError(answer.reason)
    expected: type = VeraPdfReport if isinstance(job, VeraPdfJob) else EpubCheckReport
    if not isinstance(answer, expected):
        raise StepError("Java returned the report of another validator; the file was not checked.")
    return answer


class _Worker:
    """A worker process with a JVM, restarted after it has ended.

    Args:
        command: Command that starts it.
        temporary: Folder for its temporary files, which remain if it is killed.
    """

    def __init__(self, command: tuple[str, ...], temporary: Path) -> None:
        self._command = command
        self._temporary = temporary
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._timed_out = False

    def run(self, job: Job, seconds: float) -> Answer:
        """Run a job; a failure is returned as `JobError`, never raised."""
        try:
            process = self._running_process()
            assert process.stdin is not None
            assert process.stdout is not None
            with Deadline(seconds, self._time_out):
                process.stdin.write(msgspec.json.encode(job) + b"\n")
                process.stdin.flush()
                line = process.stdout.readline()
            if line.endswith(b"\n"):
                return _ANSWER.decode(line)
        except OSError as error:
            if self._process is None:
                return JobError(f"Java cannot be started ({error}).")
        except msgspec.MsgspecError:
            self.stop()
            return JobError("Java returned an invalid answer; the file was not checked.")
        return self._failure(seconds)

    def close(self) -> None:
        """Kill the process now, and do not start another."""
        with self._lock:
            self._closed = True
        self._kill()

    def _running_process(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise OSError("the server is closed")
            self._timed_out = False
            if self._process is None or self._process.poll() is not None:
                self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
                # The worker imports the exporter from the same folders as this process.
                folders = (str(Path(folder).absolute()) for folder in sys.path)
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._log,
                    env=os.environ
                    | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._temporary))
                    | {"PYTHONPATH": os.pathsep.join(folders)},
                    # Ctrl-C reaches only the parent, which kills the worker.
                    start_new_session=True,
                )
            return self._process

    def _time_out(self) -> None:
        self._timed_out = True
        self._kill()

    def _failure(self, seconds: float) -> JobError:
        last_line = self.stop()
        if self._timed_out:
            return JobError(f"It did not finish within {seconds:g} seconds and was stopped.")
        return JobError(f"Java crashed; the file was not checked{f' ({last_line})' if last_line else ''}.")

    def stop(self) -> str:
        """Kill the process, close its pipes and its log, and return the last line of its log."""
        self._kill()
        with self._lock:
            process, self._process = self._process, None
            if process is None:
                return ""
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            last_line = self._last_log_line()
            if self._log is not None:
                self._log.close()
            return last_line

    def _last_log_line(self) -> str:
        if self._log is None:
            return ""
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, size - 2000))
        lines = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:200].strip(" .") if lines else ""

    def _kill(self) -> None:
        with self._lock:
            process = self._process
            if process is None or process.poll() is not None:
                return
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except (AttributeError, OSError):
                process.kill()
            process.wait()
