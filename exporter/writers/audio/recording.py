"""Recording of a publication: packets on disk, with the times of utterances and chapters."""

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
from exporter.writers.audio.spool import Spool, digest
from exporter.writers.audio.timing import TimedChapter, TimedUtterance, time_chapters

_UNKNOWN = -1


class Track(msgspec.Struct, frozen=True):
    """The part of a recording for a section of the first level, as a separate file."""

    number: int
    """From 1."""
    first: int
    """Its first packet."""
    last: int
    """The packet after its last."""
    chapters: tuple[TimedChapter, ...]
    """Its chapters, at least one, in seconds from the start of the track."""
    length: float
    """Seconds."""

    @property
    def title(self) -> str:
        """Text of its first heading."""
        return self.chapters[0].chapter.title


class Recording(msgspec.Struct, frozen=True):
    """A recording in its spool, with its times and its session."""

    spool: Spool
    utterances: list[TimedUtterance]
    chapters: list[TimedChapter]
    starts: list[int]
    """First packet of each chapter."""
    session: SpeechSession
    loudness: float
    """LUFS."""

    def tracks(self) -> list[Track]:
        """Return one track for the opening, each section of the first level, and the closing credits."""
        bounds = [index for index, timed in enumerate(self.chapters) if index == 0 or timed.chapter.level <= 1]
        return [
            self._track(number, first, last)
            for number, (first, last) in enumerate(zip(bounds, [*bounds[1:], len(self.chapters)], strict=True), 1)
        ]

    def _track(self, number: int, first_chapter: int, last_chapter: int) -> Track:
        packet_length = self.session.codec.frame / self.session.rate
        first_packet = self.starts[first_chapter]
        last_packet = self.starts[last_chapter] if last_chapter < len(self.starts) else self.spool.count
        start, length = first_packet * packet_length, (last_packet - first_packet) * packet_length
        chapters = [
            TimedChapter(timed.chapter, max(0.0, timed.begin - start), min(length, timed.end - start))
            for timed in self.chapters[first_chapter:last_chapter]
        ]
        chapters[0] = msgspec.structs.replace(chapters[0], begin=0.0)
        return Track(number, first_packet, last_packet, tuple(chapters), length)

    def findings(self, edition: str, *, loudness_too: bool = True) -> Iterator[Finding]:
        """Yield findings about voices, clips, and a loudness outside the tolerance."""
        yield from self.session.voice_selection.findings
        for timed in self.utterances:
            if timed.issue is not None:
                message = rules.clip_issue_message(timed.issue, timed.utterance.text, timed.end - timed.begin)
                yield rules.CLIP.finding(message, timed.utterance.source, edition=edition)
        if loudness_too and (
            not math.isfinite(self.loudness) or abs(self.loudness - loudness.TARGET) > loudness.TOLERANCE
        ):
            yield rules.LOUDNESS.finding(f"The recording is at {self.loudness:.1f} LUFS.", edition=edition)


@contextmanager
def open_recording(
    publication: Publication, context: WriteContext, settings: SpeechSettings, bitrate: int, codec: Codec = AAC
) -> Iterator[Recording]:
    """Record a publication; its packets are deleted when the context ends.

    Args:
        publication: With IDs on its nodes.
        context: With the scratch folder for the packets.
        settings: Speech settings.
        bitrate: Thousands of bits a second.
        codec: Audio codec.

    Raises:
        EngineError: A voice engine returned no sound for an utterance.
        OutputError: The disk is full, or the scratch folder cannot be written.
    """
    session = SpeechSession(publication, context, settings, bitrate, codec)
    script, rate = session.script, session.rate
    utterances: list[TimedUtterance] = []
    starts = [_UNKNOWN] * len(script.chapters)
    blocks: dict[int, int] = {}
    try:
        with Spool(context.scratch / "packets", codec.frame) as spool:
            for segment in session.mixer.record(script.utterances, lambda share: context.progress(0.95 * share)):
                start = spool.samples + codec.lead
                chapter = script.utterances[len(utterances)].chapter
                if starts[chapter] == _UNKNOWN:
                    starts[chapter] = spool.count
                for clip in segment.clips:
                    utterance = script.utterances[len(utterances)]
                    begin, end = (start + clip.begin) / rate, (start + clip.end) / rate
                    first, last = clip.begin // codec.frame, -(-clip.end // codec.frame)
                    sound = segment.segment.packets[first:last]
                    packet = spool.count + first
                    utterances.append(
                        TimedUtterance(utterance, begin, end, clip.issue, packet, len(sound), digest(sound))
                    )
                spool.add(segment.segment.packets)
                blocks = loudness.add_blocks((blocks, segment.segment.blocks))
            chapters = time_chapters(script.chapters, utterances, spool.samples / rate)
            _fill_in_starts(starts, chapters, spool.count, codec.frame / rate)
            yield Recording(spool, utterances, chapters, starts, session, loudness.integrated(blocks))
    except OSError as error:
        raise OutputError(f"The recording cannot be written: {error.strerror or error}.") from error


def _fill_in_starts(starts: list[int], chapters: list[TimedChapter], count: int, packet_length: float) -> None:
    """Set the first packet of chapters without utterances, from their times."""
    starts[:1] = [0]
    for index in range(1, len(starts)):
        if starts[index] == _UNKNOWN:
            starts[index] = min(count, max(starts[index - 1], round(chapters[index].begin / packet_length)))
