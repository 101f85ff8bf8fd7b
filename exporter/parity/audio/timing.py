"""Times of chapters and utterances: in order, inside their file, and as stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.findings import Finding
from exporter.parity.audio.recording import Chapter, Recording, TimedText, Track
from exporter.parity.content import is_within, letters
from exporter.parity.rules import CHAPTERS, CLIPS

NEAR = 0.06
"""Seconds that a time may be off: a packet of the slowest recording."""
ROUNDED = 0.0015
"""Seconds by which rounding moves a time."""
QUOTED = 60
LISTED = 255
"""Chapters that the chapter list of an M4B can hold."""
LAST = 5.0
"""Seconds that the last chapter may go on after the last words."""
SAID = 1.5
"""Seconds by which a file may be longer or shorter than it says."""


def check_recording(recording: Recording) -> Iterator[Finding]:
    """Yield what is wrong with the times of chapters and transcripts."""
    for track in recording.tracks:
        yield from _chapters(track)
        yield from _lists(track)
        if track.clips is not None:
            yield from check_clips(track.clips, track.length, f" of {track.name}")
        if track.length is not None and track.stated is not None and abs(track.length - track.stated) > SAID:
            message = f"{track.name} lasts {track.length:.1f} seconds and is said to last {track.stated:.1f}."
            yield CLIPS.finding(message)


def check_clips(clips: Sequence[TimedText], length: float | None, where: str = "") -> Iterator[Finding]:
    """Yield what is wrong with the times of utterances.

    Args:
        clips: In the order in which they are heard.
        length: Of the file, in seconds; None when it is not known.
        where: What they are clips of, for the message.
    """
    before = 0.0
    for clip in clips:
        shown = f"“{clip.text[:QUOTED]}”{where}"
        if clip.end <= clip.begin:
            yield CLIPS.finding(f"{shown} lasts no time ({clip.begin:.3f} to {clip.end:.3f}).")
        if clip.begin < before - ROUNDED:
            yield CLIPS.finding(f"{shown} begins at {clip.begin:.3f}, before what is said before it has ended.")
        if length is not None and clip.end > length + NEAR:
            yield CLIPS.finding(f"{shown} ends at {clip.end:.3f}, behind the end of the file at {length:.3f}.")
        before = max(before, clip.end)


def check_end(chapters: Sequence[Chapter], clips: Sequence[TimedText]) -> Iterator[Finding]:
    """Yield a last chapter that does not end with the last words, in a list of chapters without sound."""
    if chapters and clips and chapters[-1].end is not None:
        last, end = chapters[-1].end, clips[-1].end
        if not -NEAR <= last - end < LAST:
            yield CHAPTERS.finding(f"The last chapter ends at {last:.3f}, and the last words at {end:.3f}.")


def check_chapters(chapters: Sequence[Chapter], clips: Sequence[TimedText]) -> Iterator[Finding]:
    """Yield the chapters that do not begin where the first of their utterances is heard."""
    first: dict[int, TimedText] = {}
    last = -1
    for clip in clips:
        if 0 <= clip.chapter < last:
            yield CHAPTERS.finding(f"“{clip.text[:QUOTED]}” is heard after its chapter has ended.")
        last = max(last, clip.chapter)
        first.setdefault(clip.chapter, clip)
    for number, chapter in enumerate(chapters):
        clip_ = first.get(number)
        # The first chapter begins with the recording.
        if clip_ is not None and number and abs(clip_.begin - chapter.begin) > NEAR:
            message = f"The chapter “{chapter.title}” begins at {chapter.begin:.3f}, and is heard at {clip_.begin:.3f}."
            yield CHAPTERS.finding(message)
    for number, chapter in enumerate(chapters):
        clip_ = first.get(number)
        spoken = "".join(
            letters(clip.text)
            for clip in clips
            if clip_ is not None and clip.kind == "heading" and (clip.chapter, clip.node) == (number, clip_.node)
        )
        title = letters(chapter.title)
        if clip_ is not None and clip_.kind == "heading" and not (is_within(title, spoken) or is_within(spoken, title)):
            yield CHAPTERS.finding(f"The chapter “{chapter.title}” begins where “{clip_.text[:QUOTED]}” is heard.")
    if first and max(first) >= len(chapters):
        yield CHAPTERS.finding(f"There are {len(chapters)} chapters, and utterances of {max(first) + 1}.")


def _chapters(track: Track) -> Iterator[Finding]:
    if track.chapters and track.chapters[0].begin > NEAR:
        yield CHAPTERS.finding(f"The first chapter of {track.name} begins at {track.chapters[0].begin:.3f}.")
    for chapter, after in zip(track.chapters, track.chapters[1:], strict=False):
        if after.begin < chapter.begin:
            yield CHAPTERS.finding(f"The chapter “{after.title}” begins before “{chapter.title}”, which it follows.")
        elif chapter.end is not None and abs(chapter.end - after.begin) > NEAR:
            message = (
                f"The chapter “{chapter.title}” ends at {chapter.end:.3f}, and the next begins at {after.begin:.3f}."
            )
            yield CHAPTERS.finding(message)
    last = track.chapters[-1].end if track.chapters else None
    if last is not None and track.length is not None and abs(last - track.length) > SAID:
        yield CHAPTERS.finding(f"The last chapter of {track.name} ends at {last:.3f}; it lasts {track.length:.3f}.")
    for chapter in track.chapters:
        if track.length is not None and chapter.begin > track.length + NEAR:
            message = f"The chapter “{chapter.title}” begins at {chapter.begin:.3f}, behind the end of {track.name}."
            yield CHAPTERS.finding(message)


def _lists(track: Track) -> Iterator[Finding]:
    """Compare the two lists of chapters that a file may have."""
    listed = track.listed
    if listed is None:
        return
    shown = track.chapters[: len(listed)]
    for chapter, entry in zip(shown, listed, strict=True) if len(shown) == len(listed) else ():
        if chapter.title != entry.title or abs(chapter.begin - entry.begin) > NEAR:
            message = f"“{chapter.title}” of the chapter track is “{entry.title}” in the chapter list of {track.name}."
            yield CHAPTERS.finding(message)
            return
    # The list can hold 255 (Nero's format, which older players show).
    if len(shown) != len(listed) or len(listed) != min(len(track.chapters), LISTED):
        message = f"The chapter track of {track.name} has {len(track.chapters)} chapters, its list {len(listed)}."
        yield CHAPTERS.finding(message)
