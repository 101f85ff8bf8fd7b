"""Files of braille pages: BRF, in ASCII braille, and PEF 1.0."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from exporter.braille.codes import CODES, GRADE_NAMES, Code, Grade
from exporter.braille.liblouis import SPACE
from exporter.inspect.xml import parse
from exporter.model import Metadata

_ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""North American ASCII braille, by the dots of a cell."""
_TO_ASCII = {0x2800 + dots: character for dots, character in enumerate(_ASCII)}
_TO_CELLS = {ord(character): chr(0x2800 + dots) for dots, character in enumerate(_ASCII)}
_TO_CELLS |= {ord(character.lower()): _TO_CELLS[ord(character)] for character in _ASCII}
PRELIMINARY = "⠞"
"""The letter t, before the numbers of title pages and contents (BANA Braille Formats 2016, 1.12)."""
PEF = "http://www.daisy.org/ns/2008/pef"
_DC = "http://purl.org/dc/elements/1.1/"
_NAME = re.compile(r"-(?P<code>[a-z]+(?:-[a-z]+)?)-(?P<grade>g[12])-(?P<cells>\d+)x(?P<lines>\d+)\.(?:brf|pef)$")
_GRADES = {name: grade for grade, name in GRADE_NAMES.items()}


class NamedFile(msgspec.Struct, frozen=True):
    """Code, grade and size of the page, as stated in the name of a file."""

    code: Code
    grade: Grade
    cells: int
    lines: int


def read_name(name: str) -> NamedFile | None:
    """Return code, grade and size of the page as the name of a file says, or None if it does not."""
    match = _NAME.search(name)
    codes = {code.name: code for code in CODES.values()}
    # The slug before it may end like a language.
    code = next((codes[part] for part in _endings(match["code"]) if part in codes), None) if match else None
    if match is None or code is None:
        return None
    return NamedFile(code, _GRADES[match["grade"]], int(match["cells"]), int(match["lines"]))


def _endings(code: str) -> tuple[str, str]:
    return code, code.rpartition("-")[2]


def to_ascii(cells: str) -> str:
    """Return cells in ASCII braille."""
    return cells.translate(_TO_ASCII)


def to_cells(text: str) -> str:
    """Return ASCII braille as cells; other characters stay."""
    return text.translate(_TO_CELLS)


Volumes = Sequence[Sequence[Sequence[Sequence[str]]]]
"""The lines of each page, by volume and section: title page and contents, text."""


def brf(volumes: Volumes) -> bytes:
    """Return a BRF file: lines end with CR LF, pages with a form feed."""
    pages = (page for volume in volumes for section in volume for page in section)
    return "".join("\r\n".join(to_ascii(line) for line in page) + "\r\n\f" for page in pages).encode("ascii")


def pef(volumes: Volumes, metadata: Metadata, cells: int, lines: int, *, duplex: bool) -> bytes:
    """Return a PEF file (Portable Embosser Format 1.0)."""
    from lxml import etree

    def add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
        element = etree.SubElement(parent, name, attributes)
        element.text = text
        return element

    nsmap: Any = {None: PEF, "dc": _DC}
    root = etree.Element(f"{{{PEF}}}pef", {"version": "2008-1"}, nsmap)
    meta = add(add(root, f"{{{PEF}}}head"), f"{{{PEF}}}meta")
    values = [("format", "application/x-pef+xml"), ("identifier", metadata.identifier or metadata.title)]
    values += [("title", metadata.title), ("language", metadata.language)]
    values += [("creator", name) for name in metadata.creators]
    values += [("publisher", metadata.publisher), ("date", metadata.date.isoformat() if metadata.date else "")]
    for name, value in values:
        if value:
            add(meta, f"{{{_DC}}}{name}", value)
    body = add(root, f"{{{PEF}}}body")
    size = {"cols": str(cells), "rows": str(lines), "rowgap": "0", "duplex": str(duplex).lower()}
    for volume in volumes:
        part = add(body, f"{{{PEF}}}volume", **size)
        for section in volume:
            inner = add(part, f"{{{PEF}}}section")
            for page in section:
                sheet = add(inner, f"{{{PEF}}}page")
                for line in page:
                    add(sheet, f"{{{PEF}}}row", line.rstrip(SPACE))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def read_pages(path: Path) -> list[list[str]]:
    """Return the lines of each page as cells, without spaces at their ends.

    Raises:
        ValueError, OSError, lxml.etree.XMLSyntaxError: The file cannot be read.
    """
    data = path.read_bytes()
    if data.lstrip().startswith(b"<"):
        root = parse(data)
        rows = [[row.text or "" for row in page.iter(f"{{{PEF}}}row")] for page in root.iter(f"{{{PEF}}}page")]
        return [[line.rstrip(SPACE) for line in page] for page in rows]
    text = data.decode("ascii").removesuffix("\x1a")
    pages = text.split("\f")
    if not pages[-1].strip():
        pages.pop()
    return [[to_cells(line).rstrip(SPACE) for line in page.removesuffix("\r\n").split("\r\n")] for page in pages]
