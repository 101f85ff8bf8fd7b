"""The sound of a document, cut from the recording and joined in the order of the document, without encoding it again.

The recording is a row of AAC packets of 1024 samples. Between two utterances there is silence for longer than the two
packets that a cut touches, so that packets from different places follow each other without a click; where the document
goes on as the recording does, nothing is cut at all. Players walk through the clips of such a file from its first
sample to its last, each clip ending where the next begins, silences included: nobody has to seek.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exporter.speech.codec import AAC
from exporter.writers.epub.overlay.sentences import Unit

FRAME = AAC.frame


class Heard(NamedTuple):
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


def assemble(units: Iterable[Unit], heard: Sequence[Heard], rate: int) -> Track:
    """Put units one behind the other.

    Args:
        units: In the order of the document; at least one.
        heard: Every utterance of the recording.
        rate: Samples a second.
    """
    packets: list[tuple[int, int]] = []
    begins: list[int] = []
    placed = reached = 0
    for unit in units:
        begin, end = heard[unit.first].begin, heard[unit.last].end
        if not packets or begin != reached:
            # The packet at `begin // FRAME` brings no sound yet: it overlaps with the next one, which does.
            packets.append((begin // FRAME, begin // FRAME))
        first, last = packets[-1]
        # A file plays from its second packet on: its first is skipped as the encoder's start.
        begins.append((placed - (last - first)) * FRAME + begin - first * FRAME)
        stop = max(end // FRAME, last + (first == last))
        placed += stop - last
        packets[-1] = (first, stop)
        reached = end
    length = (placed - 1) * FRAME * 1000 // rate
    return Track(tuple(packets), tuple(_clips(begins, length, rate)))


def _clips(begins: Sequence[int], length: int, rate: int) -> Iterable[tuple[int, int]]:
    """Give clips that follow each other from the start of the file to its end; none is empty."""
    starts: list[int] = []
    for begin in begins:
        start = begin * 1000 // rate if starts else 0
        starts.append(max(start, starts[-1] + 1) if starts else 0)
    return zip(starts, (*starts[1:], max(length, starts[-1] + 1)), strict=True)
