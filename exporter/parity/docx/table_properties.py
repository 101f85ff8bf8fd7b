"""Properties of tables that software reads out, compared with the tables (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import VAL, Element, is_on, name
from exporter.parity import rules
from exporter.parity.comparison.item_names import QUOTED
from exporter.parity.content import is_within, letters
from exporter.parity.docx.styles import Roles
from exporter.parity.docx.tables import rows_of

_BITS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}
"""Bits of the value that states the same (17.4.55 tblLook)."""


def check(word: DocxFile, roles: Roles) -> Iterator[Finding]:
    """Yield tables whose marked headers or title are not theirs."""
    for table in word.document.iter(name("tbl")):
        yield from _look(table, word, roles)
        title = _value(table.find(name("tblPr")), "tblCaption")
        before = table.getprevious()
        if before is not None and before.tag == name("p") and roles.has_role(word.style(before), "caption"):
            pair = sorted((letters(title), letters(_text(before))), key=len)
            if title and not is_within(*pair):
                yield rules.TABLES.finding(f"The title of a table is “{title[:QUOTED]}”, and its caption is another.")


def names(story: Element) -> Iterator[tuple[str, str, str]]:
    """Yield title, description and direction of each table that has a title or a description."""
    for table in story.iter(name("tbl")):
        properties = table.find(name("tblPr"))
        title, description = (letters(_value(properties, tag)) for tag in ("tblCaption", "tblDescription"))
        if title or description:
            is_turned = properties is not None and is_on(properties.find(name("bidiVisual")))
            yield title, description, "rtl" if is_turned else "ltr"


def _look(table: Element, word: DocxFile, roles: Roles) -> Iterator[Finding]:
    """Yield a finding if the first row or column is marked as headers and is none, or the reverse (17.4.55 tblLook)."""
    look = table.find(f"{name('tblPr')}/{name('tblLook')}")
    rows = list(rows_of(table, word, roles))
    if look is None or not rows or not letters(_text(table)):
        if look is None:
            yield rules.TABLES.finding(
                f"A table does not say which of its cells are headers (“{_text(table)[:QUOTED]}”)."
            )
        return
    bits = int(look.get(VAL) or "0", 16)
    if any((look.get(name(key)) in {"1", "true"}) != bool(bits & bit) for key, bit in _BITS.items()):
        yield rules.TABLES.finding(f"A table says in two ways what its headers are (“{_text(table)[:QUOTED]}”).")
    cells = [cell for row in rows for cell in row]
    heads = [cell.header_role == "heads its row" for cell in cells]
    column = [row[0] for row in rows if row and not (row[0].in_head or row[0].in_foot)]
    first = [cell.header_role == "heads its row" for cell in column if not cell.header_role.endswith("column")]
    # A header of a row may stand in another column than the first, or have nothing by which it is known as one.
    is_known = not any(heads) and all(cell.is_styled for cell in column)
    marked = {
        "lastRow": any(cell.in_foot for cell in cells),
        "firstRow": any(cell.in_head for cell in cells),
        "firstColumn": True if first and all(first) else False if is_known else None,
    }
    for key, part in (("firstRow", "first row"), ("lastRow", "last row"), ("firstColumn", "first column")):
        stated, expected = look.get(name(key)), marked[key]
        if stated is not None and expected is not None and (stated in {"1", "true"}) != expected:
            state = "not marked as special" if expected else "marked as special"
            yield rules.TABLES.finding(f"The {part} of a table is {state} (“{_text(table)[:QUOTED]}”).")


def _value(properties: Element | None, tag: str) -> str:
    element = properties.find(name(tag)) if properties is not None else None
    return (element.get(VAL) or "") if element is not None else ""


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(name("t"), name("m:t")))
