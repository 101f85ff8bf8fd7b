"""Section properties: paper size, margins, header and footer (ECMA-376-1, 17.6)."""

from __future__ import annotations

import re
from typing import NamedTuple

from exporter.labels import Labels
from exporter.model import Direction, Metadata
from exporter.writers.docx import PageSize, parts
from exporter.writers.docx.inlines.direction import pieces
from exporter.writers.docx.inlines.fields import add_field, add_mark, add_run, begin_field
from exporter.writers.docx.package import Package
from exporter.writers.docx.xml import Element, add, add_properties

_SHORT_LINE = 7370
"""Width of lines of easy read, 130 millimetres: about 55 letters."""


class Paper(NamedTuple):
    """Page size and margins, in twentieths of a point."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    @property
    def text_width(self) -> int:
        """Width of the text area."""
        return self.width - self.left - self.right

    def with_short_lines(self) -> Paper:
        """Return the page with lines of easy read, as far as they are longer than that."""
        return self._replace(right=self.right + max(0, self.text_width - _SHORT_LINE))

    @property
    def text_height(self) -> int:
        """Height of the text area."""
        return self.height - self.top - self.bottom


PAPERS = {
    PageSize.A4: Paper(11906, 16838, 1587, 1587, 1587, 1474),
    PageSize.LETTER: Paper(12240, 15840, 1701, 1701, 1531, 1417),
    PageSize.A5: Paper(8391, 11906, 1020, 1020, 1191, 1134),
}
_EDGE = 737
"""Distance of header and footer from the edge of the paper."""


def add_section(body: Element, package: Package, metadata: Metadata, labels: Labels, paper: Paper) -> Element:
    """Append the properties of the only section (17.6.17 sectPr), with header and footer.

    Returns:
        The empty run for the total number of pages.
    """
    section = add(body, "sectPr")
    total = add_headers_and_footers(section, package, metadata, labels)
    _add_properties(section, metadata, paper)
    return total


def add_headers_and_footers(section: Element, package: Package, metadata: Metadata, labels: Labels) -> Element:
    """Append header and footer, and return the run for the total number of pages."""
    rtl = metadata.direction is Direction.RTL
    if metadata.title.strip():
        header = package.add_story("/word/header1.xml", parts.HEADER, parts.TO_HEADER, "hdr")
        line = _line(header.element, "Header", rtl=rtl)
        _words(line, metadata.title, rtl=rtl)
        add(
            section,
            "headerReference",
            {"w:type": "default", "r:id": package.document.relate_to(header, parts.TO_HEADER)},
        )
    footer = package.add_story("/word/footer1.xml", parts.FOOTER, parts.TO_FOOTER, "ftr")
    line = _line(footer.element, "Footer", rtl=rtl)
    if metadata.publisher:
        _words(line, metadata.publisher, rtl=rtl)
    add(add_run(line, {"rtl": rtl}), "tab")
    total = _page_of_pages(line, labels, rtl=rtl)
    add(section, "footerReference", {"w:type": "default", "r:id": package.document.relate_to(footer, parts.TO_FOOTER)})
    return total


def _add_properties(section: Element, metadata: Metadata, paper: Paper) -> None:
    add(section, "pgSz", {"w:w": paper.width, "w:h": paper.height})
    add(
        section,
        "pgMar",
        {
            "w:top": paper.top,
            "w:right": paper.right,
            "w:bottom": paper.bottom,
            "w:left": paper.left,
            "w:header": _EDGE,
            "w:footer": _EDGE,
            "w:gutter": 0,
        },
    )
    add(section, "cols", {"w:space": 708})
    # The first page has the title already (17.10.6).
    add(section, "titlePg")
    if metadata.direction is Direction.RTL:
        add(section, "bidi")


def _page_of_pages(line: Element, labels: Labels, *, rtl: bool) -> Element:
    """Append page number and total (17.16.5.42 NUMPAGES); return the run for the total."""
    total = None
    for piece in re.split("([\0\1])", labels("docx.page_of", page="\0", pages="\1")):
        if piece == "\0":
            add_field(line, "PAGE", "2", {"rtl": rtl})
        elif piece == "\1":
            begin_field(line, "NUMPAGES", {"rtl": rtl})
            total = add_run(line, {"rtl": rtl})
            add_mark(line, "end", {"rtl": rtl})
        elif piece:
            _words(line, piece, rtl=rtl)
    assert total is not None, "the label has a field for the total"
    return total


def _line(story: Element, style: str, *, rtl: bool) -> Element:
    paragraph = add(story, "p")
    add_properties(paragraph, "pPr", {"pStyle": style, "bidi": rtl})
    return paragraph


def _words(line: Element, text: str, *, rtl: bool) -> None:
    for piece in pieces(text, Direction.RTL if rtl else Direction.LTR):
        add(add_run(line, {"rtl": piece.rtl}), "t", {"xml:space": "preserve"}, piece.text)
