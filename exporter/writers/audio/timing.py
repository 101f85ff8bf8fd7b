"""When things are heard: utterances and chapters in seconds from the start of the recording."""

from __future__ import annotations

import msgspec

from exporter.speech.synthesiser import ClipIssue
from exporter.speech.utterance import Chapter, Utterance


class TimedUtterance(msgspec.Struct, frozen=True):
    """An utterance and when it is heard."""

    utterance: Utterance
    begin: float
    """Seconds."""
    end: float
    doubt: ClipIssue | None = None


class TimedChapter(msgspec.Struct, frozen=True):
    """A chapter and when it is heard."""

    chapter: Chapter
    begin: float
    """Seconds."""
    end: float
    """Seconds; where the next chapter begins, or the recording ends."""


def chapter_marks(chapters: tuple[Chapter, ...], heard: list[TimedUtterance], length: float) -> list[TimedChapter]:
    """Return each chapter from its first utterance to the next chapter's; the first one from the very start."""
    begins: list[float | None] = [None] * len(chapters)
    for each in reversed(heard):
        begins[each.utterance.chapter] = each.begin
    begins[0] = 0.0
    following = length
    marks: list[TimedChapter] = []
    for chapter, begin in zip(reversed(chapters), reversed(begins), strict=True):
        # A heading in which nothing can be said has a chapter of no length where it stands.
        start = following if begin is None else begin
        marks.append(TimedChapter(chapter, start, following))
        following = start
    return marks[::-1]
