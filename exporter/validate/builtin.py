"""The built-in validators of finished files, as `validators.Validator`; they need no other program."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name

from exporter import __version__
from exporter.budgets import limited_memory
from exporter.validate.validators import ValidationResult, Validator, completed

MEMORY = 3 * 1024**3
"""Bytes that a built-in validator may allocate; a file that needs more is taken for a decompression bomb."""


class BuiltinValidator:
    """A built-in validator.

    Args:
        name: Stable name.
        title: Name for users.
        suffixes: File types that it can check.
        find: `module:function` that returns the findings in a file; that a file cannot be read is a finding, too.
    """

    EXTERNAL = False

    def __init__(self, name: str, title: str, suffixes: tuple[str, ...], find: str) -> None:
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
            return completed(self, resolve_name(self._find)(path))


_RECORDINGS = (".m4b", ".mp3", ".opus", ".flac", ".wav")
VALIDATORS: tuple[Validator, ...] = (
    BuiltinValidator("structure", "Structure of the PDF", (".pdf",), "exporter.validate.pdf:check"),
    BuiltinValidator("press", "Print preflight", ("-print.pdf",), "exporter.validate.preflight:check"),
    BuiltinValidator("structure", "Structure of the Word file", (".docx",), "exporter.validate.docx:check"),
    BuiltinValidator("structure", "Structure of the EPUB", (".epub",), "exporter.validate.epub:check"),
    BuiltinValidator("structure", "Structure of the page", (".html",), "exporter.validate.webpage:check"),
    BuiltinValidator("sound", "Audio and chapters", _RECORDINGS, "exporter.validate.audio:check"),
    BuiltinValidator(
        "sound",
        "Audio files and their lists",
        ("-mp3.zip", "-daisy.zip", ".lpf"),
        "exporter.validate.audio:check_archive",
    ),
    BuiltinValidator("structure", "Times of the transcript", (".vtt",), "exporter.validate.transcript:check"),
    BuiltinValidator("structure", "Pages of the braille file", (".brf",), "exporter.validate.braille:check"),
    BuiltinValidator("structure", "Requirements of eBraille", (".ebrl",), "exporter.validate.ebraille:check"),
    BuiltinValidator("structure", "Tracks of the video", ("-sign-language.mp4",), "exporter.validate.video:check"),
    BuiltinValidator("structure", "Message for the book trade", ("onix.xml",), "exporter.validate.trade_message:check"),
    BuiltinValidator("structure", "Chapter list", ("-chapters.json",), "exporter.validate.chapter_list:check"),
)
