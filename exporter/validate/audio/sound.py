"""One sound, alone or in an archive, against the rules of all sounds."""

from __future__ import annotations

import math
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.validate.audio import rules
from exporter.validate.audio.analysis import AudioAnalysis, Chapter

LATE = 1.0
"""Seconds by which what a file says of its length may differ."""
PAUSE = 8.0
"""Seconds of silence from which listeners think the end has come."""
LOUD, FAINT = -14.0, -23.5
"""LUFS between which speech is heard with ease beside other recordings."""
FULL = 0.999
"""Of full scale."""
CEILING = -3.0
"""dBTP above which encoders and players may cut off."""
LONG = 600.0
"""Seconds from which a recording needs chapters."""
LETTERS = 40.0
"""Letters that nobody says in less than a second."""


def check(heard: AudioAnalysis, place: str = "") -> Iterator[Finding]:
    """Look at what was heard; chapters and tags are looked at by `judge_chapters` and `judge_tags`."""
    if heard.damaged or heard.stated - heard.seconds > max(LATE, heard.stated * 0.01):
        why = f" ({heard.damaged})" if heard.damaged else ""
        message = f"It is said to last {clock(heard.stated)}, and ends after {clock(heard.seconds)}{why}."
        yield rules.DAMAGED.finding(message, place=place)
    if not math.isfinite(heard.loudness) or not heard.seconds:
        yield rules.SILENT.finding(f"In {clock(heard.seconds)} nothing is heard.", place=place)
        return
    for begin, end in heard.quiet:
        if end - begin >= PAUSE:
            message = f"Nothing is heard for {end - begin:.0f} seconds."
            yield rules.PAUSE.finding(message, place=_at(place, begin))
    if heard.peak >= FULL:
        yield rules.CLIPPED.finding("The loudest places reach full scale and are cut off.", place=place)
    elif heard.top and (top := 20 * math.log10(heard.top)) > CEILING + 0.05:
        yield rules.PEAK.finding(f"The loudest place is at {top:.1f} dBTP.", place=place)
    if not FAINT <= heard.loudness <= LOUD and heard.seconds >= 3:
        yield rules.LOUDNESS.finding(f"It is {heard.loudness:.1f} LUFS loud.", place=place)


def judge_tags(heard: AudioAnalysis, place: str = "", *, language: bool = True) -> Iterator[Finding]:
    """Look at title and language."""
    if not heard.tags.get("title", "").strip():
        yield rules.TITLE.finding("The recording has no title.", place=place)
    if language and not heard.language:
        yield rules.LANGUAGE.finding("The recording does not say its language.", place=place)


def judge_chapters(
    chapters: tuple[Chapter, ...], seconds: float, heard: AudioAnalysis | None = None
) -> Iterator[Finding]:
    """Look at chapters.

    Args:
        chapters: In the order of the file.
        seconds: How long the sound lasts.
        heard: The sound, when it was heard.
    """
    if not chapters and seconds > LONG:
        yield rules.NO_CHAPTERS.finding(f"The recording lasts {clock(seconds)} and has no chapters.")
    before = 0.0
    for number, chapter in enumerate(chapters, 1):
        place = f"chapter {number}" + (f", “{chapter.title[:60]}”" if chapter.title else "")
        if not chapter.title:
            yield rules.CHAPTER_TITLE.finding(f"Chapter {number} has no title.", place=place)
        if chapter.begin > seconds + LATE or chapter.end > seconds + LATE:
            message = f"The chapter reaches to {clock(chapter.end)}, and the recording ends at {clock(seconds)}."
            yield rules.CHAPTER_BEYOND.finding(message, place=place)
        elif chapter.end <= chapter.begin or chapter.begin < before - LATE:
            message = f"The chapter runs from {clock(chapter.begin)} to {clock(chapter.end)}."
            yield rules.CHAPTER_ORDER.finding(message, place=place)
        elif chapter.end - chapter.begin < len(chapter.title) / LETTERS:
            message = f"The chapter lasts {chapter.end - chapter.begin:.1f} seconds, too short to say its title."
            yield rules.CHAPTER_SHORT.finding(message, place=place)
        elif heard is not None and heard.silent(chapter.begin, min(chapter.end, seconds)):
            yield rules.CHAPTER_SILENT.finding("Nothing is heard in the chapter.", place=place)
        before = chapter.end


def clock(seconds: float) -> str:
    """Return a time as people read it, such as 1:02:03.4."""
    whole = max(0.0, seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}:{minutes:02}:{rest:04.1f}" if hours else f"{minutes}:{rest:04.1f}"


def _at(place: str, begin: float) -> str:
    return f"{place}, at {clock(begin)}" if place else f"at {clock(begin)}"
