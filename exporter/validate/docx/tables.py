"""Whether tables say what heads what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.document import text
from exporter.inspect.docx.xml import Element, is_on, name
from exporter.validate.docx import rules
from exporter.validate.docx.locations import found

_HEX = re.compile("[0-9A-Fa-f]{1,4}")
_TRUE = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}


def check(word: DocxFile) -> Iterator[Finding]:
    """Look at every table that has more than one cell."""
    for story in word.stories():
        for table in story.root.iter(name("tbl")):
            rows = _rows(table)
            if len(rows) > 1 or any(len(list(row.iterchildren(name("tc"), name("sdt")))) > 1 for row in rows):
                yield from _table(word, table, rows)


def _rows(table: Element) -> list[Element]:
    rows: list[Element] = []
    for child in table:
        if child.tag == name("tr"):
            rows.append(child)
        elif child.tag == name("sdt"):
            rows += child.findall(f"{name('sdtContent')}/{name('tr')}")
    return rows


def _table(word: DocxFile, table: Element, rows: list[Element]) -> Iterator[Finding]:
    heads = [is_on(row.find(f"{name('trPr')}/{name('tblHeader')}")) for row in rows]
    quoted = " ".join(word for cell in rows[0].iter(name("p")) for word in text(cell).split())[:60]
    if not heads[0] and _holds_data(rows) and not _is_headed_by_column(table):
        yield found(rules.TABLE_HEADER, word, f"The table that begins with “{quoted}” has no header row.", table)
    title = table.find(f"{name('tblPr')}/{name('tblCaption')}")
    if title is None or not (title.get(name("val")) or "").strip():
        yield found(rules.TABLE_TITLE, word, f"The table that begins with “{quoted}” has no title.", table)
    for row, head in zip(rows, heads, strict=True):
        if not head and next((cell for cell in row.iterchildren(name("tc")) if _merged(cell)), None) is not None:
            yield found(rules.TABLE_MERGED, word, f"The table “{quoted}” has merged cells among its data.", row)
            break
    if next(table.iterancestors(name("tbl")), None) is not None:
        yield found(rules.TABLE_MERGED, word, f"The table “{quoted}” stands inside another table.", table)
    if not all(is_on(row.find(f"{name('trPr')}/{name('cantSplit')}")) for row in rows):
        yield found(rules.ROW_SPLITS, word, f"Rows of the table “{quoted}” may break over two pages.", table)


def _holds_data(rows: list[Element]) -> bool:
    """Whether something stands in rows and columns: what has one row or one column needs no head (WCAG 1.3.1, F46)."""
    columns = max(len(list(row.iterchildren(name("tc"), name("sdt")))) for row in rows)
    shown = any(next(row.iter(name("t"), name("drawing"), name("m:t")), None) is not None for row in rows)
    return len(rows) > 1 and columns > 1 and shown


def _is_headed_by_column(table: Element) -> bool:
    """Return whether the first column heads rows and no row heads columns; a new table of Word says both (17.4.55)."""
    look = table.find(f"{name('tblPr')}/{name('tblLook')}")
    if look is None:
        return False
    bits = int(look.get(name("val")) or "0", 16) if _HEX.fullmatch(look.get(name("val")) or "") else 0
    said = (look.get(name("firstRow")), look.get(name("firstColumn")))
    row, column = (_TRUE.get(word or "", bool(bits & bit)) for word, bit in zip(said, (0x0020, 0x0080), strict=True))
    return column and not row


def _merged(cell: Element) -> bool:
    span = cell.find(f"{name('tcPr')}/{name('gridSpan')}")
    wide = span is not None and (span.get(name("val")) or "1") not in {"0", "1"}
    return wide or cell.find(f"{name('tcPr')}/{name('vMerge')}") is not None
