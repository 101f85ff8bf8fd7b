"""Tables (WCAG 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.validate.html.page import Element, Page, decorative, local, quote, text

HEADS = Rule(
    "markup-table-heads",
    Severity.ERROR,
    "A table has head cells.",
    "Make the cells that name columns or rows head cells (th).",
    "WCAG 1.3.1 (failure F91)",
)
EMPTY = Rule("markup-table-head-empty", Severity.WARNING, "A head cell has words.", "Write them.", "WCAG 1.3.1")
NAMES = Rule(
    "markup-table-headers",
    Severity.ERROR,
    "A cell names head cells that are there.",
    "Mend the headers attribute.",
    "WCAG 1.3.1 (failure F90)",
)
RULES = (HEADS, EMPTY, NAMES)


def check(page: Page) -> Iterator[Finding]:
    """Look at every table that is one."""
    for table in page.all("table"):
        if decorative(table):
            continue
        cells = [each for each in _own(table) if local(each) in {"td", "th"}]
        heads = [each for each in cells if local(each) == "th" or {"columnheader", "rowheader"} & _roles(each)]
        if not heads and _holds_data(table, cells):
            yield HEADS.finding(
                f"No cell of the table {quote(_called(table))} is a head cell.", place=page.place(table)
            )
        for cell in heads:
            if not text(cell):
                message = f"A head cell of the table {quote(_called(table))} is empty."
                yield EMPTY.finding(message, place=page.place(cell))
        for cell in cells:
            lost = [name for name in (cell.get("headers") or "").split() if name not in page.ids]
            if lost:
                message = f"The cell {quote(text(cell))} names the head {quote(lost[0])}, which is not there."
                yield NAMES.finding(message, place=page.place(cell))


def _own(table: Element) -> Iterator[Element]:
    """Yield the elements of a table without those of tables in it."""
    for child in table:
        if isinstance(child.tag, str) and local(child) != "table":
            yield child
            yield from _own(child)


def _holds_data(table: Element, cells: list[Element]) -> bool:
    """Whether something stands in rows and columns: what has one row or one column needs no head (WCAG 1.3.1, F46)."""
    rows = [sum(each in cells for each in row) for row in _own(table) if local(row) == "tr"]
    shown = any(text(cell) or next(cell.iter("{*}img", "{*}svg", "{*}math"), None) is not None for cell in cells)
    return len(rows) > 1 and max(rows) > 1 and shown


def _roles(element: Element) -> set[str]:
    return set((element.get("role") or "").split())


def _called(table: Element) -> str:
    caption = next((each for each in table if local(each) == "caption"), None)
    words = text(caption) if caption is not None else ""
    return words or " ".join(filter(None, (text(each) for each in _own(table) if local(each) in {"td", "th"})))[:40]
