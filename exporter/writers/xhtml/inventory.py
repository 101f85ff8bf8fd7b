"""Inventory of finished documents, from which all accessibility metadata follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from lxml import etree

from exporter.inspect.motion import has_css_animation
from exporter.writers.xhtml.files import CSS, XHTML, File

HTML = "{http://www.w3.org/1999/xhtml}"
OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
SVG = "{http://www.w3.org/2000/svg}"
SMIL = "application/smil+xml"

HEADINGS = tuple(f"{HTML}h{level}" for level in range(1, 7))
FIXED_SIZE = ("px", "pt", "cm", "mm", "in", "pc")
"""Units that do not scale with the text size that a reader chooses."""


class BookInventory(msgspec.Struct, frozen=True):
    """Contents of a book, without its cover."""

    text: bool = False
    headings: bool = False
    contents: bool = False
    """A table of contents in the navigation document."""
    page_list: bool = False
    page_markers: bool = False
    described: int = 0
    """Number of images with an alt text."""
    decorative: int = 0
    undescribed: int = 0
    """Number of images without an `alt` attribute."""
    long_descriptions: int = 0
    """Number of images and tables whose `aria-details` has a target."""
    formulas: int = 0
    roles: bool = False
    """Whether the text has ARIA roles."""
    flowing: bool = False
    """Whether readers can change size and spacing of the text: no style sheet fixes them."""
    moving: bool = False
    """Whether an image is animated, or a style sheet animates something."""
    sound: bool = False
    in_step: bool = False
    """Whether there are media overlays."""


def properties(data: bytes) -> tuple[str, ...]:
    """Return the manifest properties of a content document (EPUB 3.3, D.5.4).

    Its text escapes every `<`, so only an element can match.
    """
    starts = {"mathml": b"<math", "svg": b"<svg"}
    return tuple(name for name, start in starts.items() if start in data)


def inspect(files: Iterable[File], moving: Mapping[str, bool]) -> BookInventory:
    """Return the inventory of all files of a book.

    Args:
        files: All files of the book.
        moving: Whether an image is animated, by the name of its file.
    """
    counts: dict[str, Any] = {}
    flags: set[str] = set()
    sheets = []
    for file in files:
        if file.media_type == XHTML:
            root = etree.fromstring(file.data)
            if "nav" in file.properties:
                flags |= _navigation(root)
            elif not is_cover(root):
                _document(root, counts, flags)
        elif file.media_type == CSS:
            sheets.append(file.data.decode("utf-8"))
        elif file.media_type.startswith(("audio/", "video/")):
            flags.add("sound")
        elif file.media_type == SMIL:
            flags.add("in_step")
    return BookInventory(
        **counts,
        **dict.fromkeys(flags, True),
        flowing=not any(map(_fixes_text, sheets)),
        moving=any(moving.values()) or has_css_animation(sheets),
    )


def is_cover(root: Any) -> bool:
    """Return whether a content document is the cover."""
    body = root.find(f"{HTML}body")
    return body is not None and "cover" in (body.get(OPS_TYPE) or "").split()


def _navigation(root: Any) -> set[str]:
    # The marks of a page list may be in the imprint, which contains the summary of these contents.
    kinds = {"toc": {"contents"}, "page-list": {"page_list", "page_markers"}}
    navs = (nav for nav in root.iter(f"{HTML}nav") if nav.find(f".//{HTML}a") is not None)
    return {flag for nav in navs for kind in (nav.get(OPS_TYPE) or "").split() for flag in kinds.get(kind, ())}


def _document(root: Any, counts: dict[str, Any], flags: set[str]) -> None:
    def count(name: str) -> None:
        counts[name] = counts.get(name, 0) + 1

    ids = {element.get("id") for element in root.iter() if element.get("id")}
    body = root.find(f"{HTML}body")
    if any(text.strip() for text in body.itertext()):
        flags.add("text")
    for element in body.iter(etree.Element):
        role = (element.get("role") or "").split()
        if role and role != ["presentation"]:
            flags.add("roles")
        if "doc-pagebreak" in role:
            flags.add("page_markers")
        if element.get("aria-details") in ids:
            count("long_descriptions")
        if element.tag in HEADINGS:
            flags.add("headings")
        elif element.tag == f"{MATHML}math":
            count("formulas")
        elif element.tag in {f"{HTML}audio", f"{HTML}video"}:
            flags.add("sound")
        elif element.tag == f"{HTML}img":
            alt = element.get("alt")
            count("undescribed" if alt is None else "described" if alt.strip() else "decorative")


@lru_cache(maxsize=32)
def _fixes_text(sheet: str) -> bool:
    import tinycss2

    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return any(_fixes(rule) for rule in rules)


def _fixes(rule: Any) -> bool:
    import tinycss2

    content = getattr(rule, "content", None)
    if content is None:
        return False
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration" and part.lower_name in {"font-size", "font", "line-height"}:
            if any(token.type == "dimension" and token.lower_unit in FIXED_SIZE for token in part.value):
                return True
        elif part.type in {"qualified-rule", "at-rule"} and _fixes(part):
            return True
    return False
