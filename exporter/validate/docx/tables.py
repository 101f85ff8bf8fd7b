"""Checks of tables: headers, titles and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.document import text
from exporter.inspect.docx.xml import Element, is_on, name
from exporter.validate.docx import rules
from exporter.validate.docx.locations import finding_at

_HEX = re.compile("[0-9A-Fa-f]{1,4}")
_TRUE = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}


def check(word: DocxFile) -> Iterator[Finding]:
    """Check every table that has more than one cell."""
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
    headers = [is_on(row.find(f"{name('trPr')}/{name('tblHeader')}")) for row in rows]
    quoted = " ".join(" ".join(text(paragraph) for paragraph in rows[0].iter(name("p"))).split())[:60]
    if not headers[0] and _holds_data(rows) and not _has_header_column_only(table):
        yield finding_at(rules.TABLE_HEADER, word, f"The table “{quoted}” has no header row.", table)
    title = table.find(f"{name('tblPr')}/{name('tblCaption')}")
    if title is None or not (title.get(name("val")) or "").strip():
        yield finding_at(rules.TABLE_TITLE, word, f"The table “{quoted}” has no title.", table)
    for row, is_header in zip(rows, headers, strict=True):
        if (
            not is_header
            and next((cell for cell in row.iterchildren(name("tc")) if _is_merged(cell)), None) is not None
        ):
            yield finding_at(rules.TABLE_MERGED, word, f"The table “{quoted}” has merged data cells.", row)
            break
    if next(table.iterancestors(name("tbl")), None) is not None:
        yield finding_at(rules.TABLE_MERGED, word, f"The table “{quoted}” is nested in another table.", table)
    if not all(is_on(row.find(f"{name('trPr')}/{name('cantSplit')}")) for row in rows):
        yield finding_at(rules.ROW_SPLITS, word, f"Rows of the table “{quoted}” may break across pages.", table)


def _holds_data(rows: list[Element]) -> bool:
    """Return whether a table has data in rows and columns, and so needs a header row (WCAG 1.3.1, F46)."""
    columns = max(len(list(row.iterchildren(name("tc"), name("sdt")))) for row in rows)
    has_content = any(next(row.iter(name("t"), name("drawing"), name("m:t")), None) is not None for row in rows)
    return len(rows) > 1 and columns > 1 and has_content


def _has_header_column_only(table: Element) -> bool:
    """Return whether only the first column contains headers; a new table of Word has both flags set (17.4.55)."""
    look = table.find(f"{name('tblPr')}/{name('tblLook')}")
    if look is None:
        return False
    bits = int(look.get(name("val")) or "0", 16) if _HEX.fullmatch(look.get(name("val")) or "") else 0
    flags = (look.get(name("firstRow")), look.get(name("firstColumn")))
    row, column = (_TRUE.get(flag or "", bool(bits & bit)) for flag, bit in zip(flags, (0x0020, 0x0080), strict=True))
    return column and not row


def _is_merged(cell: Element) -> bool:
    span = cell.find(f"{name('tcPr')}/{name('gridSpan')}")
    wide = span is not None and (span.get(name("val")) or "1") not in {"0", "1"}
    return wide or cell.find(f"{name('tcPr')}/{name('vMerge')}") is not None
