"""Paper, margins, running head and page number (ECMA-376-1, 17.6)."""

from __future__ import annotations

from typing import NamedTuple

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from exporter.model import Direction, Metadata
from exporter.writers.docx import PageSize
from exporter.writers.docx.direction import pieces
from exporter.writers.docx.fields import add_field, add_run
from exporter.writers.docx.package import Package
from exporter.writers.docx.xml import Element, add, add_properties


class Paper(NamedTuple):
    """A page and its margins, in twentieths of a point."""

    width: int
    height: int
    side: int
    top: int
    bottom: int

    @property
    def text_width(self) -> int:
        """Width of the lines."""
        return self.width - 2 * self.side

    @property
    def text_height(self) -> int:
        """Height of the text on a page."""
        return self.height - self.top - self.bottom


PAPERS = {
    PageSize.A4: Paper(11906, 16838, 1587, 1587, 1474),
    PageSize.LETTER: Paper(12240, 15840, 1701, 1531, 1417),
}
_EDGE = 737
"""From the edge of the paper to the running head and to the page number."""


def add_section(body: Element, package: Package, metadata: Metadata, paper: Paper) -> None:
    """Append the properties of the only section (17.6.17 sectPr), with its running head and foot."""
    rtl = metadata.direction is Direction.RTL
    section = add(body, "sectPr")
    if metadata.title.strip():
        header = package.add_story("/word/header1.xml", CT.WML_HEADER, RT.HEADER, "hdr")
        line = _line(header.element, "Header", rtl=rtl)
        _words(line, metadata.title, rtl=rtl)
        add(section, "headerReference", {"w:type": "default", "r:id": package.document.relate_to(header, RT.HEADER)})
    footer = package.add_story("/word/footer1.xml", CT.WML_FOOTER, RT.FOOTER, "ftr")
    line = _line(footer.element, "Footer", rtl=rtl)
    if metadata.publisher:
        _words(line, metadata.publisher, rtl=rtl)
    add(add_run(line, {"rtl": rtl}), "tab")
    add_field(line, "PAGE", "2", {"rtl": rtl})
    add(section, "footerReference", {"w:type": "default", "r:id": package.document.relate_to(footer, RT.FOOTER)})
    add(section, "pgSz", {"w:w": paper.width, "w:h": paper.height})
    add(
        section,
        "pgMar",
        {
            "w:top": paper.top,
            "w:right": paper.side,
            "w:bottom": paper.bottom,
            "w:left": paper.side,
            "w:header": _EDGE,
            "w:footer": _EDGE,
            "w:gutter": 0,
        },
    )
    add(section, "cols", {"w:space": 708})
    # The first page bears the title already (17.10.6).
    add(section, "titlePg")
    if rtl:
        add(section, "bidi")


def _line(story: Element, style: str, *, rtl: bool) -> Element:
    paragraph = add(story, "p")
    add_properties(paragraph, "pPr", {"pStyle": style, "bidi": rtl})
    return paragraph


def _words(line: Element, text: str, *, rtl: bool) -> None:
    for piece in pieces(text, Direction.RTL if rtl else Direction.LTR):
        add(add_run(line, {"rtl": piece.rtl}), "t", {"xml:space": "preserve"}, piece.text)
