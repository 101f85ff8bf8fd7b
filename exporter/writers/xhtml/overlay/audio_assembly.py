"""The sound of a document, cut from the recording and joined in the order of the document, without encoding it again.

The recording is a row of packets. Between two utterances there is silence for longer than the two packets that a cut
touches, so that packets from different places follow each other without a click; where the document goes on as the
recording does, nothing is cut at all. Players walk through the clips of such a file from its first sample to its last,
each clip ending where the next begins, silences included: nobody has to seek.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exporter.speech.codec import AAC, Codec
from exporter.writers.xhtml.overlay.sentence_spans import Unit


class SampleRange(NamedTuple):
    """An utterance in the recording, in samples."""

    begin: int
    end: int
    """Where the silence behind it ends and the next utterance begins."""


class Track(NamedTuple):
    """The sound of a document."""

    packets: tuple[tuple[int, int], ...]
    """Stretches of the recording's packets: the first, and the one behind the last."""
    clips: tuple[tuple[int, int], ...]
    """Begin and end of every unit in milliseconds from the start of the file."""

    @property
    def length(self) -> int:
        """Milliseconds."""
        return self.clips[-1][1] if self.clips else 0


def assemble(units: Iterable[Unit], heard: Sequence[SampleRange], rate: int, codec: Codec = AAC) -> Track:
    """Put units one behind the other.

    Args:
        units: In the order of the document; at least one.
        heard: Every utterance of the recording.
        rate: Samples a second.
        codec: How the sound is packed.
    """
    frame = codec.frame
    # Of AAC players skip the first packet, the encoder's start; what leads in an MP3 is heard, and is counted in.
    skipped = 0 if codec.lead else 1
    # Each packet overlaps with its neighbours: by so many more a cut keeps away from what is heard.
    margin = 1 - skipped
    packets: list[tuple[int, int]] = []
    begins: list[int] = []
    placed = reached = 0
    for unit in units:
        begin, end = heard[unit.first].begin, heard[unit.last].end
        if not packets or begin != reached:
            start = max(0, begin // frame - margin)
            packets.append((start, start))
        first, last = packets[-1]
        begins.append((placed - (last - first)) * frame + begin - first * frame)
        stop = max(end // frame - margin, last + (first == last))
        placed += stop - last
        packets[-1] = (first, stop)
        reached = end
    length = (placed - skipped) * frame * 1000 // rate
    return Track(tuple(packets), tuple(_clips(begins, length, rate)))


def _clips(begins: Sequence[int], length: int, rate: int) -> Iterable[tuple[int, int]]:
    """Return clips that follow each other from the start of the file to its end; none is empty."""
    starts: list[int] = []
    for begin in begins:
        start = begin * 1000 // rate if starts else 0
        starts.append(max(start, starts[-1] + 1) if starts else 0)
    return zip(starts, (*starts[1:], max(length, starts[-1] + 1)), strict=True)
