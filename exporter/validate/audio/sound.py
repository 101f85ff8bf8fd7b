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


def check(analysis: AudioAnalysis, location: str = "") -> Iterator[Finding]:
    """Check the measurements of a sound; `check_chapters` and `check_tags` check chapters and tags."""
    if analysis.damaged or analysis.stated - analysis.seconds > max(LATE, analysis.stated * 0.01):
        why = f" ({analysis.damaged})" if analysis.damaged else ""
        message = f"Stated length {clock(analysis.stated)}, actual length {clock(analysis.seconds)}{why}."
        yield rules.DAMAGED.finding(message, place=location)
    if not math.isfinite(analysis.loudness) or not analysis.seconds:
        yield rules.SILENT.finding(f"The whole recording of {clock(analysis.seconds)} is silent.", place=location)
        return
    for begin, end in analysis.quiet:
        if end - begin >= PAUSE:
            message = f"Silence of {end - begin:.0f} seconds."
            yield rules.PAUSE.finding(message, place=_at(location, begin))
    if analysis.peak >= FULL:
        yield rules.CLIPPED.finding("The loudest samples reach full scale and are clipped.", place=location)
    elif analysis.top and (top := 20 * math.log10(analysis.top)) > CEILING + 0.05:
        yield rules.PEAK.finding(f"The true peak is {top:.1f} dBTP.", place=location)
    if not FAINT <= analysis.loudness <= LOUD and analysis.seconds >= 3:
        yield rules.LOUDNESS.finding(f"The loudness is {analysis.loudness:.1f} LUFS.", place=location)


def check_tags(analysis: AudioAnalysis, location: str = "", *, language: bool = True) -> Iterator[Finding]:
    """Check title and language."""
    if not analysis.tags.get("title", "").strip():
        yield rules.TITLE.finding("The recording has no title.", place=location)
    if language and not analysis.language:
        yield rules.LANGUAGE.finding("The recording states no language.", place=location)


def check_chapters(
    chapters: tuple[Chapter, ...], seconds: float, analysis: AudioAnalysis | None = None
) -> Iterator[Finding]:
    """Check the chapters.

    Args:
        chapters: In the order of the file.
        seconds: How long the sound lasts.
        analysis: The sound, when it was heard.
    """
    if not chapters and seconds > LONG:
        yield rules.NO_CHAPTERS.finding(f"The recording lasts {clock(seconds)} and has no chapters.")
    before = 0.0
    for number, chapter in enumerate(chapters, 1):
        location = f"chapter {number}" + (f", “{chapter.title[:60]}”" if chapter.title else "")
        if not chapter.title:
            yield rules.CHAPTER_TITLE.finding(f"Chapter {number} has no title.", place=location)
        if chapter.begin > seconds + LATE or chapter.end > seconds + LATE:
            message = f"The chapter ends at {clock(chapter.end)}, after the end of the recording at {clock(seconds)}."
            yield rules.CHAPTER_BEYOND.finding(message, place=location)
        elif chapter.end <= chapter.begin or chapter.begin < before - LATE:
            message = f"The chapter runs from {clock(chapter.begin)} to {clock(chapter.end)}."
            yield rules.CHAPTER_ORDER.finding(message, place=location)
        elif chapter.end - chapter.begin < len(chapter.title) / LETTERS:
            message = f"The chapter lasts {chapter.end - chapter.begin:.1f} seconds, too short to speak its title."
            yield rules.CHAPTER_SHORT.finding(message, place=location)
        elif analysis is not None and analysis.silent(chapter.begin, min(chapter.end, seconds)):
            yield rules.CHAPTER_SILENT.finding("The chapter is silent.", place=location)
        before = chapter.end


def clock(seconds: float) -> str:
    """Return a time as people read it, such as 1:02:03.4."""
    whole = max(0.0, seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}:{minutes:02}:{rest:04.1f}" if hours else f"{minutes}:{rest:04.1f}"


def _at(location: str, begin: float) -> str:
    return f"{location}, at {clock(begin)}" if location else f"at {clock(begin)}"
