"""Attributes of structure elements: language, alternatives, numbering, scope, bounding box."""

from __future__ import annotations

from typing import Any

from exporter.writers.pdf.tagging import roles
from exporter.writers.pdf.tagging.structure import StructureElement

_LIST_NUMBERING = {None: "Decimal", "a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}


def describe(element: Any, structure: StructureElement, *, pdf2: bool) -> None:
    """Write on a structure element what its HTML element says besides its words."""
    set_language(element, structure)
    match structure.type:
        case "Figure":
            if alt := element.get("alt"):
                structure.entries["Alt"] = alt  # ISO 14289-1, 7.3
        case "Formula":
            structure.entries["Alt"] = element.get("aria-label") or " ".join("".join(element.itertext()).split())
            structure.mathml = element.get(roles.MATHML_ATTRIBUTE, "") if pdf2 else ""
        case "L":
            structure.attributes["List"] = {"ListNumbering": f"/{_numbering(element, pdf2=pdf2)}"}
        case "TH" | "TD":
            _cell(element, structure)
        case _:
            if element.tag == "abbr":
                structure.entries["E"] = element.get("title", "")  # ISO 32000-1, 14.9.5


def set_language(element: Any, structure: StructureElement) -> None:
    """Set the language and direction of a structure element."""
    language = element.get("lang")
    if language:
        structure.entries["Lang"] = language  # ISO 14289-1, 7.2; WCAG 3.1.2
    direction = element.get("dir")
    if direction and structure.parent is not None and structure.type not in roles.INLINE_TYPES:
        mode = "/RlTb" if direction == "rtl" else "/LrTb"
        structure.attributes.setdefault("Layout", {})["WritingMode"] = mode


def set_bounding_box(structure: StructureElement, box: tuple[float, float, float, float]) -> None:
    """Set the bounding box of an image or formula (ISO 32000-1, table 344).

    Between words it is a sign among signs, which needs no saying; elsewhere it is a block (ISO 32000-1, 14.8.4.5).
    """
    layout = structure.attributes.setdefault("Layout", {})
    around = structure.parent.type if structure.parent else ""
    if around not in roles.PARAGRAPH_TYPES | roles.INLINE_TYPES:
        layout["Placement"] = "/Block"
    layout["BBox"] = box


def _numbering(element: Any, *, pdf2: bool) -> str:
    """Return how the items of a list are numbered (ISO 14289-1, 7.6)."""
    if element.tag == "ol":
        return _LIST_NUMBERING.get(element.get("type"), "Decimal")
    if element.tag == "ul":
        return "Disc"
    return "Description" if pdf2 else "None"


def _cell(element: Any, structure: StructureElement) -> None:
    """Set the spans and the scope of a cell (ISO 14289-1, 7.5)."""
    attributes: dict[str, Any] = {}
    for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        value = element.get(name, "1")
        if value.isdigit() and int(value) > 1:
            attributes[key] = int(value)
    if structure.type == "TH":
        row = element.get("scope", "col") in {"row", "rowgroup"}
        attributes["Scope"] = "/Row" if row else "/Column"
        structure.id = element.get("id")
    headers = element.get("headers", "").split()
    if headers:
        attributes["Headers"] = headers
    if attributes:
        structure.attributes["Table"] = attributes
