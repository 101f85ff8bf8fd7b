"""Pictures as the editions use them: upright, and silent about the place where they were taken."""

from __future__ import annotations

import io
import struct
import warnings

from exporter.images.probe_result import ImageInfo

_QUALITY = 95
_WHITE = 65_535
"""In 16 bits."""
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_JPEG_METADATA = (b"Exif\x00", b"http://ns.adobe.com/xap/", b"http://ns.adobe.com/xmp/extension/")
_PNG_METADATA = (b"eXIf", b"iTXt", b"tEXt", b"zTXt", b"tIME")


def for_editions(data: bytes, verdict: ImageInfo) -> bytes:
    """Return the bytes that editions carry; `data` itself when there is nothing to change.

    A turned photograph is turned upright, since Word and several readers of EPUB ignore EXIF, and so that every
    edition shows the same. Location data are cut out of JPEG and PNG without touching a pixel; other formats with
    location data become PNG, and so does grey in more than 256 steps, with 256.
    """
    kind = verdict.asset.media_type
    if verdict.deep:
        return _shallow(data)
    if verdict.turned or (verdict.located and kind not in ("image/jpeg", "image/png")):
        return _upright(data, kind)
    if not verdict.located:
        return data
    return _without_jpeg_metadata(data) if kind == "image/jpeg" else _without_png_metadata(data)


def _shallow(data: bytes) -> bytes:
    from PIL import Image, ImageOps  # heavy: at use

    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as picture:
            grey = ImageOps.exif_transpose(picture).convert("F")
            least, most = _range(picture.mode, *grey.getextrema())
            scale = 255 / (most - least)
            # Converting alone would make white of all that is above 255.
            grey.point(lambda value: value * scale - least * scale).convert("L").save(out, "PNG", exif=b"")
    return out.getvalue()


def _range(mode: str, least: float, most: float) -> tuple[float, float]:
    """Return the values of black and white: 16 bits say so themselves, of others the extremes are taken."""
    if mode.startswith("I;16") or (mode == "I" and least >= 0 and 255 < most <= _WHITE):
        return 0, _WHITE
    return (least, most) if most > least else (least, least + 1)


def _upright(data: bytes, kind: str) -> bytes:
    from PIL import Image, ImageOps, JpegImagePlugin  # heavy: at use

    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as picture:
            colours = picture.info.get("icc_profile")
            upright = ImageOps.exif_transpose(picture)
            if kind == "image/jpeg":
                sampling = max(JpegImagePlugin.get_sampling(picture), 0)
                upright.save(out, "JPEG", quality=_QUALITY, subsampling=sampling, icc_profile=colours, exif=b"")
            elif upright.mode in _PNG_MODES:
                upright.save(out, "PNG", icc_profile=colours, exif=b"")
            else:  # the colour profile belongs to the inks or the numbers that PNG does not have
                upright.convert("RGB").save(out, "PNG", exif=b"")
    return out.getvalue()


def _without_jpeg_metadata(data: bytes) -> bytes:
    out, place = bytearray(data[:2]), 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xDA:  # the picture itself begins
            break
        if marker == 0xFF:  # padding
            place += 1
            continue
        length = 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        segment = data[place : place + length]
        if not (marker == 0xE1 and segment[4:].startswith(_JPEG_METADATA)):
            out += segment
        place += length
    return bytes(out + data[place:])


def _without_png_metadata(data: bytes) -> bytes:
    out, place = bytearray(data[:8]), 8
    while place + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[place : place + 8])
        if name not in _PNG_METADATA:
            out += data[place : place + 12 + length]
        place += 12 + length
    return bytes(out)
