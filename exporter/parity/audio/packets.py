"""Sound of each utterance in a recording, compared with the sound that was synthesised for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from exporter.findings import Finding
from exporter.parity.audio.recording import TimedText
from exporter.parity.audio.timing import QUOTED
from exporter.parity.rules import CLIPS

PACKET = 1024
"""Samples of a packet of AAC."""
LATE = 0.1
"""Seconds by which an utterance may begin after its first packet, or before it."""


def check(path: Path, clips: Sequence[TimedText]) -> Iterator[Finding]:
    """Yield the utterances in whose place another sound is heard."""
    if not any(clip.digest for clip in clips):
        return
    packets, rate = _packets(path)
    for clip in clips:
        if not clip.digest:
            continue
        sound = b"".join(packets[clip.packet : clip.packet + clip.packets])
        shown = f"“{clip.text[:QUOTED]}”"
        if hashlib.blake2b(sound, digest_size=16).hexdigest() != clip.digest:
            yield CLIPS.finding(f"At {clip.begin:.3f} another sound is heard than that of {shown}.")
        elif abs(clip.begin - clip.packet * PACKET / rate) > LATE:
            yield CLIPS.finding(f"{shown} is said to begin at {clip.begin:.3f}; its sound begins at another time.")


def _packets(path: Path) -> tuple[list[bytes], int]:
    """Return the packets of the sound of an M4B, and its sampling rate."""
    import av

    with av.open(str(path)) as container:
        stream: Any = container.streams.audio[0]
        return [bytes(packet) for packet in container.demux(stream) if packet.size], int(stream.rate)
