"""Block elements to blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from exporter.errors import SourceError
from exporter.model import (
    Aside,
    At,
    Blocks,
    CodeBlock,
    Definition,
    DefinitionItem,
    DefinitionList,
    Figure,
    Inline,
    Inlines,
    List,
    ListItem,
    ListStyle,
    PageBreak,
    Paragraph,
    Quote,
    Source,
    Table,
    Term,
    Text,
    ThematicBreak,
)
from exporter.readers.html import elements, tables
from exporter.readers.html.words import joined, paragraph_or_figure, trimmed
from exporter.readers.outline import Flat, Heading, spread
from exporter.readers.rules import HEADING_EMPTY, HTML_DROPPED, HTML_UNKNOWN, Report

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Nest = Callable[[Sequence[Flat]], Blocks]
"""Puts blocks under their headings."""

MAX_DEPTH = 60
"""Elements inside each other."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PASSED = frozenset(
    ("div", "section", "article", "main", "header", "footer", "nav", "address", "center", "body", "html", "hgroup")
)
"""Elements that only hold others."""
_BLOCKS = (
    frozenset(("p", "ul", "ol", "dl", "blockquote", "pre", "hr", "table", "figure", "aside", "details", "summary"))
    | frozenset(("li", "dt", "dd", "figcaption"))
    | _PASSED
    | set(_HEADINGS)
)
_STYLES = {
    "1": ListStyle.DECIMAL,
    "a": ListStyle.LOWER_ALPHA,
    "A": ListStyle.UPPER_ALPHA,
    "i": ListStyle.LOWER_ROMAN,
    "I": ListStyle.UPPER_ROMAN,
}
_PAGE_BREAK = re.compile(r"(?:page-)?break-(?:before|after)\s*:\s*(?:always|page|left|right)")


