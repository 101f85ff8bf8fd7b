"""Removal of the metadata of photographs: who took them with what, when and where (EXIF 2.32, XMP, IPTC)."""

from __future__ import annotations

import re
import struct

MARKER = re.compile(rb"\xff[^\0\x01\xd0-\xd7\xff]")
"""Markers of JPEG that begin a segment, or end the image (ITU-T T.81, table B.1)."""
_END = b"\xff\xd9"
_JPEG_METADATA = {
    b"\xff\xe1": (b"Exif\0", b"http://ns.adobe.com/xap/", b"http://ns.adobe.com/xmp/extension/"),
    b"\xff\xe2": (b"MPF\0",),
    b"\xff\xed": (b"Photoshop 3.0",),
    b"\xff\xfe": (b"",),
}
"""Beginnings of the segments, by marker: EXIF and XMP, the list of further images, IPTC, and comments."""
_PNG_METADATA = (b"eXIf", b"iTXt", b"tEXt", b"zTXt", b"tIME")


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
    out, position = bytearray(data[:2]), 2
    while marker := MARKER.search(data, position):
        out += data[position : marker.start()]
        if marker[0] == _END:
            return bytes(out + _END)
        begin, end = marker.end() + 2, marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2], "big")
        if not data.startswith(_JPEG_METADATA.get(marker[0], ()), begin):
            out += data[marker.start() : end]
        position = max(end, begin)
    return bytes(out + data[position:])


def _png(data: bytes) -> bytes:
    out, position = bytearray(data[:8]), 8
    name = b""
    while name != b"IEND" and position + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[position : position + 8])
        if name not in _PNG_METADATA:
            out += data[position : position + 12 + length]
        position += 12 + length
    return bytes(out)
