"""Names of elements and attributes in Word files."""

from __future__ import annotations

from functools import cache

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": NAMESPACES["w"],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": NAMESPACES["r"],
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": NAMESPACES["wp"],
    "http://purl.oclc.org/ooxml/drawingml/main": NAMESPACES["a"],
    "http://purl.oclc.org/ooxml/drawingml/picture": NAMESPACES["pic"],
    "http://purl.oclc.org/ooxml/officeDocument/math": NAMESPACES["m"],
}
"""The same vocabularies under the names of ISO/IEC 29500 Strict."""


@cache
def name(tag: str) -> str:
    """Return the Clark name of `tag`: `w:p`, or `p` for the `w` namespace."""
    prefix, _, local = tag.rpartition(":")
    return f"{{{NAMESPACES[prefix or 'w']}}}{local}"


def transitional(data: bytes) -> bytes:
    """Return XML with the names of Transitional where it has those of Strict."""
    if b"purl.oclc.org/ooxml" not in data:
        return data
    for strict, usual in sorted(_STRICT.items(), key=lambda pair: -len(pair[0])):
        data = data.replace(strict.encode() + b'"', usual.encode() + b'"')
        data = data.replace(strict.encode() + b"'", usual.encode() + b"'")
    return data
