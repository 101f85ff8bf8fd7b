"""WordprocessingML elements, with the children of property elements in schema order."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from exporter.inspect.docx.xml import NAMESPACES, name
from exporter.model.characters import FORBIDDEN

Element = etree._Element

STORY_NAMESPACES = {prefix: NAMESPACES[prefix] for prefix in ("w", "r", "wp", "a", "pic", "m", "mc", "w15")}
"""Namespaces that are declared at the root of each story part."""

Attributes = Mapping[str, object]
Properties = Mapping[str, "Attributes | Element | str | int | bool | None"]
"""Children of a property element by local name: attributes, an element, the value of `w:val`, or a toggle."""

# ECMA-376-1, 17.3.1.26 (CT_PPr), 17.3.2.28 (CT_RPr), 17.4.59 (CT_TblPr), 17.4.81 (CT_TrPr), 17.4.69 (CT_TcPr).
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
}
_RANK = {name(parent): {name(tag): rank for rank, tag in enumerate(order.split())} for parent, order in _ORDER.items()}


def clean(text: str) -> str:
    """Return `text` without the characters that XML 1.0 does not allow (2.2, Char)."""
    return FORBIDDEN.sub("", text)


def root(tag: str, namespaces: Mapping[str, str] = STORY_NAMESPACES) -> Element:
    """Return the root element of a part, with the ignorable namespaces (ISO 29500-3, 7.2)."""
    element = etree.Element(name(tag), nsmap=dict(namespaces))
    if "w15" in namespaces:
        element.set(name("mc:Ignorable"), "w15")
    return element


def add(parent: Element, tag: str, attributes: Attributes | None = None, text: str | None = None) -> Element:
    """Append a child to `parent`.

    Args:
        parent: The parent element.
        tag: `w:p`, or `p` for the `w` namespace.
        attributes: In the namespace of their prefix; without a prefix in none.
        text: Its text.
    """
    child = etree.SubElement(parent, name(tag))
    for key, value in (attributes or {}).items():
        if value is not None:
            child.set(name(key) if ":" in key else key, clean(str(value)))
    if text is not None:
        child.text = clean(text)
    return child


def add_properties(parent: Element, tag: str, properties: Properties) -> Element | None:
    """Append a property element (`pPr`, `rPr`, `tblPr`, `trPr`, `tcPr`) with its children in schema order.

    A child is omitted if its value is None or False; True means an element without attributes. Nothing is appended if
    there are no children.
    """
    rank = _RANK[name(tag)]
    present = [(key, value) for key, value in properties.items() if value is not None and value is not False]
    if not present:
        return None
    holder = etree.SubElement(parent, name(tag))
    for key, value in sorted(present, key=lambda item: rank[name(item[0])]):
        if isinstance(value, etree._Element):
            holder.append(value)
            continue
        child = etree.SubElement(holder, name(key))
        if isinstance(value, Mapping):
            for attribute, content in value.items():
                child.set(name(f"w:{attribute}"), clean(str(content)))
        elif value is not True:
            child.set(name("w:val"), clean(str(value)))
    return holder


def make_element(tag: str, attributes: Attributes | None = None) -> Element:
    """Return a new element without a parent."""
    element = etree.Element(name(tag), nsmap={"w": NAMESPACES["w"]})
    for key, value in (attributes or {}).items():
        element.set(name(f"w:{key}"), clean(str(value)))
    return element


def properties_of(block: Element, tag: str) -> Element:
    """Return the property element of a paragraph (`pPr`) or a run (`rPr`), which is added if it is missing."""
    properties = block.find(name(tag))
    if properties is None:
        properties = make_element(tag)
        block.insert(0, properties)
    return properties


def set_property(properties: Element, element: Element) -> None:
    """Add a child of a property element at its place, instead of one with the same name."""
    rank = _RANK[properties.tag]
    for other in properties.findall(element.tag):
        properties.remove(other)
    later = (index for index, child in enumerate(properties) if rank.get(child.tag, 0) > rank[element.tag])
    properties.insert(next(later, len(properties)), element)
