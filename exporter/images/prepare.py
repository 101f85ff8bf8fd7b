"""Preparation of images for editions: upright, in 8 bits and without location data."""

from __future__ import annotations

import io
import struct
import warnings

from exporter.images.probe_result import ImageInfo

_QUALITY = 95
_WHITE = 65_535
"""White in 16 bits."""
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_JPEG_METADATA = (b"Exif\x00", b"http://ns.adobe.com/xap/", b"http://ns.adobe.com/xmp/extension/")
_PNG_METADATA = (b"eXIf", b"iTXt", b"tEXt", b"zTXt", b"tIME")


def for_editions(data: bytes, info: ImageInfo) -> bytes:
    """Return the bytes for editions; `data` itself if nothing changes.

    A rotated photograph is stored upright, as Word and several EPUB reading systems ignore EXIF. Location data are
    removed from JPEG and PNG without changing pixels; images in other formats with location data become PNG, and so do
    greyscale images of more than 8 bits.
    """
    kind = info.asset.media_type
    if info.is_deep:
        return _as_8_bits(data)
    if info.is_rotated or (info.has_location and kind not in ("image/jpeg", "image/png")):
        return _upright(data, kind)
    if not info.has_location:
        return data
    return _without_jpeg_metadata(data) if kind == "image/jpeg" else _without_png_metadata(data)


def _as_8_bits(data: bytes) -> bytes:
    from PIL import Image, ImageOps  # slow to import

    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            grey = ImageOps.exif_transpose(image).convert("F")
            darkest, brightest = _black_and_white(image.mode, *grey.getextrema())
            scale = 255 / (brightest - darkest)
            # Converting without scaling would turn all values above 255 into white.
            grey.point(lambda value: value * scale - darkest * scale).convert("L").save(out, "PNG", exif=b"")
    return out.getvalue()


def _black_and_white(mode: str, darkest: float, brightest: float) -> tuple[float, float]:
    """Return the values of black and white: those of 16 bits, or the extremes of other modes."""
    if mode.startswith("I;16") or (mode == "I" and darkest >= 0 and 255 < brightest <= _WHITE):
        return 0, _WHITE
    return (darkest, brightest) if brightest > darkest else (darkest, darkest + 1)


def _upright(data: bytes, kind: str) -> bytes:
    from PIL import Image, ImageOps, JpegImagePlugin  # slow to import

    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            colour_profile = image.info.get("icc_profile")
            upright = ImageOps.exif_transpose(image)
            if kind == "image/jpeg":
                sampling = max(JpegImagePlugin.get_sampling(image), 0)
                upright.save(out, "JPEG", quality=_QUALITY, subsampling=sampling, icc_profile=colour_profile, exif=b"")
            elif upright.mode in _PNG_MODES:
                upright.save(out, "PNG", icc_profile=colour_profile, exif=b"")
            else:  # the profile is for a colour mode that PNG does not support
                upright.convert("RGB").save(out, "PNG", exif=b"")
    return out.getvalue()


def _without_jpeg_metadata(data: bytes) -> bytes:
    out, position = bytearray(data[:2]), 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xDA:  # start of scan: the image data begin
            break
        if marker == 0xFF:  # padding
            position += 1
            continue
        length = 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        segment = data[position : position + length]
        if not (marker == 0xE1 and segment[4:].startswith(_JPEG_METADATA)):
            out += segment
        position += length
    return bytes(out + data[position:])


def _without_png_metadata(data: bytes) -> bytes:
    out, position = bytearray(data[:8]), 8
    while position + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[position : position + 8])
        if name not in _PNG_METADATA:
            out += data[position : position + 12 + length]
        position += 12 + length
    return bytes(out)
