"""Additions to the text that no manuscript asks for: text boxes, and pictures that are cut or too small to be seen."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx.xml import Element, name
from exporter.parity import rules
from exporter.parity.item_names import QUOTED

_SMALLEST = 12700
"""English Metric Units in a point (ISO/IEC 29500-1, 20.1.10.16): a picture with both sides smaller is not seen."""
_THINNEST = _SMALLEST // 10
"""A picture with one side smaller is not seen either; a line may be thinner than a point."""


def check(story: Element) -> Iterator[Finding]:
    """Yield text boxes, and pictures that are not shown whole, in the body, a note, a header or a footer."""
    for box in story.iter(name("txbxContent")):
        words = "".join(text.text or "" for text in box.iter(name("t")))
        yield rules.TEXT.finding(f"The text box “{words[:QUOTED]}” is not in the manuscript.")
    for drawing in story.iter(name("wp:inline"), name("wp:anchor")):
        sizes = [int(extent.get(side) or 0) for extent in drawing.iter(name("wp:extent")) for side in ("cx", "cy")]
        crop = next(drawing.iter(name("a:srcRect")), None)
        is_unseen = min(sizes, default=0) < _THINNEST or max(sizes) < _SMALLEST
        if is_unseen or (crop is not None and any(map(int, crop.attrib.values()))):
            properties = drawing.find(name("wp:docPr"))
            words = (properties.get("descr") or "") if properties is not None else ""
            yield rules.PICTURES.finding(f"The picture “{words[:QUOTED]}” is not shown whole.")
