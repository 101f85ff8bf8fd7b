"""The sheet around the page: boxes, crop marks, nothing to click (ISO 15930-7, 6.11 and 6.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.inspect.pdf import RGB_MARK
from exporter.model import Direction, Metadata
from exporter.writers.pdf.design import Paper

if TYPE_CHECKING:
    from weasyprint import Document

_POINTS = 72 / 25.4
"""Points of a millimetre."""
SLUG = 30.0
"""Points of the sheet beyond the bleed on each side, for marks."""
GAP = 6.0
"""Points between the bleed and a crop mark."""
MARK = 18.0
"""Length of a crop mark in points."""
HAIRLINE = 0.25


def without_annotations(document: Document) -> None:
    """Remove all links: annotations are not allowed inside the bleed (ISO 15930-7, 6.17)."""
    for page in document.pages:
        page.links = []


def divide_spreads(pdf: Any, paper: Paper, direction: Direction) -> None:
    """Replace each page as wide as two by two, each with its half: in the order in which a book has them.

    Args:
        pdf: The `pydyf.PDF`, pages drawn and not yet written.
        paper: One of the two pages.
        direction: That of the publication, by which it is bound.
    """
    import pydyf

    width, bleed = (millimetres * _POINTS for millimetres in (paper.width, paper.bleed))
    kids = []
    for number in pdf.pages["Kids"][::3]:
        page = pdf.objects[number]
        left, bottom, right, top = (float(value) for value in page["TrimBox"])
        if right - left < 1.5 * width:
            kids += [number, 0, "R"]
            continue
        spine = left + width
        halves = [(left, spine), (spine, right)]
        whole = dict(page)
        for index, (start, end) in enumerate(halves if direction is Direction.LTR else reversed(halves)):
            media = [start - bleed, bottom - bleed, end + bleed, top + bleed]
            area = " ".join(f"{value:.3f}" for value in (*media[:2], media[2] - media[0], media[3] - media[1]))
            clip, restore = pydyf.Stream([f"q {area} re W n".encode()]), pydyf.Stream([b"Q"])
            boxes = {"MediaBox": pydyf.Array(media), "TrimBox": pydyf.Array([start, bottom, end, top])}
            # Bookmarks lead to the object of the page, which is its first half now.
            half = pydyf.Dictionary(whole) if index else page
            for part in (clip, restore, half) if index else (clip, restore):
                pdf.add_object(part)
            contents = pydyf.Array([clip.reference, whole["Contents"], restore.reference])
            half.update(boxes, Contents=contents)
            kids += [half.number, 0, "R"]
    pdf.pages["Kids"] = pydyf.Array(kids)
    pdf.pages["Count"] = len(kids) // 3


def draw(pdf: Any, *, marks: bool, multiple: int = 1) -> None:
    """Return each page its boxes and marks, and the whole as many pages as sheets of paper have.

    WeasyPrint's media box ends with the bleed. With marks it grows by the slug, in which they stand clear of the bleed.

    Args:
        pdf: The `pydyf.PDF`, pages drawn and not yet written.
        marks: Whether there is a slug with crop marks.
        multiple: The number of pages becomes a multiple of this by empty ones at the end.
    """
    import pydyf

    kids = pdf.pages["Kids"]
    last = pdf.objects[kids[-3]]
    for _ in range(-(len(kids) // 3) % multiple):
        boxes = {name: last[name] for name in ("MediaBox", "TrimBox")}
        nothing = pydyf.Stream()
        pdf.add_object(nothing)
        page = {"Type": "/Page", "Parent": last["Parent"], "Resources": pydyf.Dictionary(), **boxes}
        pdf.add_page(pydyf.Dictionary({**page, "Contents": nothing.reference}))
    for number in pdf.pages["Kids"][::3]:
        page = pdf.objects[number]
        media = [float(value) for value in page["MediaBox"]]
        trim = [float(value) for value in page["TrimBox"]]
        page["BleedBox"] = pydyf.Array(media)
        if not marks:
            continue
        left, bottom, right, top = media
        page["MediaBox"] = pydyf.Array([left - SLUG, bottom - SLUG, right + SLUG, top + SLUG])
        stream = pydyf.Stream(_crop_marks(trim, media))
        pdf.add_object(stream)
        contents = page["Contents"]
        page["Contents"] = pydyf.Array([*(contents if isinstance(contents, list) else [contents]), stream.reference])


def name_as_rgb(pdf: Any, metadata: Metadata) -> None:
    """Mark the title of a file whose colours are RGB, for readers without the report."""
    import pydyf

    pdf.info["Title"] = pydyf.String(f"{metadata.title}{RGB_MARK}")


def _crop_marks(trim: list[float], bleed: list[float]) -> list[bytes]:
    """Return hairlines in every ink that prolong the edges of the page, at its four corners."""
    left, bottom, right, top = trim
    lines = []
    for x in (left, right):
        lines += [(x, bleed[3] + GAP, x, bleed[3] + GAP + MARK), (x, bleed[1] - GAP, x, bleed[1] - GAP - MARK)]
    for y in (bottom, top):
        lines += [(bleed[2] + GAP, y, bleed[2] + GAP + MARK, y), (bleed[0] - GAP, y, bleed[0] - GAP - MARK, y)]
    strokes = (f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in lines)
    return [f"q 0 G {HAIRLINE:g} w".encode(), *(stroke.encode() for stroke in strokes), b"Q"]
