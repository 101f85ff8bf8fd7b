"""Asides and quotations: `aside`, `details`, `blockquote`, boxes by class or role; long descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from exporter.findings import quoted
from exporter.model import Aside, AsideKind, At, Block, Blocks, Figure, Inlines, Quote, Table
from exporter.readers.attributions import DASH, read_quote, without_dash
from exporter.readers.html.markup.dom import Element
from exporter.readers.rules import HTML_UNKNOWN
from exporter.readers.sections import Flat, Heading

if TYPE_CHECKING:
    from exporter.readers.html.blocks.block_reader import Reader

_KINDS = {kind.value: kind for kind in AsideKind}
_CLASSES = _KINDS | {
    "pullquote": AsideKind.PULL_QUOTE,
    "wp-block-pullquote": AsideKind.PULL_QUOTE,
    "callout": AsideKind.BOX,
    "admonition": AsideKind.BOX,
    "textbox": AsideKind.BOX,
    "text-box": AsideKind.BOX,
    "info-box": AsideKind.BOX,
    "infobox-text": AsideKind.BOX,
    "alert": AsideKind.NOTICE,
}
_ROLES = {
    "doc-pullquote": AsideKind.PULL_QUOTE,
    "doc-notice": AsideKind.NOTICE,
    "doc-tip": AsideKind.BOX,
    "doc-example": AsideKind.BOX,
    "doc-abstract": AsideKind.SUMMARY,
}
_TITLES = frozenset({"aside-title", "admonition-title", "callout-title", "box-title"})
_ATTRIBUTIONS = frozenset({"attribution", "quote-attribution", "blockquote-footer", "citation", "author"})


def aside_of_blocks(
    name: str, at: At, blocks: Sequence[Flat], nest: Callable[[Sequence[Flat]], Blocks]
) -> Block | None:
    """Return the aside or quotation of an element whose children were read already, or None for other elements."""
    if name in ("aside", "details"):
        return Aside(at=at, children=nest(blocks))
    return read_quote(at, blocks, nest) if name == "blockquote" else None


def read_aside(reader: Reader, element: Element, at: At, depth: int) -> Flat | None:
    """Return an element as an aside or quotation, or None if it is neither."""
    if element.tag == "blockquote":
        return _quote(reader, element, at, depth)
    kind = next((_ROLES[role] for role in element.roles if role in _ROLES), None)
    kinds = [_CLASSES[name] for name in element.classes if name in _CLASSES]
    kind = kind or next((kind for kind in kinds if kind is not AsideKind.BOX), kinds[0] if kinds else None)
    if element.tag not in ("aside", "details") and (kind is None or element.tag not in ("div", "section")):
        return None
    title: Inlines = ()
    first = next((child for child in element.elements() if not child.is_blank()), None)
    if first is not None and (first.tag == "summary" or set(first.classes) & _TITLES):
        first.replace_with()
        # A title that only repeats the label of the box is ignored.
        if first.text() != element.get("aria-label") or first.tag == "summary":
            title = reader.inlines(first, depth + 1)
    children = reader.blocks(element, depth + 1)
    if not children and not title:
        return None
    return Aside(at=at, kind=kind or AsideKind.BOX, title=title, children=children)


def _quote(reader: Reader, element: Element, at: At, depth: int) -> Quote:
    if re.match(r"https?:", element.get("cite")):
        message = f"The source of this quotation was ignored: {quoted(element.get('cite'), 100)}."
        reader.report.add(HTML_UNKNOWN, element.line, message, advice="Name the source in words after the quotation.")
    last = next((child for child in reversed(list(element.elements())) if not child.is_blank()), None)
    attribution: Inlines = ()
    if last is not None and _is_attribution(last) and last is not _only(element):
        cite = last.find("cite")
        text_around = last.text().replace(cite.text(), "", 1) if cite is not None else ""
        alone = cite is not None and not DASH.sub("", text_around).strip()
        last.replace_with()
        source = cite if alone and cite is not None else last
        for inner in list(source.walk()):
            if inner.tag == "cite":
                inner.tag = "span"
        attribution = without_dash(reader.inlines(source, depth + 1))
    if attribution:
        return Quote(at=at, children=reader.blocks(element, depth + 1), attribution=attribution)
    return read_quote(at, reader.flow(element, depth + 1), reader.nest)


def _is_attribution(element: Element) -> bool:
    if element.tag in ("footer", "cite") or set(element.classes) & _ATTRIBUTIONS:
        return True
    # A paragraph that contains only a title or name in `cite`.
    inner = list(element.elements())
    return (
        element.tag == "p"
        and len(inner) == 1
        and inner[0].tag == "cite"
        and inner[0].text() == element.text().lstrip("—–- ")
    )


def _only(element: Element) -> Element | None:
    """Return the only child of an element, white space aside, or None if there are others."""
    children = [child for child in element.children if not (isinstance(child, str) and not child.strip())]
    children = [child for child in children if isinstance(child, str) or child.classes or not child.is_blank()]
    return children[0] if len(children) == 1 and isinstance(children[0], Element) else None


def add_description(reader: Reader, element: Element, out: list[Flat], depth: int) -> bool:
    """Add a long description to the figure or table before it (WCAG 1.1.1); return whether the element was one."""
    described = out[-1] if out else None
    is_description = "description" in element.classes and element.tag in ("details", "div")
    if (
        not is_description
        or not isinstance(described, Figure | Table)
        or described.description
        or isinstance(described, Heading)
    ):
        return False
    first = next(iter(element.elements()), None)
    if first is not None and (first.tag == "summary" or "description-title" in first.classes):
        first.replace_with()
    out[-1] = msgspec.structs.replace(described, description=reader.blocks(element, depth + 1))
    return True
