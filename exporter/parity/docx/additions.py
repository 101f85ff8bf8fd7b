"""Additions to the text of a manuscript in Word, and text that is cut off (ISO/IEC 29500-1, 17.3, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx.xml import Element, is_on, name
from exporter.parity import rules
from exporter.parity.comparison.item_names import QUOTED

_OFF_THE_PAGE = -3000
"""Twentieths of a point to the left of the text: beyond the margin (17.3.1.12 ind)."""
_FIELDS = frozenset({"TOC", "PAGEREF", "NOTEREF", "REF", "SEQ", "PAGE", "NUMPAGES"})
"""Codes of the fields of our editions (17.16.5)."""
_FLAT = 80
"""Twentieths of a point: the height of a line or row of which nothing can be read."""
_SMALLEST = 12700
"""English Metric Units in a point (ISO/IEC 29500-1, 20.1.10.16): a picture with both sides smaller is not seen."""
_THINNEST = _SMALLEST // 10
"""A picture with one side smaller is not seen either; a line may be thinner than a point."""


def additions(story: Element) -> Iterator[Finding]:
    """Yield text boxes, and pictures that are not shown whole, in the body, a note, a header or a footer."""
    for box in story.iter(name("txbxContent")):
        words = "".join(text.text or "" for text in box.iter(name("t")))
        yield rules.TEXT.finding(f"The text box “{words[:QUOTED]}” is not in the manuscript.")
    for drawing in story.iter(name("wp:inline"), name("wp:anchor")):
        sizes = [int(extent.get(side) or 0) for extent in drawing.iter(name("wp:extent")) for side in ("cx", "cy")]
        frames = [tuple(extent.get(side) for side in ("cx", "cy")) for extent in _extents(drawing)]
        shape = next(drawing.iter(name("a:prstGeom")), None)
        is_cut = len(set(frames)) > 1 or (shape is not None and shape.get("prst") != "rect")
        crop = next(drawing.iter(name("a:srcRect")), None)
        is_unseen = min(sizes, default=0) < _THINNEST or max(sizes) < _SMALLEST
        if is_unseen or is_cut or (crop is not None and any(map(int, crop.attrib.values()))):
            properties = drawing.find(name("wp:docPr"))
            words = (properties.get("descr") or "") if properties is not None else ""
            yield rules.PICTURES.finding(f"The picture “{words[:QUOTED]}” is not shown whole.")


def _extents(drawing: Element) -> Iterator[Element]:
    """Yield the sizes of a drawing and of the picture in it."""
    yield from drawing.iter(name("wp:extent"))
    for picture in drawing.iter(name("pic:pic")):
        yield from picture.iterfind(f"{name('pic:spPr')}/{name('a:xfrm')}/{name('a:ext')}")


def fields(story: Element) -> Iterator[Finding]:
    """Yield fields that our editions never have: they may lead elsewhere, or change what they show."""
    for code in story.iter(name("instrText")):
        words = (code.text or "").split()
        if words and words[0].upper() not in _FIELDS:
            yield rules.unexpected(
                rules.LINKS.finding(f"A field “{' '.join(words)[:QUOTED]}” is not of the manuscript.")
            )


def cut_off(story: Element) -> Iterator[Finding]:
    """Yield paragraphs in frames, off the page or of no height, hidden rows, and text that Word replaces by itself."""
    for kind, element in _cut_off(story):
        words = "".join(text.text or "" for text in element.iter(name("t")))
        yield rules.TEXT.finding(f"{kind}: “{words[:QUOTED]}”.")


def _cut_off(story: Element) -> Iterator[tuple[str, Element]]:
    for paragraph in story.iter(name("p")):
        properties = paragraph.find(name("pPr"))
        for child in properties if properties is not None else ():
            if child.tag == name("framePr"):
                yield "A paragraph is in a frame", paragraph
            elif child.tag == name("ind") and _leftmost(child) <= _OFF_THE_PAGE:
                yield "A paragraph is off the page", paragraph
            elif child.tag == name("spacing") and child.get(name("lineRule")) == "exact" and _is_flat(child, "line"):
                yield "A paragraph has no height", paragraph
    for row in story.iter(name("tr")):
        properties = row.find(name("trPr"))
        for child in properties if properties is not None else ():
            is_exact = child.tag == name("trHeight") and child.get(name("hRule")) == "exact"
            if (child.tag == name("hidden") and is_on(child)) or (is_exact and _is_flat(child, "val")):
                yield "A row of a table is hidden", row
    for field in story.iter(name("fldSimple")):
        yield "A field renews its text", field
    for control in story.iter(name("sdt")):
        if next(control.iter(name("showingPlcHdr")), None) is not None:
            yield "Text is a placeholder", control


def _leftmost(indent: Element) -> int:
    """Return the smallest of the indents from the left and right of the first line and of the others."""
    left, start, right, end, first, hanging = (
        _number(indent.get(name(side)) or "") for side in ("left", "start", "right", "end", "firstLine", "hanging")
    )
    others = left + start
    return min(others, others + first - hanging, right + end)


def _number(value: str) -> int:
    return int(value) if value.lstrip("-").isdecimal() else 0


def _is_flat(element: Element, attribute: str) -> bool:
    return _number(element.get(name(attribute)) or "") < _FLAT
