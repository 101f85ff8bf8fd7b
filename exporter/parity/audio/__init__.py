"""What recordings say, and what stands beside them: chapters, utterances, transcripts, tags.

Read with mutagen, zipfile, lxml and the tables of the files themselves. Five editions tell of a recording: M4B, an
album of MP3 files, an audiobook of the W3C, a transcript, a list of chapters; of DAISY, the sound is looked at here.
Their chapters are the headings of the tree and a few that a recording adds, without levels: those are heard in pauses.

The utterances, which the audio edition hands on with their nodes (`clips`), are held against the tree word for word:
each node read once, in its order, its language and by its speaker, pictures by their alt texts, notes after the mark
that leads to them, heads of tables said again before their cells. A recording without them is compared by its chapters,
its tags and its times alone; a transcript without them by its words.

What a format cannot say: M4B and MP3 name their authors in one line, so that each name is looked for in it; MP3 tells
its language in three letters (ISO 639-2) and its date as a year; a list of chapters has no language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from exporter.findings import Finding
from exporter.model import Publication
from exporter.parity.audio.recording import Recording, TimedText
from exporter.parity.extraction import Extraction, Heading, Picture


def read(path: Path, utterances: bytes | None = None, suffix: str = "") -> Extraction:
    """Read a recording, or what stands beside one.

    Args:
        path: The file.
        utterances: The utterances of the recording as JSON, a list or a record with one.
        suffix: How its name ends in `output/`, where it does not.

    Raises:
        Exception: Whatever mutagen, zipfile, lxml and msgspec raise on a broken file.
    """
    from exporter.parity.audio import script

    recording = open_(path, suffix)
    clips = script.decode(utterances) if utterances is not None else recording.clips
    return Extraction(
        title=recording.title,
        language=recording.language,
        headings=tuple(Heading(each.title) for each in recording.chapters) if recording.listed else None,
        pictures=tuple(_pictures(clips)) if utterances is not None and clips is not None else None,
        outline=recording.outline,
        about=recording.about,
        utterances=len(clips) if clips is not None else None,
    )


def open_(path: Path, suffix: str = "") -> Recording:
    """Take a recording apart."""
    from exporter.parity.audio import companions, mp3, mp4

    readers: Mapping[str, Callable[[Path], Recording]] = {
        "-mp3.zip": mp3.album,
        "-chapters.json": companions.chapters,
        ".lpf": companions.audiobook,
        ".vtt": companions.transcript,
        ".mp3": mp3.single,
    }
    name = suffix or path.name.lower()
    reader = next((each for end, each in readers.items() if name.endswith(end)), None)
    if reader is not None:
        return reader(path)
    with path.open("rb") as file:
        return mp4.recording(file, path.name)


def diff(publication: Publication, path: Path, utterances: bytes | None = None, suffix: str = "") -> Iterator[Finding]:
    """Return what is wrong with a recording beyond what `Extraction` compare: words, times, transcripts, names.

    Args:
        publication: The tree after the transforms.
        path: The file.
        utterances: The utterances of the recording as JSON.
        suffix: How its name ends in `output/`, where it does not.

    Raises:
        Exception: Whatever the libraries raise on a broken file.
    """
    from exporter.parity.audio import checks, daisy

    if (suffix or path.name.lower()).endswith("-daisy.zip"):
        return daisy.diff(path)
    return checks.diff(publication, open_(path, suffix), utterances, own=_is_own(suffix or path.name.lower()))


def _is_own(name: str) -> bool:
    """Return whether the utterances are in the time of this very file."""
    return name.endswith((".m4b", ".vtt", "-chapters.json"))


def _pictures(clips: tuple[TimedText, ...]) -> Iterator[Picture]:
    """Yield the alt texts as they are spoken; what heads a cell is said again before each."""
    from exporter.parity.extraction import normal

    met: set[str] = set()
    place = 0
    while place < len(clips):
        node = clips[place].node
        if clips[place].kind != "alt" or not node:
            place += 1
            continue
        parts: list[str] = []
        # A long alt text is spoken in several sentences.
        while place < len(clips) and (clips[place].kind, clips[place].node) == ("alt", node):
            parts.append(clips[place].text)
            place += 1
        if node not in met:
            met.add(node)
            yield Picture(normal(" ".join(parts)))


READ = frozenset({".m4b", ".mp3", "-mp3.zip", ".lpf", ".vtt", "-chapters.json"})
"""Ends of the names of files that are read here."""
SUFFIXES = READ | {"-daisy.zip"}
"""Ends of the names of files whose sound is looked at."""

__all__ = ["READ", "SUFFIXES", "Recording", "TimedText", "diff", "open_", "read"]
