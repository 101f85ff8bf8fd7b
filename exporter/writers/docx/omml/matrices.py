"""Rows and columns of a formula (ECMA-376-1, 22.1.2.60 m)."""

from __future__ import annotations

from exporter.writers.docx.omml.mathml_input import UnknownFormulaError, kind
from exporter.writers.docx.omml.structures import Write, argument
from exporter.writers.docx.xml import Element, add

_EXACTLY = 3
"""The rule that says how wide gaps are (22.1.2.18 cGpRule)."""


def add_matrix(write: Write, parent: Element, node: Element) -> None:
    """Append a matrix; lines of an equation are one too, whose columns touch.

    Raises:
        UnknownFormulaError: It holds something else than rows.
    """
    rows = [row for row in node if kind(row) in {"mtr", "mlabeledtr"}]
    if len(rows) != len(node) or not rows:
        raise UnknownFormulaError("mtable")
    matrix = add(parent, "m:m")
    width = max(len(row) for row in rows)
    properties = add(matrix, "m:mPr")
    # No dotted boxes where a line has nothing.
    add(properties, "m:plcHide", {"m:val": 1})
    if (node.get("columnspacing") or "").startswith("0"):
        add(properties, "m:cGpRule", {"m:val": _EXACTLY})
        add(properties, "m:cGp", {"m:val": 0})
    columns = add(properties, "m:mcs")
    for index in range(width):
        column = add(add(columns, "m:mc"), "m:mcPr")
        add(column, "m:count", {"m:val": 1})
        add(column, "m:mcJc", {"m:val": _alignment(node, rows, index)})
    for row in rows:
        line = add(matrix, "m:mr")
        for cell in (*row, *(None for _ in range(width - len(row)))):
            argument(write, line, "e", cell)


def _alignment(node: Element, rows: list[Element], column: int) -> str:
    """Return where a column stands, as its first cell or the table says."""
    said = next((row[column].get("columnalign") for row in rows if len(row) > column), None)
    listed = (node.get("columnalign") or "").split()
    if said is None and listed:
        said = listed[min(column, len(listed) - 1)]
    return said if said in {"left", "right"} else "center"
