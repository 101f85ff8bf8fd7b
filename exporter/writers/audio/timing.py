"""Times of utterances and chapters, in seconds from the start of the recording."""

from __future__ import annotations

import msgspec

from exporter.speech.synthesiser import ClipIssue
from exporter.speech.utterance import Chapter, Utterance


class TimedUtterance(msgspec.Struct, frozen=True):
    """An utterance with its times."""

    utterance: Utterance
    begin: float
    """Seconds."""
    end: float
    issue: ClipIssue | None = None
    packet: int = 0
    """Index of the first packet of its sound."""
    packets: int = 0
    """Number of packets."""
    digest: str = ""
    """Of its packets as they were encoded."""


class TimedChapter(msgspec.Struct, frozen=True):
    """A chapter with its times."""

    chapter: Chapter
    begin: float
    """Seconds."""
    end: float
    """Seconds; the start of the next chapter, or the end of the recording."""


def time_chapters(chapters: tuple[Chapter, ...], utterances: list[TimedUtterance], length: float) -> list[TimedChapter]:
    """Return each chapter from its first utterance to that of the next; the first from the start of the recording."""
    begins: list[float | None] = [None] * len(chapters)
    for timed in reversed(utterances):
        begins[timed.utterance.chapter] = timed.begin
    begins[0] = 0.0
    following = length
    timed_chapters: list[TimedChapter] = []
    for chapter, begin in zip(reversed(chapters), reversed(begins), strict=True):
        # A chapter without utterances has no length.
        start = following if begin is None else begin
        timed_chapters.append(TimedChapter(chapter, start, following))
        following = start
    return timed_chapters[::-1]
