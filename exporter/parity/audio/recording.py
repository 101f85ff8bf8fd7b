"""A recording as it is read back: its tracks with their chapters, and what is said when."""

from __future__ import annotations

import msgspec

from exporter.findings import Finding
from exporter.parity.extraction import DocumentMetadata, Heading


class Chapter(msgspec.Struct, frozen=True):
    """A place that a player can jump to."""

    title: str
    begin: float
    """Seconds from the start of its track."""
    end: float | None = None


class TimedText(msgspec.Struct, frozen=True):
    """An utterance, as the audio edition hands it on."""

    text: str = ""
    begin: float = 0.0
    """Seconds from the start of the recording, or of the track where there are several."""
    end: float = 0.0
    language: str = ""
    kind: str = ""
    """Why it is said; empty where that is not known."""
    node: str = ""
    """Nearest node of the tree that has an id; empty for what is not in the tree."""
    chapter: int = -1
    """Place of its chapter, from 0; -1 where that is not known."""
    speaker: str = ""
    transcription: str = ""
    """What a transcript shows instead of the text; empty if it is the same."""
    language_runs: tuple[tuple[str, str], ...] = ()
    """Text by language, if its voice reads words in other languages; otherwise empty."""
    packet: int = 0
    """Index of the first packet of its sound in the recording."""
    packets: int = 0
    """Number of packets."""
    digest: str = ""
    """Of its packets as they were encoded; empty if that is not known."""

    @property
    def runs(self) -> tuple[tuple[str, str], ...]:
        """Its text in parts of one language."""
        return self.language_runs or ((self.language, self.text),)


class Track(msgspec.Struct, frozen=True):
    """A file of sound."""

    name: str
    length: float | None
    """Seconds; None where there is no sound to measure."""
    chapters: tuple[Chapter, ...] = ()
    listed: tuple[Chapter, ...] | None = None
    """The same chapters in a second list of the file, where there is one."""
    clips: tuple[TimedText, ...] | None = None
    """The transcript of the track, where there is one."""
    stated: float | None = None
    """Length in seconds that the file, or one beside it, states."""


class Recording(msgspec.Struct, frozen=True):
    """A recording, or a file beside one."""

    tracks: tuple[Track, ...]
    title: str | None = None
    language: str | None = None
    metadata: DocumentMetadata | None = None
    credits: str | None = None
    """Names of the authors, in one line."""
    description: str | None = None
    """That of the publication, and the alt text of its cover."""
    series: str | None = None
    outline: tuple[Heading, ...] | None = None
    """A list of contents."""
    goals: tuple[tuple[str, float], ...] | None = None
    """Where its entries lead: a file and seconds in it."""
    titles: tuple[str, ...] | None = None
    """Titles of the tracks in a list beside them."""
    listed: bool = True
    """Whether it has chapters."""
    direction: str | None = None
    """Direction of the whole: ltr or rtl."""
    labels: tuple[tuple[str, str], ...] = ()
    """Types and words of the names of its lists, as of the navigation document of an EPUB."""
    alternates: tuple[tuple[str, str], ...] | None = None
    """Titles and addresses of other publications that it leads to."""
    cover_alt: str | None = None
    """Alt text of its cover."""
    alpha3: str | None = None
    """Its language in three letters (ISO 639-2)."""
    year: str | None = None
    """Of its date, if it states no more."""
    contradictions: tuple[Finding, ...] = ()
    """Where it contradicts itself, or has what our editions never have."""

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters, in order."""
        return tuple(chapter for track in self.tracks for chapter in track.chapters)

    @property
    def clips(self) -> tuple[TimedText, ...] | None:
        """The whole transcript, where there is one."""
        if all(track.clips is None for track in self.tracks):
            return None
        return tuple(clip for track in self.tracks for clip in track.clips or ())


class _Script(msgspec.Struct):
    utterances: tuple[TimedText, ...]


def decode_utterances(data: bytes) -> tuple[TimedText, ...]:
    """Return the utterances of a recording, as the audio edition passes them on: a list, or a record with one.

    Raises:
        msgspec.MsgspecError: It is neither.
    """
    script = msgspec.json.decode(data, type=_Script | tuple[TimedText, ...])
    return script.utterances if isinstance(script, _Script) else script
