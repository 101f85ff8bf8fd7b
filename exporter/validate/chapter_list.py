"""Rules for the chapter list of a recording (Podcast Namespace, JSON Chapters 1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from exporter.findings import Finding, Rule, Severity

UNREADABLE = Rule(
    "chapters-unreadable",
    Severity.ERROR,
    "The chapter list is valid JSON Chapters.",
    "Create the list again.",
    "JSON Chapters 1.2",
)
ORDER = Rule(
    "chapters-order",
    Severity.ERROR,
    "Chapters are in order of time, and each ends after it starts.",
    "Create the list again.",
    "JSON Chapters 1.2",
)
TITLE = Rule("chapters-title", Severity.ERROR, "Every chapter has a title.", "Write the title.", "WCAG 2.4.6")
RULES = (UNREADABLE, ORDER, TITLE)
MAX_BYTES = 10_000_000


class _Chapter(msgspec.Struct):
    startTime: float  # noqa: N815 - the format's own name
    endTime: float | None = None  # noqa: N815 - the format's own name
    title: str = ""


class _List(msgspec.Struct):
    version: str
    chapters: list[_Chapter]


def check(path: Path) -> tuple[Finding, ...]:
    """Check a chapter list."""
    if path.stat().st_size > MAX_BYTES:
        return (UNREADABLE.finding(f"The file is too large: the limit is {MAX_BYTES // 1_000_000} MB."),)
    try:
        chapters = msgspec.json.decode(path.read_bytes(), type=_List).chapters
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return (UNREADABLE.finding(f"Invalid chapter list: {str(error).rstrip('.')}."),)
    return tuple(_check_chapters(chapters))


def _check_chapters(chapters: list[_Chapter]) -> Iterator[Finding]:
    if not chapters:
        yield TITLE.finding("The list has no chapters.")
    previous_start = 0.0
    for number, chapter in enumerate(chapters, 1):
        location = f"chapter {number}"
        if not chapter.title.strip():
            yield TITLE.finding("The chapter has no title.", place=location)
        end = chapter.endTime if chapter.endTime is not None else chapter.startTime + 1
        if chapter.startTime < previous_start or end <= chapter.startTime:
            message = f"The chapter runs from {chapter.startTime:g} to {end:g} seconds."
            yield ORDER.finding(message, place=location)
        previous_start = chapter.startTime
