"""Content of recordings and of the files beside them: chapters, utterances, transcripts, tags.

Five editions describe a recording: M4B, an album of MP3 files, an audiobook of the W3C, a transcript, a list of
chapters; of DAISY, the sound is compared here. Their chapters are the headings of the tree and a few that a recording
adds, without levels.

The utterances, which the audio edition passes on with their nodes (`clips`), are compared with the tree word for word:
each node read once, in its order, its language and by its speaker, pictures by their alt texts, notes after the mark
that leads to them, heads of tables said again before their cells. A recording without them is compared by its chapters,
its tags and its times alone; a transcript without them by its words.

What a format cannot say: M4B and MP3 name their authors in one line, so that each name is looked for in it; MP3 tells
its language in three letters (ISO 639-2) and its date as a year; a list of chapters has no language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from exporter.findings import Finding
from exporter.model import Publication
from exporter.parity.audio import companions, cues, mp3, mp4
from exporter.parity.audio.recording import Recording, TimedText, decode_utterances
from exporter.parity.extraction import Extraction, Extractor, Heading, Picture


class RecordingExtractor(Extractor):
    """Reader of a recording, or of a file that accompanies one.

    Args:
        open_: Takes a file apart; on a broken one it raises whatever mutagen, zipfile, lxml and msgspec raise.
        own: Whether the utterances are in the time of this very file.
        has_sound: Whether it is the recording in which their sounds are.
    """

    is_spoken = True

    def __init__(self, open_: Callable[[Path], Recording], *, own: bool = False, has_sound: bool = False) -> None:
        super().__init__(lambda path: _extract(open_(path), None))
        self._open = open_
        self._own = own
        self._has_sound = has_sound

    def extract(self, path: Path, utterances: bytes | None = None, /) -> Extraction:
        """Return the content of a file; `utterances` are a list of them as JSON, or a record with one."""
        return _extract(self._open(path), utterances)

    def diff(
        self, publication: Publication, path: Path, utterances: bytes | None = None, sounds: bytes | None = None, /
    ) -> Iterator[Finding]:
        """Return what is wrong beyond the extraction: words, times, transcripts, names."""
        from exporter.parity.audio import checks, placed_sounds

        recording = self._open(path)
        yield from checks.diff(publication, recording, utterances, own=self._own)
        if self._has_sound and utterances is not None:
            yield from placed_sounds.check_recording(path, decode_utterances(utterances))
        if sounds is not None:
            placed = placed_sounds.decode(sounds)
            yield from placed_sounds.check(path, placed)
            yield from placed_sounds.check_tracks(recording, placed.sounds)


def _extract(recording: Recording, utterances: bytes | None) -> Extraction:
    clips = decode_utterances(utterances) if utterances is not None else recording.clips
    return Extraction(
        title=recording.title,
        language=recording.language,
        headings=tuple(Heading(chapter.title) for chapter in recording.chapters) if recording.listed else None,
        pictures=tuple(_pictures(clips)) if utterances is not None and clips is not None else None,
        outline=recording.outline,
        metadata=recording.metadata,
        direction=recording.direction,
        navigation=recording.labels,
        utterances=len(clips) if clips is not None else None,
    )


def _pictures(clips: tuple[TimedText, ...]) -> Iterator[Picture]:
    """Yield the alt texts as they are spoken, each once: those of header cells are repeated before their cells."""
    from exporter.parity.extraction import normal

    nodes: set[str] = set()
    index = 0
    while index < len(clips):
        node = clips[index].node
        if clips[index].kind != "alt" or not node:
            index += 1
            continue
        parts: list[str] = []
        # A long alt text is spoken in several sentences.
        while index < len(clips) and (clips[index].kind, clips[index].node) == ("alt", node):
            parts.append(clips[index].text)
            index += 1
        if node not in nodes:
            nodes.add(node)
            yield Picture(normal(" ".join(parts)))


MP4 = RecordingExtractor(mp4.open_, own=True, has_sound=True)
MP3 = RecordingExtractor(mp3.single)
MP3_ALBUM = RecordingExtractor(mp3.album)
AUDIOBOOK = RecordingExtractor(companions.audiobook)
TRANSCRIPT = RecordingExtractor(cues.read, own=True)
CHAPTER_LIST = RecordingExtractor(companions.chapters, own=True)
