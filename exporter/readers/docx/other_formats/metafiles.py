"""Windows metafiles (EMF, WMF) as pixels, which LibreOffice puts beside them where it writes OpenDocument.

Of all metafiles of a file, in one conversion. LibreOffice makes as many pixels as a metafile is large at 96 dpi, up to
1,000 on a side: the size in its header is raised to that ([MS-EMF] 2.2.9, [MS-WMF] 2.3.2.3).
"""

from __future__ import annotations

import base64
import io
import struct
from collections.abc import Collection, Mapping, Sequence

from lxml import etree

from exporter.errors import MissingToolError, SourceError
from exporter.inspect.archive import Archive
from exporter.inspect.limits import LimitError
from exporter.readers.docx.other_formats import conversion
from exporter.xml_parser import xml_parser

SUFFIXES = (".emf", ".wmf")
_EMF, _WMF = b" EMF", b"\xd7\xcd\xc6\x9a"
_LARGE = 1000 / 96
"""Inches."""
_SECONDS, _SECONDS_PER_FILE, _SECONDS_PER_BYTE, _MOST_SECONDS = 12.0, 0.5, 0.000_005, 45.0
"""Of the processor; with as many as other programs may take on the clock, less than the time for reading."""
MAX_BYTES = 60_000_000
"""Of all metafiles of a file."""
_NAMES = {prefix: f"urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0" for prefix in ("office", "text")}
_NAMES |= {"draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"}
_NAMES |= {"svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"}
_FRAME = (
    '<text:p><draw:frame draw:name="{name}" text:anchor-type="as-char" svg:width="1in" svg:height="1in"><draw:image>'
    "<office:binary-data>{data}</office:binary-data></draw:image></draw:frame></text:p>"
)
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document {names} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
    "<office:body><office:text>{frames}</office:text></office:body></office:document>"
)


def is_metafile(data: bytes) -> bool:
    """Return whether a file is a metafile with a size."""
    return (data[:4] == b"\1\0\0\0" and data[40:44] == _EMF and len(data) > 88) or (
        data.startswith(_WMF) and len(data) > 40
    )


_kept: dict[tuple[str, ...], Mapping[str, bytes]] = {}
"""The last two results, since the studio reads a manuscript several times."""


def pixels(drawings: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return metafiles as PNG on white, without those that LibreOffice cannot read, in time or at all.

    Args:
        drawings: At most `MAX_BYTES` by their digests, by which the results are kept.
    """
    key = tuple(drawings)
    if not key or key in _kept:
        return _kept.get(key, {})
    converted = zip(drawings, _converted(drawings.values()), strict=True)
    images = {digest: image for digest, image in converted if image is not None}
    if images:
        for earlier in list(_kept)[:-1]:
            _kept.pop(earlier, None)
        _kept[key] = images
    return images


def _converted(drawings: Collection[bytes]) -> Sequence[bytes | None]:
    size = sum(map(len, drawings))
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items())
    frames = "".join(
        _FRAME.format(name=index, data=base64.b64encode(_enlarged(data)).decode())
        for index, data in enumerate(drawings)
    )
    seconds = _SECONDS + len(drawings) * _SECONDS_PER_FILE + size * _SECONDS_PER_BYTE
    try:
        document = conversion.packed(_DOCUMENT.format(names=names, frames=frames).encode(), min(seconds, _MOST_SECONDS))
        return [_on_white(data) for data in _images(document, len(drawings))]
    except (MissingToolError, SourceError, LimitError):
        return [None] * len(drawings)  # they stay what they are, and `image-format` says what to do


def _images(document: bytes, count: int) -> Sequence[bytes | None]:
    """Return the PNG beside each metafile of an OpenDocument file."""
    images: list[bytes | None] = [None] * count
    with Archive(io.BytesIO(document)) as archive:
        root = etree.fromstring(archive.read("content.xml"), xml_parser())
        for frame in root.iter(f"{{{_NAMES['draw']}}}frame"):
            for image in frame:
                target = image.get("{http://www.w3.org/1999/xlink}href") or ""
                if target.endswith(".png") and target in archive:
                    images[int(frame.get(f"{{{_NAMES['draw']}}}name") or 0)] = archive.read(target)
    return images


def _on_white(data: bytes | None) -> bytes | None:
    """Return pixels on the white of a page."""
    from PIL import Image  # slow to import

    if data is None:
        return None
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        white = Image.new("RGBA", image.size, "white")
        white.alpha_composite(image.convert("RGBA"))
    out = io.BytesIO()
    white.convert("RGB").save(out, "PNG")
    return out.getvalue()


def _enlarged(data: bytes) -> bytes:
    """Return a metafile whose longer side is at least as long as the most pixels that LibreOffice makes."""
    changed = bytearray(data)
    if data.startswith(_WMF):
        left, top, right, bottom, units = struct.unpack_from("<4hH", data, 6)
        fewer = max(int(max(abs(right - left), abs(bottom - top)) / _LARGE), 1)
        struct.pack_into("<H", changed, 14, min(units, fewer))
        checksum = 0
        for word in struct.unpack_from("<10H", changed):
            checksum ^= word
        struct.pack_into("<H", changed, 20, checksum)
        return bytes(changed)
    frame = struct.unpack_from("<4i", data, 24)
    longest = max(frame[2] - frame[0], frame[3] - frame[1], 1) / 2540
    factor = max(_LARGE / longest, 1)
    header = int.from_bytes(data[4:8], "little")
    for offset, count in ((24, 4), (80, 2), *(((100, 2),) if header >= 108 <= len(data) else ())):
        scaled = (round(value * factor) for value in struct.unpack_from(f"<{count}i", data, offset))
        struct.pack_into(f"<{count}i", changed, offset, *(min(max(value, -(2**31)), 2**31 - 1) for value in scaled))
    return bytes(changed)
