"""Pictures that are hostile or merely huge."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.hostile.kind import HEAD, PART, Kind

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}">{body}</svg>'


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, mode: int = 2, depth: int = 8, rows: int | None = None) -> bytes:
    """Return a PNG of one colour, packed while it is made."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[mode]
    row = bytes(1 + (width * channels * depth + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, mode, 0, 0, 0)
    palette = _chunk(b"PLTE", bytes(768)) if mode == 3 else b""
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + palette + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _picture(data: Callable[[], bytes], name: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "manuscript.md").write_text(f"{HEAD}{PART}![What it shows.]({name})\n", "utf-8")
        (folder / name).write_bytes(data())

    return write


def _svg(body: Callable[[], str] | str, w: str = "100", h: str = "100") -> Kind:
    def data() -> bytes:
        return SVG.format(w=w, h=h, body=body if isinstance(body, str) else body()).encode()

    return Kind(_picture(data, "drawing.svg"))


def _whole(text: str) -> Kind:
    return Kind(_picture(text.encode, "drawing.svg"))


def raster_kind(data: Callable[[], bytes], name: str = "picture.png") -> Kind:
    """Return a kind of a manuscript with one picture."""
    return Kind(_picture(data, name))


def _markers() -> str:
    levels = [
        f'<marker id="m{n}" markerWidth="9" markerHeight="9"><path d="{"M0 0" + "L9 9" * 20}" '
        f'marker-mid="url(#m{n + 1})"/></marker>'
        for n in range(5)
    ]
    return f'<defs>{"".join(levels)}</defs><path d="M0 0{"L9 9" * 50}" marker-mid="url(#m0)"/>'


def _vertices() -> str:
    marker = (
        '<marker id="m" markerWidth="9" markerHeight="9"><g>' + '<rect width="1" height="1"/>' * 500 + "</g></marker>"
    )
    return f'<defs>{marker}</defs><path d="M0 0{"L9 9" * 20_000}" marker-mid="url(#m)"/>'


def _nested(levels: int = 12, copies: int = 2) -> str:
    inner = '<rect width="9" height="9"/>'
    for _ in range(levels):
        data = base64.b64encode(SVG.format(w=9, h=9, body=inner).encode()).decode()
        inner = f'<image width="9" height="9" href="data:image/svg+xml;base64,{data}"/>' * copies
        if len(inner) > 3_000_000:
            break
    return inner


def _embedded_png() -> str:
    data = base64.b64encode(png(30_000, 30_000, mode=0, depth=1)).decode()
    return f'<image width="9" height="9" href="data:image/png;base64,{data}"/>'


def _uses(levels: int = 10, copies: int = 10) -> str:
    groups = "".join(f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * copies + "</g>" for n in range(levels))
    return f'<defs>{groups}<rect id="g{levels}" width="1" height="1"/></defs><use href="#g0"/>'


KINDS: dict[str, Kind] = {
    "svg-markers-of-markers": _svg(_markers),
    "svg-marker-vertices": _svg(_vertices),
    "svg-letters": _svg(lambda: "<text y='9'>" + "x" * 5_000_000 + "</text>"),
    "svg-letters-many": _svg(lambda: "<text y='9'>" + "x" * 40 + "</text>" * 1 + "<text>abc def ghi</text>" * 50_000),
    "svg-nested": _svg(_nested),
    "svg-rects-200000": _svg(lambda: "<rect width='1' height='1'/>" * 199_999),
    "svg-rects-20000": _svg(lambda: "<rect width='1' height='1'/>" * 20_000),
    "svg-rects-59000": _svg(lambda: "<rect width='1' height='1'/>" * 59_000),
    "svg-embedded-30000": _svg(_embedded_png),
    "svg-uses": _svg(_uses),
    "svg-no-size": _whole('<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'),
    "svg-percent": _svg("<rect width='9' height='9'/>", "100%", "100%"),
    "svg-flat": _svg("<rect width='9' height='9'/>", "1000000", "0.6"),
    "svg-tall": _svg("<rect width='9' height='9'/>", "0.6", "1000000"),
    "svg-huge": _svg("<rect width='9' height='9'/>", "1000000", "1000000"),
    "svg-zero-box": _whole(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"><rect width="9" height="9"/></svg>'
    ),
    "svg-path": _svg(lambda: "<path d='M0 0" + "L9 9 1 1" * 600_000 + "'/>"),
    "svg-filter": _svg(
        "<defs><filter id='f' x='0' y='0' width='1' height='1'><feTurbulence baseFrequency='0.9' numOctaves='10000'/>"
        "<feGaussianBlur stdDeviation='100000'/><feMorphology radius='10000'/></filter></defs>"
        "<rect width='9' height='9' filter='url(#f)'/>",
        "4000",
        "4000",
    ),
    "svg-filters-5000": _svg(
        lambda: (
            "<filter id='f'><feGaussianBlur stdDeviation='50'/></filter>"
            + "<rect width='99' height='99' filter='url(#f)'/>" * 5_000
        )
    )._replace(editions="docx"),
    "svg-filters-page": _svg(
        lambda: (
            "<filter id='f' filterUnits='userSpaceOnUse' x='0' y='0' width='100%' height='100%'>"
            + "<feGaussianBlur stdDeviation='50'/><feMorphology radius='9'/>" * 3
            + "</filter>"
            + "<rect width='9' height='9' filter='url(#f)'/>" * 40
        )
    )._replace(editions="docx", cheap=True),
    "svg-pattern": _svg(
        "<defs><pattern id='p' width='0.001' height='0.001' patternUnits='userSpaceOnUse'><rect width='1' height='1'/>"
        "</pattern></defs><rect width='900' height='900' fill='url(#p)'/>"
    ),
    "svg-dashes": _svg("<path d='M0 0L900000 900000' stroke='red' stroke-dasharray='0.0001'/>"),
    "svg-arcs": _svg(lambda: "<path d='M0 0" + "A9 9 0 1 1 5 5" * 20_000 + "'/>")._replace(editions="docx", cheap=True),
    "svg-depth": _svg(lambda: "<g>" * 240 + "</g>" * 240),
    "svg-depth-5000": _svg(lambda: "<g>" * 5000 + "</g>" * 5000),
    "svg-attributes": _svg(lambda: "<rect " + " ".join(f"a{n}='1'" for n in range(500_000)) + "/>"),
    "svg-style": _svg(
        lambda: "<style>" + "rect g .a{fill:red}" * 50_000 + "</style>" + "<rect width='1' height='1'/>" * 2000
    ),
    "svg-clips": _svg(
        lambda: (
            "<defs>"
            + "".join(
                f"<clipPath id='c{n}' clip-path='url(#c{n + 1})'><rect width='9' height='9'/></clipPath>"
                for n in range(2000)
            )
            + "</defs><rect width='9' height='9' clip-path='url(#c0)'/>"
        )
    ),
    "png-79-megapixels": raster_kind(lambda: png(9_000, 8_800)),
    "png-79-megapixels-rgba": raster_kind(lambda: png(9_000, 8_800, mode=6)),
    "png-79-megapixels-16": raster_kind(lambda: png(9_000, 8_800, mode=0, depth=16)),
    "png-79-megapixels-palette": raster_kind(lambda: png(9_000, 8_800, mode=3)),
    "png-wide": raster_kind(lambda: png(79_000_000, 1, mode=0)),
    "png-longer": raster_kind(lambda: png(10, 10, rows=5_000)),
    "png-longer-much": raster_kind(lambda: png(1_000, 1_000, rows=500_000)),
    "png-shorter": raster_kind(lambda: png(1_000, 1_000, rows=5)),
}
KINDS |= {
    name: KINDS[name]._replace(cheap=True)
    for name in ("svg-markers-of-markers", "svg-uses", "svg-no-size", "svg-nested", "svg-depth-5000", "png-longer")
}
