"""The sound of a document: packets of the recording in the order of the document, without encoding them again.

The recording is a sequence of packets. The silence between two utterances is longer than the two packets that a cut
affects, so packets from different positions follow each other without a click; where document and recording have the
same order, there is no cut. The clips of such a file are contiguous, silences included: players never have to seek.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exporter.speech.codec import AAC, Codec
from exporter.writers.xhtml.overlay.sentence_spans import Unit


class SampleRange(NamedTuple):
    """The samples of an utterance in the recording."""

    begin: int
    end: int
    """End of the silence after it, and start of the next utterance."""
    packet: int = 0
    """Index of the first packet of its sound."""
    packets: int = 0
    """Number of packets."""
    digest: str = ""
    """Of its packets as they were encoded."""


class Track(NamedTuple):
    """The sound of a document."""

    packets: tuple[tuple[int, int], ...]
    """Ranges of packets of the recording: the first, and the one after the last."""
    clips: tuple[tuple[int, int], ...]
    """Begin and end of every unit, in milliseconds from the start of the file."""

    @property
    def length(self) -> int:
        """Length in milliseconds."""
        return self.clips[-1][1] if self.clips else 0

    def find(self, utterance: SampleRange) -> int | None:
        """Return the position of the packets of an utterance in the file; None if it does not have all of them."""
        before = 0
        for first, last in self.packets:
            if first <= utterance.packet and utterance.packet + utterance.packets <= last:
                return before + utterance.packet - first
            before += last - first
        return None


def assemble(units: Iterable[Unit], utterances: Sequence[SampleRange], rate: int, codec: Codec = AAC) -> Track:
    """Return the sound of units in their order.

    Args:
        units: In the order of the document; at least one.
        utterances: All utterances of the recording.
        rate: Samples per second.
        codec: Codec of the recording.
    """
    frame = codec.frame
    # Players skip the first packet of AAC, the start of the encoder, but play the lead-in of an MP3.
    skipped = 0 if codec.lead else 1
    # MP3 packets overlap with those next to them, so a cut keeps one more packet away from the voice.
    margin = 1 - skipped
    packets: list[tuple[int, int]] = []
    begins: list[int] = []
    written = previous_end = 0
    for unit in units:
        begin, end = utterances[unit.first].begin, utterances[unit.last].end
        if not packets or begin != previous_end:
            start = max(0, begin // frame - margin)
            packets.append((start, start))
        first, last = packets[-1]
        begins.append((written - (last - first)) * frame + begin - first * frame)
        stop = max(end // frame - margin, last + (first == last))
        written += stop - last
        packets[-1] = (first, stop)
        previous_end = end
    length = (written - skipped) * frame * 1000 // rate
    return Track(tuple(packets), tuple(_clips(begins, length, rate)))


def _clips(begins: Sequence[int], length: int, rate: int) -> Iterable[tuple[int, int]]:
    """Return contiguous clips from the start of the file to its end, none of them empty."""
    starts: list[int] = []
    for begin in begins:
        start = begin * 1000 // rate if starts else 0
        starts.append(max(start, starts[-1] + 1) if starts else 0)
    return zip(starts, (*starts[1:], max(length, starts[-1] + 1)), strict=True)
