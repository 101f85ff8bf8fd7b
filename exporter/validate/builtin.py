"""Our own checks of finished files in the shape of `validators.Validator`: always there, whatever is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from exporter import __version__
from exporter.findings import Finding
from exporter.validate.validators import ValidationResult, Validator, ran

MEMORY = 3 * 1024**3
"""Bytes that a check of ours may ask for: a file that unpacks to more is a trap."""


class BuiltinValidator:
    """A check of ours.

    Args:
        name: Stable name.
        title: As people call it.
        suffixes: File types that it can check.
        judge: Gives what is found in a file; one that cannot be read is a finding.
    """

    EXTERNAL = False

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
        """Return the version of the exporter."""
        return __version__

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        with _limited():
            return ran(self, self._judge(path))


@contextmanager
def _limited() -> Iterator[None]:
    """Let this process grow by `MEMORY` and no more while it judges; what asks for more meets a MemoryError."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    now = _size()
    wanted = now + MEMORY
    if not now or (soft != resource.RLIM_INFINITY and soft <= wanted):
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _size() -> int:
    """Return the bytes of addresses that this process has; 0 where nobody says."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    import resource

    return pages * resource.getpagesize()


def _pdf(path: Path) -> Iterable[Finding]:
    from exporter.validate import pdf

    return pdf.check(path)


def _press(path: Path) -> Iterable[Finding]:
    from exporter.validate import preflight

    return preflight.check(path)


def _docx(path: Path) -> Iterable[Finding]:
    from exporter.validate import docx

    return docx.check(path)


def _epub(path: Path) -> Iterable[Finding]:
    from exporter.validate import epub

    return epub.check(path)


def _audio(path: Path) -> Iterable[Finding]:
    from exporter.validate import audio

    return audio.check(path)


def _sounds(path: Path) -> Iterable[Finding]:
    from exporter.validate import audio

    return audio.check_archive(path)


def _vtt(path: Path) -> Iterable[Finding]:
    from exporter.validate import transcript

    return transcript.check(path)


def _chapters(path: Path) -> Iterable[Finding]:
    from exporter.validate import chapter_list

    return chapter_list.check(path)


def _html(path: Path) -> Iterable[Finding]:
    from exporter.validate import webpage

    return webpage.check(path)


_SOUND = (".m4b", ".mp3", ".opus", ".flac", ".wav")
CHECKS: tuple[Validator, ...] = (
    BuiltinValidator("structure", "Structure of the PDF", (".pdf",), _pdf),
    BuiltinValidator("press", "Preflight for the press", ("-print.pdf",), _press),
    BuiltinValidator("structure", "Structure of the Word file", (".docx",), _docx),
    BuiltinValidator("structure", "Structure of the EPUB", (".epub",), _epub),
    BuiltinValidator("structure", "Structure of the page", (".html",), _html),
    BuiltinValidator("sound", "Sound and chapters", _SOUND, _audio),
    BuiltinValidator("sound", "Sounds and their lists", ("-mp3.zip", "-daisy.zip", ".lpf"), _sounds),
    BuiltinValidator("structure", "Times of the transcript", (".vtt",), _vtt),
    BuiltinValidator("structure", "List of chapters", ("-chapters.json",), _chapters),
)
