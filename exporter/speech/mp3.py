"""Whether an MP3 is whole: frame after frame to its last byte (ISO/IEC 11172-3, 13818-3)."""

from __future__ import annotations

_BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Layer III, thousands of bits a second, by MPEG version (2 stands for 2.5 too)."""
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def is_whole(data: bytes) -> bool:
    """Return whether `data` is nothing but complete Layer III frames, with or without an ID3v2 tag in front."""
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
    """Return the bytes of a frame from its header; 0 when it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, rate = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or layer != 1 or bitrate in (0, 15) or rate == 3:
        return 0
    kilobits = _BITRATES[1 if version == 3 else 2][bitrate]
    samples = 1152 if version == 3 else 576
    return samples // 8 * kilobits * 1000 // _RATES[version][rate] + (header[2] >> 1 & 1)
