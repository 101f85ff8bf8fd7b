"""Decoding of manuscripts."""

from __future__ import annotations

import codecs
import re

from exporter.errors import SourceError
from exporter.model import Source
from exporter.model.characters import FORBIDDEN
from exporter.readers.markdown.limits import MARKS, MAX_BYTES, most_lines, most_marks
from exporter.readers.rules import CHARACTER_REMOVED, FindingCollector

_SAVE_AS_UTF8 = "Save the file as UTF-8 in your editor and try again."
_LINE_END = re.compile(r"\r\n?")


def decode(data: bytes, report: FindingCollector) -> str:
    """Return the text of a manuscript, with line feeds as line ends and without a byte order mark.

    Raises:
        SourceError: The manuscript is too large, not UTF-8, or not text.
    """
    if len(data) > MAX_BYTES:
        raise SourceError(
            f"The manuscript has {len(data) / 1e6:.0f} MB; the limit is {MAX_BYTES / 1e6:.0f} MB.",
            advice="Save images as files of their own, and split a longer text.",
            source=Source(report.file),
        )
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise SourceError("The manuscript is in UTF-32.", advice=_SAVE_AS_UTF8, source=Source(report.file))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError("The manuscript is in UTF-16.", advice=_SAVE_AS_UTF8, source=Source(report.file))
    data = data.removeprefix(codecs.BOM_UTF8)
    if (nul := data.find(b"\0")) >= 0:
        raise SourceError(
            "The manuscript has a zero byte, so it is not text, or it is in UTF-16.",
            advice=_SAVE_AS_UTF8,
            source=Source(report.file, _line_at(data, nul)),
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"The manuscript is not UTF-8: byte {error.start + 1} of the file is 0x{data[error.start]:02X}.",
            advice=_SAVE_AS_UTF8,
            source=Source(report.file, _line_at(data, error.start)),
        ) from error
    text = _LINE_END.sub("\n", text)
    if (lines := text.count("\n")) > most_lines(len(data)):
        raise SourceError(
            f"The manuscript has {lines:,} lines; the limit for its size is {most_lines(len(data)):,}.",
            advice="Split it into several publications.",
            source=Source(report.file),
        )
    if (marks := len(data) - len(data.translate(None, MARKS))) > most_marks(len(data)):
        raise SourceError(
            f"The manuscript has {marks:,} characters of Markdown such as * and [; the limit for its size is "
            f"{most_marks(len(data)):,}.",
            advice="Split it into several publications, or publish tables and code as data files.",
            source=Source(report.file),
        )
    return _without_control_characters(text, report)


def _line_at(data: bytes, position: int) -> int:
    before = data[:position]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def _without_control_characters(text: str, report: FindingCollector) -> str:
    if not FORBIDDEN.search(text):
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if match := FORBIDDEN.search(line):
            report.add(CHARACTER_REMOVED, number, f"The control character U+{ord(match[0]):04X} was removed.")
            lines[number - 1] = FORBIDDEN.sub("", line)
    return "\n".join(lines)
