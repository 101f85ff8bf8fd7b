"""Header cells of tables (WCAG 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.validate.html.page import Element, Page, is_decorative, local, quote, text

NO_HEADERS = Rule(
    "markup-table-heads",
    Severity.ERROR,
    "Every data table has header cells.",
    "Make the cells that name columns or rows header cells (th).",
    "WCAG 1.3.1 (failure F91)",
)
EMPTY = Rule(
    "markup-table-head-empty",
    Severity.WARNING,
    "Every header cell has text.",
    "Write what the column or the row contains.",
    "WCAG 1.3.1",
)
HEADERS_ATTRIBUTE = Rule(
    "markup-table-headers",
    Severity.ERROR,
    "The headers attribute of a cell refers to existing header cells.",
    "Fix the headers attribute.",
    "WCAG 1.3.1 (failure F90)",
)
RULES = (NO_HEADERS, EMPTY, HEADERS_ATTRIBUTE)


def check(page: Page) -> Iterator[Finding]:
    """Check every data table."""
    for table in page.visible_elements("table"):
        if is_decorative(table):
            continue
        cells = _cells(table)
        headers = [cell for cell in cells if local(cell) == "th" or {"columnheader", "rowheader"} & _roles(cell)]
        if not headers and _is_data_table(table, cells):
            message = f"The table {quote(_label_of(table))} has no header cells."
            yield NO_HEADERS.finding(message, place=page.location_of(table))
        for cell in headers:
            if not text(cell):
                message = f"The table {quote(_label_of(table))} has an empty header cell."
                yield EMPTY.finding(message, place=page.location_of(cell))
        for cell in cells:
            missing = [name for name in (cell.get("headers") or "").split() if name not in page.ids]
            if missing:
                reference = f"The headers attribute of the cell {quote(text(cell))} refers to {quote(missing[0])}"
                yield HEADERS_ATTRIBUTE.finding(f"{reference}, but nothing has that ID.", place=page.location_of(cell))


def _descendants(table: Element) -> Iterator[Element]:
    """Yield the descendants of a table, except nested tables and their descendants."""
    for child in table:
        if isinstance(child.tag, str) and local(child) != "table":
            yield child
            yield from _descendants(child)


def _cells(table: Element) -> list[Element]:
    return [element for element in _descendants(table) if local(element) in {"td", "th"}]


def _is_data_table(table: Element, cells: list[Element]) -> bool:
    """Return whether a table has more than one row, more than one column, and content (WCAG 1.3.1, F46)."""
    widths = [sum(child in cells for child in row) for row in _descendants(table) if local(row) == "tr"]
    has_content = any(text(cell) or next(cell.iter("{*}img", "{*}svg", "{*}math"), None) is not None for cell in cells)
    return len(widths) > 1 and max(widths) > 1 and has_content


def _roles(element: Element) -> set[str]:
    return set((element.get("role") or "").split())


def _label_of(table: Element) -> str:
    """Return the caption of a table, or the first words of its cells if it has none."""
    caption = next((child for child in table if local(child) == "caption"), None)
    words = text(caption) if caption is not None else ""
    return words or " ".join(filter(None, map(text, _cells(table))))[:40]
