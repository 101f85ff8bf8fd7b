"""Raster images that are hostile or merely huge, in formats other than PNG."""

from __future__ import annotations

import gzip
import io
import struct
from collections.abc import Callable
from typing import Any

from tests.hostile.kind import Kind
from tests.hostile.pictures import SVG, png, raster_kind


def _saved(mode: str, size: tuple[int, int], form: str, **options: Any) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **options)
    return out.getvalue()


def _frames(count: int, size: int, form: str) -> bytes:
    from PIL import Image

    first, *others = [Image.new("P", (size, size), n % 256) for n in range(count)]
    out = io.BytesIO()
    first.save(out, form, save_all=True, append_images=others, duration=20)
    return out.getvalue()


def _jpeg(width: int, height: int) -> bytes:
    """Return a small JPEG that says that it is larger."""
    data = bytearray(_saved("RGB", (16, 16), "JPEG"))
    start = data.index(b"\xff\xc0")
    data[start + 5 : start + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _scans() -> bytes:
    """Return a progressive JPEG whose last scan is repeated."""
    data = _saved("RGB", (3_000, 3_000), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * 5_000 + data[-2:]


def _exif() -> bytes:
    """Return a JPEG of 50 MB of EXIF data."""
    data = _saved("RGB", (50, 50), "JPEG")
    return data[:2] + (b"\xff\xe1\xff\xffExif\0\0" + bytes(65_527)) * 800 + data[2:]


def _tiff(directories: int) -> bytes:
    """Return a TIFF of many directories; of none that ends, with 0."""
    entry = struct.pack("<HHHII", 1, 256, 4, 1, 9)
    size = len(entry) + 4
    count = directories or 1
    body = b"".join(
        entry + struct.pack("<I", 8 + size * (n + 1) if n + 1 < count else (0 if directories else 8))
        for n in range(count)
    )
    return b"II*\0\x08\0\0\0" + body


def _picture(data: Callable[[], bytes], name: str, **more: bool) -> Kind:
    return raster_kind(data, name)._replace(**more)


def _drawing(body: Callable[[], str] | str, w: str = "9", h: str = "9") -> Kind:
    def data() -> bytes:
        return SVG.format(w=w, h=h, body=body if isinstance(body, str) else body()).encode()

    return raster_kind(data, "a.svg")


def _entities() -> bytes:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    return f'<!DOCTYPE svg [<!ENTITY e0 "x">{entities}]>{SVG.format(w=9, h=9, body="<text>&e12;</text>")}'.encode()


KINDS: dict[str, Kind] = {
    "gif-frames": _picture(lambda: _frames(3_000, 60, "GIF"), "a.gif"),
    "gif-canvas": _picture(
        lambda: b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;", "a.gif", cheap=True
    ),
    "webp-frames": _picture(lambda: _frames(300, 300, "WEBP"), "a.webp"),
    "webp-16383": _picture(lambda: _saved("RGB", (16_383, 2_400), "WEBP"), "a.webp"),
    "webp-50-megapixels": _picture(lambda: _saved("RGB", (10_000, 5_000), "WEBP"), "a.webp"),
    "jpeg-65000": _picture(lambda: _jpeg(65_000, 65_000), "a.jpg", cheap=True),
    "jpeg-8900": _picture(lambda: _saved("RGB", (8_900, 8_900), "JPEG"), "a.jpg"),
    "jpeg-cmyk": _picture(lambda: _saved("CMYK", (8_900, 8_900), "JPEG"), "a.jpg"),
    "jpeg-scans": _picture(_scans, "a.jpg"),
    "jpeg-exif": _picture(_exif, "a.jpg", cheap=True),
    "jpeg-cut-off": _picture(lambda: _saved("RGB", (3_000, 3_000), "JPEG")[:2_000], "a.jpg", cheap=True),
    "tiff-directories": _picture(lambda: _tiff(100_000), "a.tif"),
    "tiff-loop": _picture(lambda: _tiff(0), "a.tif", cheap=True),
    "tiff-79-megapixels": _picture(lambda: _saved("RGB", (9_000, 8_800), "TIFF", compression="tiff_lzw"), "a.tif"),
    "bmp-negative": _picture(
        lambda: b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 2**31 - 1, -(2**31), 1, 24, 0, 0, 0, 0, 0, 0),
        "a.bmp",
        cheap=True,
    ),
    "avif-cut-off": _picture(lambda: b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\xff" * 5_000, "a.avif"),
    "png-text": _picture(lambda: png(9, 9).replace(b"IDAT", b"zTXt", 1), "a.png", cheap=True),
    "png-profile": _picture(lambda: png(900, 900)[:33] + b"\x7f\xff\xff\xffiCCP" + bytes(1_000), "a.png", cheap=True),
    "png-2-to-the-31": _picture(lambda: png(2**31 - 1, 1, rows=0), "a.png", cheap=True),
    "png-zero": _picture(lambda: png(0, 0), "a.png", cheap=True),
    "png-name-is-svg": _picture(lambda: png(9, 9), "a.svg", cheap=True),
    "svg-compressed-200-mb": _picture(lambda: gzip.compress(b"<svg>" + b" " * 200_000_000), "a.svg"),
    "svg-entities": _picture(_entities, "a.svg", cheap=True),
    "svg-pattern-in-itself": _drawing(
        "<defs><pattern id='p' width='1' height='1'><rect width='9' height='9' fill='url(#p)'/></pattern></defs>"
        "<rect width='9' height='9' fill='url(#p)'/>"
    ),
    "svg-gradients": _drawing(
        lambda: (
            "<defs>"
            + "".join(f"<linearGradient id='g{n}' href='#g{n + 1}'/>" for n in range(5_000))
            + "<linearGradient id='g5000' href='#g0'/></defs><rect width='9' height='9' fill='url(#g0)'/>"
        )
    ),
    "svg-use-of-itself": _drawing("<g id='a'><use href='#a'/><use href='#a'/></g>")._replace(cheap=True),
    "svg-mask-loop": _drawing(
        "<mask id='a'><rect mask='url(#b)' width='9' height='9'/></mask><mask id='b'><rect mask='url(#a)' "
        "width='9' height='9'/></mask><rect mask='url(#a)' width='9' height='9'/>"
    ),
    "svg-numbers": _drawing(
        "<path d='M1e308 1e308L-1e308 1e999 A1e300 1e300 0 1 1 9 9'/>", w="nan", h="1e999"
    )._replace(cheap=True),
    "svg-text-path": _drawing(
        lambda: (
            f"<path id='p' d='M0 0{'L9 9 0 0' * 20_000}'/>" + "<text><textPath href='#p'>abc</textPath></text>" * 500
        )
    ),
}
