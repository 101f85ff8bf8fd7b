"""How sound is packed: AAC for books of one file and for the web, MP3 for players of every age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


class Codec(msgspec.Struct, frozen=True):
    """A way of packing the samples of one voice."""

    name: str
    """As FFmpeg calls it."""
    frame: int
    """Samples in a packet."""
    lead: int
    """Samples of silence that stand before the first sample of each stretch when it is played."""
    options: Mapping[str, str]
    gain: float = 0.0
    """Decibels that the encoder takes away and that it is given before."""

    def opened(self, rate: int, bitrate: int) -> Any:
        """Give an opened encoder for one channel; `rate` in samples, `bitrate` in bits a second."""
        import av

        encoder: Any = av.CodecContext.create(self.name, "w")
        encoder.sample_rate = rate
        encoder.layout = "mono"
        encoder.format = "fltp"
        encoder.bit_rate = bitrate
        encoder.options = {"flags": "+bitexact", **self.options}
        encoder.open()
        return encoder


AAC = Codec(name="aac", frame=1024, lead=0, options={"aac_coder": "fast"})
"""AAC-LC (ISO/IEC 14496-3). Players skip the first packet of a file, the encoder's start, so nothing leads. The search
of the slower coder costs five times as much and is not heard in one voice at these rates."""
MP3 = Codec(name="libmp3lame", frame=576, lead=1105, options={"reservoir": "0", "compression_level": "7"}, gain=0.446)
"""MPEG-2 Layer III (ISO/IEC 13818-3), for 16 to 24 thousand samples a second; no packet borrows room from another, so
that stretches can be joined and cut. What leads is the encoder's start and the decoder's (529). LAME's presets multiply
every sample by 0.95."""
