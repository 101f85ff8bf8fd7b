"""Audio codecs: AAC for M4B and the web, MP3 for older players."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


class Codec(msgspec.Struct, frozen=True):
    """An encoder of FFmpeg for speech, with its settings."""

    name: str
    """Name of the encoder in FFmpeg."""
    frame: int
    """Samples in a packet."""
    lead: int
    """Samples of encoder delay before the first sample of each segment."""
    options: Mapping[str, str]
    strict_below: int = 0
    """Bits a second below which no packet may exceed its share."""
    gain: float = 0.0
    """Gain in dB that compensates for the attenuation of the encoder."""

    def open_encoder(self, rate: int, bitrate: int) -> Any:
        """Return an open mono encoder; `rate` in samples, `bitrate` in bits a second."""
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
"""AAC-LC (ISO/IEC 14496-3). Players skip the first packet of a file, so there is no delay. The slower coder takes five
times as long without an audible difference for a single voice at these rates, and without the limit it does not end.
Without the limit, the fast coder exceeds low bitrates by up to a half (FFmpeg 8.0), and sounds no better."""
MP3 = Codec(name="libmp3lame", frame=576, lead=1105, options={"reservoir": "0", "compression_level": "7"}, gain=0.446)
"""MPEG-2 Layer III (ISO/IEC 13818-3), for 16 to 24 thousand samples a second; without a bit reservoir, so that segments
can be joined and cut. The delay is that of the encoder and of the decoder (529). LAME's presets multiply every sample
by 0.95."""

_MP3_BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Layer III, thousands of bits a second, by MPEG version (2 also for 2.5)."""
_MP3_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def is_complete_mp3(data: bytes) -> bool:
    """Return whether `data` consists of complete frames (ISO/IEC 11172-3, 13818-3), after an optional ID3 tag."""
    position = 0
    if data[:3] == b"ID3" and len(data) > 10:
        size = 0
        for byte in data[6:10]:
            size = size << 7 | byte & 0x7F
        position = 10 + size
    if position >= len(data):
        return False
    while position < len(data):
        length = _frame_length(data[position : position + 4])
        if not length or position + length > len(data):
            return False
        position += length
    return True


def _frame_length(header: bytes) -> int:
    """Return the bytes of a frame from its header, or 0 if it is not a frame."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, rate = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or layer != 1 or bitrate in (0, 15) or rate == 3:
        return 0
    kilobits = _MP3_BITRATES[1 if version == 3 else 2][bitrate]
    samples = 1152 if version == 3 else 576
    return samples // 8 * kilobits * 1000 // _MP3_RATES[version][rate] + (header[2] >> 1 & 1)
