"""A list of chapters for players of podcasts (Podcast Namespace, JSON Chapters 1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from exporter.findings import Finding, Rule, Severity

UNREADABLE = Rule(
    "chapters-unreadable",
    Severity.ERROR,
    "The list is JSON of the shape that players know.",
    "Make the list again.",
    "JSON Chapters 1.2",
)
ORDER = Rule(
    "chapters-order",
    Severity.ERROR,
    "Chapters follow each other, and each ends behind its beginning.",
    "Make the list again.",
    "JSON Chapters 1.2",
)
TITLE = Rule("chapters-title", Severity.ERROR, "Every chapter has a title.", "Write it.", "WCAG 2.4.6")
RULES = (UNREADABLE, ORDER, TITLE)
MOST_BYTES = 10_000_000


class _Chapter(msgspec.Struct):
    startTime: float  # noqa: N815 - the format's own name
    endTime: float | None = None  # noqa: N815 - the format's own name
    title: str = ""


class _List(msgspec.Struct):
    version: str
    chapters: list[_Chapter]


def check(path: Path) -> tuple[Finding, ...]:
    """Check a list."""
    if path.stat().st_size > MOST_BYTES:
        return (UNREADABLE.finding(f"It has more than {MOST_BYTES // 1_000_000} MB, which no list needs."),)
    try:
        chapters = msgspec.json.decode(path.read_bytes(), type=_List).chapters
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return (UNREADABLE.finding(f"It is no list of chapters: {str(error).rstrip('.')}."),)
    return tuple(_judged(chapters))


def _judged(chapters: list[_Chapter]) -> Iterator[Finding]:
    if not chapters:
        yield TITLE.finding("The list has no chapter.")
    before = 0.0
    for number, chapter in enumerate(chapters, 1):
        place = f"chapter {number}"
        if not chapter.title.strip():
            yield TITLE.finding("The chapter has no title.", place=place)
        end = chapter.endTime if chapter.endTime is not None else chapter.startTime + 1
        if chapter.startTime < before or end <= chapter.startTime:
            yield ORDER.finding(f"The chapter runs from {chapter.startTime:g} to {end:g} seconds.", place=place)
        before = chapter.startTime
