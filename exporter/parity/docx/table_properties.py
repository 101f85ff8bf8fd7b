"""Properties of tables that software reads out, compared with the tables (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import VAL, Element, name
from exporter.parity import rules
from exporter.parity.content import ExtractedContent, is_within, letters
from exporter.parity.docx.styles import Roles
from exporter.parity.docx.tables import rows_of
from exporter.parity.item_names import QUOTED


def check(word: DocxFile, roles: Roles, content: ExtractedContent) -> Iterator[Finding]:
    """Yield tables whose marked headers, title or description are not theirs."""
    items = [item for items in (content.passages, *(note.passages for note in content.notes)) for item in items]
    whole = letters("".join(item.text for item in items))
    has_formulas = any(mark.kind == "formula" for item in items for mark in item.marks)
    for table in word.document.iter(name("tbl")):
        yield from _look(table, word, roles)
        properties = table.find(name("tblPr"))
        title = _value(properties, "tblCaption")
        before = table.getprevious()
        if before is not None and before.tag == name("p") and roles.has_role(word.style(before), "caption"):
            pair = sorted((letters(title), letters(_text(before))), key=len)
            if title and not is_within(*pair):
                yield rules.TABLES.finding(f"The title of a table is “{title[:QUOTED]}”, and its caption is another.")
        description = _value(properties, "tblDescription")
        # A formula is one line in the description, and another order of its parts in the text.
        words = [word for word in description.split() if word.isalpha() and len(word) > 1]
        is_there = letters(description)[:QUOTED] in whole or (
            has_formulas and all(letters(word) in whole for word in words)
        )
        if not is_there:
            message = f"The description of the table “{title[:QUOTED]}” is not in the text."
            yield rules.TABLES.finding(message)


def _look(table: Element, word: DocxFile, roles: Roles) -> Iterator[Finding]:
    """Yield a finding if the first row or column is marked as headers and is none, or the reverse (17.4.55 tblLook)."""
    look = table.find(f"{name('tblPr')}/{name('tblLook')}")
    rows = list(rows_of(table, word, roles))
    if look is None or not rows or not letters(_text(table)):
        return
    cells = [cell for row in rows for cell in row]
    heads = [cell.header_role == "heads its row" for cell in cells]
    column = [row[0] for row in rows if row and not (row[0].in_head or row[0].in_foot)]
    first = [cell.header_role == "heads its row" for cell in column if not cell.header_role.endswith("column")]
    # A header of a row may stand in another column than the first, or have nothing by which it is known as one.
    is_known = not any(heads) and all(cell.is_styled for cell in column)
    marked = {
        "firstRow": any(cell.in_head for cell in cells),
        "firstColumn": True if first and all(first) else False if is_known else None,
    }
    for key, part in (("firstRow", "row"), ("firstColumn", "column")):
        stated, expected = look.get(name(key)), marked[key]
        if stated is not None and expected is not None and (stated in {"1", "true"}) != expected:
            state = "not marked as headers" if expected else "marked as headers"
            yield rules.TABLES.finding(f"The first {part} of a table is {state} (“{_text(table)[:QUOTED]}”).")


def _value(properties: Element | None, tag: str) -> str:
    element = properties.find(name(tag)) if properties is not None else None
    return (element.get(VAL) or "") if element is not None else ""


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(name("t")))
