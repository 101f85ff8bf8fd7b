"""The data of a part that is kept."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec

from exporter.writers.pdf.page_starts import PageStart


class CachedContent(msgspec.Struct, frozen=True, array_like=True):
    """A `MarkedContent`, or a link annotation, of the text."""

    element: int
    """Number of its HTML element, counted from the first one of the part."""
    pseudo: str
    mcid: int | None
    link: int | None
    """Number of the link on its page that it annotates."""
    box: tuple[float, float, float, float] | None
    text: str
    continued: bool


class CachedLink(msgspec.Struct, frozen=True, array_like=True):
    """A link on a page."""

    type: str
    target: str
    rectangle: tuple[float, float, float, float]


class CachedPageData(msgspec.Struct, frozen=True, array_like=True):
    """A page, laid out, drawn and tagged."""

    width: float
    height: float
    bleed: dict[str, float]
    links: tuple[CachedLink, ...]
    anchors: dict[str, tuple[float, float, float, float]]
    bookmarks: tuple[tuple[int, str, tuple[float, float], str], ...]
    bookmarked: tuple[int, ...]
    """Numbers of the HTML elements of the bookmarks."""
    contents: tuple[CachedContent, ...]
    operators: bytes
    """The content stream without that of the margin boxes, compressed."""
    strings: tuple[tuple[str, str], ...]
    """Strings that are set on the page, for running heads."""
    targets: tuple[str, ...]
    """Names that other pages may refer to by page number."""
    name: str
    """What CSS names it by; empty for most pages."""
    groups: list[Any]
    """Groups of named pages that the page is in, in the form of WeasyPrint."""
    start: PageStart | None


class CachedFont(msgspec.Struct, frozen=True, array_like=True):
    """A font of a part."""

    description: str
    """Pango's."""
    size: int
    """The size in which the part first uses it, in units of Pango."""
    key: int
    name: bytes
    digest: str
    """SHA-256 of its file."""
    widths: dict[int, int]
    names: dict[int, str]
    """Characters of its glyphs."""


class CachedPart(msgspec.Struct, frozen=True, array_like=True):
    """A part: its pages, what they use, and where the layout goes on."""

    pages: tuple[CachedPageData, ...]
    references: dict[str, list[int]]
    """Page numbers that are printed on its pages, by the names that they belong to."""
    fonts: tuple[CachedFont, ...]
    states: dict[str, dict[str, float]]
    """Graphics states by name: transparencies."""
    images: tuple[tuple[str, bool], ...]
    """Addresses of images, and whether they are interpolated."""
    is_composed: bool
    """Whether lines are drawn by what the glyphs before them stand for (`patches/actual_text.py`)."""
    next_page: dict[str, Any]
    levels_above: int
    """How many elements around the next part begin with it."""


def encode(part: CachedPart) -> bytes:
    """Return a part as bytes."""
    return zlib.compress(msgspec.msgpack.encode(part), 1)


def decode(data: bytes) -> CachedPart:
    """Return the part of bytes."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=CachedPart)
