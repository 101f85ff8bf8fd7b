"""The recording on its way into a file: packets on disk, and when everything is heard."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from exporter.contracts import WriteContext
from exporter.errors import OutputError
from exporter.findings import Finding
from exporter.model import Publication
from exporter.speech import loudness
from exporter.speech.codec import AAC, Codec
from exporter.speech.session import SpeechSession, SpeechSettings
from exporter.writers.audio import rules
from exporter.writers.audio.spool import Spool
from exporter.writers.audio.timing import TimedChapter, TimedUtterance, chapter_marks

_NOWHERE = -1


class Track(msgspec.Struct, frozen=True):
    """The recording of a section with all that is in it, as a file of its own."""

    number: int
    """From 1."""
    first: int
    """Its first packet."""
    last: int
    """The packet behind its last."""
    marks: tuple[TimedChapter, ...]
    """Its chapters, one at least, in seconds from the start of the track."""
    length: float
    """Seconds."""

    @property
    def title(self) -> str:
        """Words of the heading that it begins with."""
        return self.marks[0].chapter.title


class Recording(msgspec.Struct, frozen=True):
    """A recording."""

    spool: Spool
    heard: list[TimedUtterance]
    marks: list[TimedChapter]
    starts: list[int]
    """First packet of each chapter."""
    performance: SpeechSession
    loud: float
    """LUFS."""

    def tracks(self) -> list[Track]:
        """Return the opening, each section of the first level, and what is said at the end, one track each."""
        bounds = [place for place, mark in enumerate(self.marks) if place == 0 or mark.chapter.level <= 1]
        return [
            self._track(number, begin, end)
            for number, (begin, end) in enumerate(zip(bounds, [*bounds[1:], len(self.marks)], strict=True), 1)
        ]

    def _track(self, number: int, begin: int, end: int) -> Track:
        seconds = self.performance.codec.frame / self.performance.rate
        first = self.starts[begin]
        last = self.starts[end] if end < len(self.starts) else self.spool.count
        start, length = first * seconds, (last - first) * seconds
        marks = [
            TimedChapter(mark.chapter, max(0.0, mark.begin - start), min(length, mark.end - start))
            for mark in self.marks[begin:end]
        ]
        marks[0] = msgspec.structs.replace(marks[0], begin=0.0)
        return Track(number, first, last, tuple(marks), length)

    def findings(self, edition: str, *, loudness_too: bool = True) -> Iterator[Finding]:
        """Give what is doubtful about the voices and the clips, and a loudness that is not the one of talking books."""
        yield from self.performance.cast.findings
        for each in self.heard:
            if each.doubt is not None:
                message = rules.doubtful(each.doubt, each.utterance.text, each.end - each.begin)
                yield rules.CLIP.finding(message, each.utterance.source, edition=edition)
        if loudness_too and (not math.isfinite(self.loud) or abs(self.loud - loudness.TARGET) > loudness.TOLERANCE):
            yield rules.LOUDNESS.finding(f"The recording is at {self.loud:.1f} LUFS.", edition=edition)


@contextmanager
def tape(
    publication: Publication, context: WriteContext, wishes: SpeechSettings, bitrate: int, codec: Codec = AAC
) -> Iterator[Recording]:
    """Record a publication; the tape lasts as long as the context.

    Args:
        publication: With ids on its nodes.
        context: Whose scratch folder holds the packets.
        wishes: How it is spoken.
        bitrate: Thousands of bits a second.
        codec: How the sound is packed.

    Raises:
        EngineError: A voice engine gave no sound for an utterance.
        OutputError: The disk is full, or the scratch folder cannot be written.
    """
    performance = SpeechSession(publication, context, wishes, bitrate, codec)
    told, rate = performance.script, performance.rate
    utterances: list[TimedUtterance] = []
    starts = [_NOWHERE] * len(told.chapters)
    blocks: dict[int, int] = {}
    try:
        with Spool(context.scratch / "packets", codec.frame) as spool:
            for recorded in performance.mixer.record(told.utterances):
                start = spool.samples + codec.lead
                chapter = told.utterances[len(utterances)].chapter
                if starts[chapter] == _NOWHERE:
                    starts[chapter] = spool.count
                for clip in recorded.clips:
                    utterance = told.utterances[len(utterances)]
                    begin, end = (start + clip.begin) / rate, (start + clip.end) / rate
                    utterances.append(TimedUtterance(utterance, begin, end, clip.doubt))
                spool.add(recorded.stretch.packets)
                blocks = loudness.add((blocks, recorded.stretch.blocks))
                context.progress(0.95 * len(utterances) / len(told.utterances))
            marks = chapter_marks(told.chapters, utterances, spool.samples / rate)
            _fill(starts, marks, spool.count, codec.frame / rate)
            yield Recording(spool, utterances, marks, starts, performance, loudness.integrated(blocks))
    except OSError as error:
        raise OutputError(f"The recording cannot be written: {error.strerror or error}.") from error


def _fill(starts: list[int], marks: list[TimedChapter], count: int, seconds: float) -> None:
    """Return chapters in which nothing is said the packet at which they stand."""
    starts[:1] = [0]
    for place in range(1, len(starts)):
        if starts[place] == _NOWHERE:
            starts[place] = min(count, max(starts[place - 1], round(marks[place].begin / seconds)))
