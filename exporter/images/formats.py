"""Formats of image files, by their first bytes."""

from __future__ import annotations

import re

RASTERS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
}
"""Pillow's name of the format by media type; no other decoder is tried."""

SVG = "image/svg+xml"

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
)
_OTHER_FORMATS = (
    (b"%PDF", "a PDF file"),
    (b"%!PS", "an EPS file"),
    (b"\xc5\xd0\xd3\xc6", "an EPS file"),
    (b"\xd7\xcd\xc6\x9a", "a Windows metafile (WMF)"),
    (b"\x01\x00\x09\x00\x00\x03", "a Windows metafile (WMF)"),
    (b"8BPS", "a Photoshop file"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL image"),
    (b"\xff\x0a", "a JPEG XL image"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 image"),
    (b"\x00\x00\x01\x00", "a Windows icon"),
    (b"PK\x03\x04", "an archive or an office document"),
    (b"\x1f\x8b", "a compressed file (perhaps SVGZ)"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"version https://git-lfs", "a Git LFS pointer, not the image itself"),
)
_XML = re.compile(rb"\s*(?:<\?xml|<!--|<!DOCTYPE\s+svg|<(?:\w+:)?svg)", re.IGNORECASE)
_HTML = re.compile(rb"\s*<(?:!DOCTYPE\s+html|html|head|body)", re.IGNORECASE)


def media_type(data: bytes) -> str:
    """Return the media type of an image in a supported format, or an empty text for other files."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        brands = data[8 : min(int.from_bytes(data[:4], "big"), 64)]
        if b"avif" in brands or b"avis" in brands:
            return "image/avif"
    if _XML.match(_without_byte_order_mark(data[:1024])):
        return SVG
    return ""


def describe(data: bytes) -> str:
    """Return what an unsupported file is, in words, such as "a PDF file"."""
    for magic, description in _OTHER_FORMATS:
        if data.startswith(magic):
            return description
    if data[:4] == b"\x01\x00\x00\x00" and data[40:44] == b" EMF":
        return "a Windows metafile (EMF)"
    if data[4:8] == b"ftyp":
        brands = data[8:64]
        return "an HEIC photograph" if b"hei" in brands or b"mif1" in brands else "a video"
    if _HTML.match(_without_byte_order_mark(data[:1024])):
        return "a web page, not an image"
    return "in an unknown format"


def _without_byte_order_mark(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").encode()
    return head.removeprefix(b"\xef\xbb\xbf")
