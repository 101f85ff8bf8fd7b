"""Removal of the metadata of photographs: who took them with what, when and where (EXIF 2.32, XMP, IPTC)."""

from __future__ import annotations

import re
import struct

MARKER = re.compile(rb"\xff[^\0\x01\xd0-\xd7\xff]")
"""Markers of JPEG that begin a segment, or end the image (ITU-T T.81, table B.1)."""
_END = b"\xff\xd9"
_START_OF_SCAN = b"\xff\xda"
_APPLICATION = re.compile(rb"\xff[\xe0-\xef\xfe]")
"""Markers of segments that are for applications, and of comments."""
_APP0 = b"\xff\xe0"
_KEPT = {_APP0: b"JFIF\0", b"\xff\xe2": b"ICC_PROFILE\0", b"\xff\xee": b"Adobe"}
"""Beginnings of those that decide how a JPEG looks, by marker: density, colour profile and colour model."""
_JFIF = 14
"""Bytes of a JFIF segment, the last two of which are the size of the preview that may follow."""
_KEPT_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split()
)
"""The chunks that decide how a PNG looks, also one that moves."""


def without_metadata(data: bytes, kind: str) -> bytes:
    """Return a JPEG or PNG without them and with the same pixels; `data` itself if there are none."""
    if kind == "image/jpeg":
        bare = _jpeg(data)
    elif kind == "image/png":
        bare = _png(data)
    else:
        return data
    return data if bare == data else bare


def _jpeg(data: bytes) -> bytes:
    """Return a JPEG with neither metadata nor what follows the image, such as previews with metadata of their own."""
    out, position, is_drawn = bytearray(data[:2]), 2, False
    while marker := MARKER.search(data, position):
        out += data[position : marker.start()]
        begin, end = marker.end() + 2, marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2], "big")
        if marker[0] == _END:
            return bytes(out + _END)
        is_kept = not _APPLICATION.match(marker[0]) or data.startswith(_KEPT.get(marker[0], ()), begin)
        if marker[0] == _APP0 and is_kept and end > begin + _JFIF:
            out += marker[0] + (_JFIF + 2).to_bytes(2, "big") + data[begin : begin + _JFIF - 2] + b"\0\0"
        # A marker among the pixels of a damaged file begins no segment: no other follows it.
        elif is_kept or (is_drawn and not MARKER.match(data, end)):
            out += data[marker.start() : max(end, begin)]
        position = max(end, begin)
        is_drawn |= marker[0] == _START_OF_SCAN
    return bytes(out + data[position:])


def _png(data: bytes) -> bytes:
    out, position = bytearray(data[:8]), 8
    name = b""
    while name != b"IEND" and position + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[position : position + 8])
        if name in _KEPT_CHUNKS:
            out += data[position : position + 12 + length]
        position += 12 + length
    return bytes(out)