def read_fragment(text: str, line: int, report: Report, nest: Nest) -> list[Flat]:
    """Give the blocks of a piece of HTML.

    Args:
        text: The HTML; whatever a browser would make of it, is made of it.
        line: Line of its beginning, from 1.
        report: Told about what is not carried.
        nest: Puts the blocks inside lists and cells under their headings.

    Raises:
        SourceError: Elements are nested too deeply, or a table is too large.
    """
    from lxml import etree, html

    for declaration in re.findall(r"<[!?](?!--)[^>]{0,20}", text):
        report.add(HTML_DROPPED, line, f"{declaration!r} was left out.")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(f"<body>{text}".encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return []  # nothing but comments
    body = root if root.tag == "body" else root.find("body")
    return _Reader(line - 1, report, nest).flow(body, 0) if body is not None else []


def breaks_page(attributes: Mapping[str, str]) -> bool:
    """Whether an element asks for a new page, by its style, class or role."""
    return (
        _PAGE_BREAK.search(attributes.get("style", "")) is not None
        or "page-break" in attributes.get("class", "").split()
        or attributes.get("role") == "doc-pagebreak"
    )


def container(name: str, at: At, inside: Sequence[Flat], report: Report, nest: Nest) -> Sequence[Flat]:
    """Give what an element becomes that stands around blocks."""
    if name == "aside":
        return (Aside(at=at, children=nest(inside)),)
    if name == "blockquote":
        return (Quote(at=at, children=nest(inside)),)
    if name in elements.DROPPED:
        report.add(HTML_DROPPED, _line(at), f"The element <{name}> was left out.")
        return ()
    if name not in _PASSED and name != "p":
        report.add(HTML_UNKNOWN, _line(at), f"The element <{name}> means nothing around text; what it holds was kept.")
    return spread(at, inside, report)


def _line(at: At) -> int:
    return at.source.line if at.source else 0


class _Reader:
    """Walks the elements of one fragment."""

    def __init__(self, offset: int, report: Report, nest: Nest) -> None:
        self.offset = offset
        self.report = report
        self.nest = nest

    def line(self, element: HtmlElement) -> int:
        return self.offset + int(element.sourceline or 1)

    def at(self, element: HtmlElement) -> At:
        return elements.place(_attributes(element), self.line(element), self.report)

    def flow(self, element: HtmlElement, depth: int) -> list[Flat]:
        """Give the blocks inside an element; words outside any paragraph become one."""
        self._check(element, depth)
        out: list[Flat] = []
        run: list[Inline] = [*self._text(element.text, element)]
        for child in element:
            if isinstance(child.tag, str) and (child.tag in _BLOCKS or breaks_page(_attributes(child))):
                self._end_run(run, out)
                out.extend(self._block(child, depth + 1))
            else:
                run.extend(self._inline(child, depth + 1))
            run.extend(self._text(child.tail, child))
        self._end_run(run, out)
        return out

    def words(self, element: HtmlElement, depth: int) -> Inlines:
        """Give the inlines inside an element, without white space at both ends."""
        return trimmed(self._words(element, depth))

    def _check(self, element: HtmlElement, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise SourceError(
                "HTML elements are nested too deeply here.",
                advice="Write it with fewer elements inside each other.",
                source=Source(self.report.file, self.line(element)),
            )

    def _text(self, text: str | None, element: HtmlElement) -> tuple[Text, ...]:
        if not text:
            return ()
        at = At(source=Source(self.report.file, self.line(element)))
        return (Text(at=at, text=_SPACE.sub(" ", text)),)

    def _words(self, element: HtmlElement, depth: int) -> list[Inline]:
        self._check(element, depth)
        out: list[Inline] = [*self._text(element.text, element)]
        for child in element:
            if out and isinstance(child.tag, str) and child.tag in _BLOCKS:
                out.extend(self._text(" ", child))
            out.extend(self._inline(child, depth + 1))
            out.extend(self._text(child.tail, child))
        return out

    def _inline(self, element: HtmlElement, depth: int) -> Inlines:
        if not isinstance(element.tag, str):
            return ()
        children = tuple(joined(self._words(element, depth)))
        if element.tag in _BLOCKS:
            return children
        return elements.inline(element.tag, _attributes(element), children, self.line(element), self.report)

    def _end_run(self, run: list[Inline], out: list[Flat]) -> None:
        words = trimmed(run)
        run.clear()
        if words:
            out.append(paragraph_or_figure(At(source=words[0].at.source), words))

    def _block(self, element: HtmlElement, depth: int) -> Sequence[Flat]:
        self._check(element, depth)
        tag, at = str(element.tag), self.at(element)
        if breaks_page(_attributes(element)):
            return (PageBreak(at=at), *self.flow(element, depth))
        if tag == "p":
            inside = self.flow(element, depth)
            return [msgspec.structs.replace(block, at=at) if len(inside) == 1 else block for block in inside]
        if level := _HEADINGS.get(tag):
            title = self.words(element, depth)
            if not title:
                self.report.add(HEADING_EMPTY, self.line(element), "This heading has no words; it was left out.")
                return ()
            classes = tuple(_attributes(element).get("class", "").split())
            return (Heading(at=at, title=title, level=level, classes=classes),)
        if tag in ("ul", "ol"):
            return (self._list(element, at, depth),)
        if tag == "dl":
            return (self._definitions(element, at, depth),)
        if tag == "pre":
            return (CodeBlock(at=at, text=str(element.text_content()).removeprefix("\n").rstrip("\n")),)
        if tag == "hr":
            return (ThematicBreak(at=at),)
        if tag == "table":
            return (self._table(element, depth),)
        if tag == "figure":
            return self._figure(element, at, depth)
        return container(tag, at, self.flow(element, depth), self.report, self.nest)

    def _table(self, element: HtmlElement, depth: int) -> Table:
        def cell(inside: HtmlElement) -> tuple[At, Blocks]:
            return self.at(inside), self.nest(self.flow(inside, depth + 1))

        return tables.read_table(element, cell, lambda caption: self.words(caption, depth), self.line, self.report)

    def _list(self, element: HtmlElement, at: At, depth: int) -> List:
        items: list[ListItem] = []
        loose = False
        for child in element:
            if not isinstance(child.tag, str):
                continue
            inside = self.flow(child, depth + 1)
            loose = loose or any(grandchild.tag == "p" for grandchild in child)
            items.append(ListItem(at=self.at(child), children=self.nest(inside)))
        attributes = _attributes(element)
        start = attributes.get("start", "1")
        number = int(start) if re.fullmatch(r"-?\d{1,9}", start) else 1
        style = _STYLES.get(attributes.get("type", "1"), ListStyle.DECIMAL)
        if element.tag == "ul":
            return List(at=at, items=tuple(items), tight=not loose)
        return List(at=at, items=tuple(items), style=style, start=number, tight=not loose)

    def _definitions(self, element: HtmlElement, at: At, depth: int) -> DefinitionList:
        items: list[DefinitionItem] = []
        for child in element.iter("dt", "dd"):
            if child.tag == "dt":
                term = Term(at=self.at(child), children=self.words(child, depth + 1))
                if items and not items[-1].definitions:
                    items[-1] = msgspec.structs.replace(items[-1], terms=(*items[-1].terms, term))
                else:
                    items.append(DefinitionItem(at=term.at, terms=(term,), definitions=()))
            else:
                definition = Definition(at=self.at(child), children=self.nest(self.flow(child, depth + 1)))
                if not items:
                    items.append(DefinitionItem(at=definition.at, terms=(), definitions=()))
                items[-1] = msgspec.structs.replace(items[-1], definitions=(*items[-1].definitions, definition))
        return DefinitionList(at=at, items=tuple(items))

    def _figure(self, element: HtmlElement, at: At, depth: int) -> Sequence[Flat]:
        caption: Inlines = ()
        inside: list[Flat] = []
        for child in element:
            if child.tag == "figcaption":
                caption = self.words(child, depth + 1)
            elif isinstance(child.tag, str):
                inside.extend(self.flow_of(child, depth + 1))
        images = tuple(image for block in inside if isinstance(block, Figure) for image in block.images)
        if images and all(isinstance(block, Figure) for block in inside):
            return (Figure(at=at, images=images, caption=caption),)
        if len(inside) == 1 and isinstance(inside[0], Table) and not inside[0].caption:
            return (msgspec.structs.replace(inside[0], caption=caption),)
        if caption:
            inside.append(Paragraph(at=at, children=caption))
        return spread(at, inside, self.report)

    def flow_of(self, element: HtmlElement, depth: int) -> Sequence[Flat]:
        """Give the blocks that one element becomes."""
        if element.tag in _BLOCKS:
            return self._block(element, depth)
        out: list[Flat] = []
        self._end_run(list(self._inline(element, depth)), out)
        return out


def _attributes(element: HtmlElement) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in element.attrib.items()}
