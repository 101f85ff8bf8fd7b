"""Our own checks of finished files in the shape of `checks.Check`: always there, whatever is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from exporter import __version__
from exporter.findings import Finding
from exporter.validate.checks import Check, Checked, ran


class Ours:
    """A check of ours.

    Args:
        name: Stable name.
        title: As people call it.
        suffixes: Ends of names of files that it can judge.
        judge: Gives what is found in a file; one that cannot be read is a finding.
    """

    OUTSIDE = False

    def __init__(
        self, name: str, title: str, suffixes: tuple[str, ...], judge: Callable[[Path], Iterable[Finding]]
    ) -> None:
        self.NAME = name
        self.TITLE = title
        self.SUFFIXES = suffixes
        self._judge = judge

    def missing(self) -> str:
        """Nothing can be missing."""
        return ""

    def version(self) -> str:
        """Give the version of the exporter."""
        return __version__

    def check(self, path: Path) -> Checked:
        """Judge a file."""
        return ran(self, self._judge(path))


def _pdf(path: Path) -> Iterable[Finding]:
    from exporter.validate import pdf

    return pdf.check(path)


def _press(path: Path) -> Iterable[Finding]:
    from exporter.validate import press

    return press.check(path)


def _docx(path: Path) -> Iterable[Finding]:
    from exporter.validate import docx

    return docx.check(path)


def _epub(path: Path) -> Iterable[Finding]:
    from exporter.validate import epub

    return epub.check(path)


CHECKS: tuple[Check, ...] = (
    Ours("structure", "Structure of the PDF", (".pdf",), _pdf),
    Ours("press", "Preflight for the press", ("-print.pdf",), _press),
    Ours("structure", "Structure of the Word file", (".docx",), _docx),
    Ours("structure", "Structure of the EPUB", (".epub",), _epub),
)
