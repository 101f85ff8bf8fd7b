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
    strict_below: int = 0
    """Bits a second below which no packet may be larger than its share."""
    gain: float = 0.0
    """Decibels that the encoder takes away and that it is given before."""

    def opened(self, rate: int, bitrate: int) -> Any:
        """Return an opened encoder for one channel; `rate` in samples, `bitrate` in bits a second."""
        import av

        encoder: Any = av.CodecContext.create(self.name, "w")
        encoder.sample_rate = rate
        encoder.layout = "mono"
        encoder.format = "fltp"
        encoder.bit_rate = bitrate
        strict = {"bt": "0"} if bitrate < self.strict_below else {}
        encoder.options = {"flags": "+bitexact", **self.options, **strict}
        encoder.open()
        return encoder


AAC = Codec(name="aac", frame=1024, lead=0, options={"aac_coder": "fast"}, strict_below=40_000)
"""AAC-LC (ISO/IEC 14496-3). Players skip the first packet of a file, the encoder's start, so nothing leads. The search
of the slower coder costs five times as much and is not heard in one voice at these rates.
Low ones it overshoots by up to a half if it is let (FFmpeg 8.0), and sounds no better for it; the slower coder never
ends where it is not."""
MP3 = Codec(name="libmp3lame", frame=576, lead=1105, options={"reservoir": "0", "compression_level": "7"}, gain=0.446)
"""MPEG-2 Layer III (ISO/IEC 13818-3), for 16 to 24 thousand samples a second; no packet borrows room from another, so
that stretches can be joined and cut. What leads is the encoder's start and the decoder's (529). LAME's presets multiply
every sample by 0.95."""
