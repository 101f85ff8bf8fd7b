"""The built-in validators of finished files, as `validators.Validator`; they need no other program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from exporter import __version__
from exporter.budgets import limited_memory
from exporter.findings import Finding
from exporter.validate.validators import ValidationResult, Validator, completed

MEMORY = 3 * 1024**3
"""Bytes that a built-in validator may allocate; a file that needs more is taken for a decompression bomb."""


class BuiltinValidator:
    """A built-in validator.

    Args:
        name: Stable name.
        title: Name for users.
        suffixes: File types that it can check.
        find: Returns the findings in a file; that a file cannot be read is a finding, too.
    """

    EXTERNAL = False

    def __init__(
        self, name: str, title: str, suffixes: tuple[str, ...], find: Callable[[Path], Iterable[Finding]]
    ) -> None:
        self.NAME = name
        self.TITLE = title
        self.SUFFIXES = suffixes
        self._find = find

    def missing(self) -> str:
        """Return an empty text: a built-in validator is never missing."""
        return ""

    def version(self) -> str:
        """Return the version of the exporter."""
        return __version__

    def check(self, path: Path) -> ValidationResult:
        """Check a file."""
        with limited_memory(MEMORY):
            return completed(self, self._find(path))


def _pdf(path: Path) -> Iterable[Finding]:
    from exporter.validate import pdf

    return pdf.check(path)


def _print_pdf(path: Path) -> Iterable[Finding]:
    from exporter.validate import preflight

    return preflight.check(path)


def _docx(path: Path) -> Iterable[Finding]:
    from exporter.validate import docx

    return docx.check(path)


def _epub(path: Path) -> Iterable[Finding]:
    from exporter.validate import epub

    return epub.check(path)


def _recording(path: Path) -> Iterable[Finding]:
    from exporter.validate import audio

    return audio.check(path)


def _audio_archive(path: Path) -> Iterable[Finding]:
    from exporter.validate import audio

    return audio.check_archive(path)


def _transcript(path: Path) -> Iterable[Finding]:
    from exporter.validate import transcript

    return transcript.check(path)


def _chapter_list(path: Path) -> Iterable[Finding]:
    from exporter.validate import chapter_list

    return chapter_list.check(path)


def _braille(path: Path) -> Iterable[Finding]:
    from exporter.validate import braille

    return braille.check(path)


def _ebraille(path: Path) -> Iterable[Finding]:
    from exporter.validate import ebraille

    return ebraille.check(path)


def _html(path: Path) -> Iterable[Finding]:
    from exporter.validate import webpage

    return webpage.check(path)


def _video(path: Path) -> Iterable[Finding]:
    from exporter.validate import video

    return video.check(path)


def _trade_message(path: Path) -> Iterable[Finding]:
    from exporter.validate import trade_message

    return trade_message.check(path)


_RECORDINGS = (".m4b", ".mp3", ".opus", ".flac", ".wav")
VALIDATORS: tuple[Validator, ...] = (
    BuiltinValidator("structure", "Structure of the PDF", (".pdf",), _pdf),
    BuiltinValidator("press", "Print preflight", ("-print.pdf",), _print_pdf),
    BuiltinValidator("structure", "Structure of the Word file", (".docx",), _docx),
    BuiltinValidator("structure", "Structure of the EPUB", (".epub",), _epub),
    BuiltinValidator("structure", "Structure of the page", (".html",), _html),
    BuiltinValidator("sound", "Audio and chapters", _RECORDINGS, _recording),
    BuiltinValidator("sound", "Audio files and their lists", ("-mp3.zip", "-daisy.zip", ".lpf"), _audio_archive),
    BuiltinValidator("structure", "Times of the transcript", (".vtt",), _transcript),
    BuiltinValidator("structure", "Pages of the braille file", (".brf",), _braille),
    BuiltinValidator("structure", "Requirements of eBraille", (".ebrl",), _ebraille),
    BuiltinValidator("structure", "Tracks of the video", ("-sign-language.mp4",), _video),
    BuiltinValidator("structure", "Message for the book trade", ("onix.xml",), _trade_message),
    BuiltinValidator("structure", "Chapter list", ("-chapters.json",), _chapter_list),
)
