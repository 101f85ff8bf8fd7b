"""Header rows of tables in Word files (ISO/IEC 29500-1, 17.4.78 tblHeader, 17.4.55 tblLook)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.revise.changes import HeaderRows
from exporter.revise.elements import Element, PartEdits
from exporter.revise.refusal import RefusedError

_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
_FIRST_ROW = 0x0020


def set_header_rows(edits: PartEdits, element: Element | None, change: HeaderRows) -> None:
    """Make the first rows of a table header rows, and all others not.

    Args:
        edits: Edits of the main part.
        element: The paragraph with the number in the source of the change: the first one in the table.
        change: The number of rows.

    Raises:
        RefusedError: It is not in the main part, or has no other rows.
    """
    table = table_of(element)
    if table is None:
        raise RefusedError(
            "The table is in a note, a header or another file.",
            "Word: select its header rows, then Layout, Repeat Header Rows.",
        )
    rows = list(_rows(table))
    if change.count >= len(rows):
        raise RefusedError(f"The table has {len(rows)} rows, and one has to be below its header rows.", "Choose fewer.")
    for index, row in enumerate(rows):
        _mark(edits, row, is_header=index < change.count)
    properties = table.child("tblPr")
    look = properties.child("tblLook") if properties is not None else None
    if not change.count and look is not None:
        # The style of the table may mark its first row, too.
        if "firstRow" in look.attributes:
            edits.set_attribute(look, "firstRow", "0")
        bits = look.attributes.get("val", "")
        try:
            edits.set_attribute(look, "val", f"{int(bits, 16) & ~_FIRST_ROW:04X}")
        except ValueError:
            return


def table_of(element: Element | None) -> Element | None:
    """Return the innermost table around a paragraph, or None."""
    ancestors = element.ancestors() if element is not None else iter(())
    return next((ancestor for ancestor in ancestors if ancestor.local == "tbl"), None)


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table without those that are deleted by a tracked change."""
    stack = list(reversed(table.children))
    while stack:
        element = stack.pop()
        if element.local == "tr":
            properties = element.child("trPr")
            if properties is None or properties.child("del") is None:
                yield element
        elif element.local in _WRAPPERS:
            stack.extend(reversed(element.children))


def _mark(edits: PartEdits, row: Element, *, is_header: bool) -> None:
    properties = row.child("trPr")
    mark = properties.child("tblHeader") if properties is not None else None
    if mark is not None and is_header:
        if "val" in mark.attributes:
            edits.set_attribute(mark, "val", "1")
    elif mark is not None:
        edits.delete(mark)
    elif is_header:
        tag, _ = row.name.sibling("tblHeader")
        if properties is not None:
            edits.insert(properties, f"<{tag}/>", next(iter(properties.children), None))
            return
        outer, _ = row.name.sibling("trPr")
        following = (child for child in row.children if child.local != "tblPrEx")
        content = f"<{outer}><{tag}/></{outer.partition(' ')[0]}>"
        edits.insert(row, content, next(following, None))
