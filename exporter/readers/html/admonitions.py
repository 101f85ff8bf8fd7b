"""Notes, tips and warnings that the stylesheets of DocBook lay out as a table: an icon beside a title and the words."""

from __future__ import annotations

from exporter.readers.html.dom import Element

_KINDS = dict.fromkeys(("note", "tip", "important", "caution"), "admonition") | {"warning": "warning"}
"""What DocBook calls them, and the class of the box that they become."""


def unfold(root: Element) -> None:
    """Make boxes of such tables, without the icon, which says what the title says (DocBook XSL, admon.graphics)."""
    for element in list(root.walk()):
        kind = next((_KINDS[name] for name in element.classes if name in _KINDS), None)
        parts = _parts(element) if kind is not None and element.tag == "div" else None
        if kind is None or parts is None:
            continue
        title, words = parts
        title.tag = "div"
        title.attributes = {"class": "admonition-title"}
        element.attributes["class"] = kind
        element.replace([title, *words.children])


def _parts(element: Element) -> tuple[Element, Element] | None:
    """Return the cells that hold title and words; None when it is no such table."""
    inside = [each for each in element.elements() if not each.is_blank()]
    if len(inside) != 1 or inside[0].tag != "table" or not inside[0].get("summary"):
        return None
    rows = [
        [cell for cell in row.elements() if cell.tag in ("td", "th")] for row in inside[0].walk() if row.tag == "tr"
    ]
    if [[cell.tag for cell in row] for row in rows[:2]] != [["td", "th"], ["td"]] or len(rows) > 2:
        return None
    icon, title = rows[0]
    if icon.text() or icon.find("img") is None or icon.get("rowspan") != "2":
        return None
    return title, rows[1][0]
