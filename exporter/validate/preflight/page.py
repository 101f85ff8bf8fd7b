"""One page: its boxes, its annotations, and every colour and picture on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from exporter.findings import Finding
from exporter.validate.preflight import rules
from exporter.validate.preflight.painted_objects import PaintedObject, painted

_NEAR = 0.01
"""Points by which boxes may miss each other."""
_BLEED = 3 * 72 / 25.4 - 0.1
_MARKS = frozenset({"/PrinterMark", "/TrapNet"})
_DARK, _TINT, _NEUTRAL = 0.6, 0.15, 0.35
"""Black from which type is dark, colours from which they count, spread of colours up to which it is grey (0-1)."""
_LEAST = 150
"""Pixels per inch."""


class Ink:
    """The most ink found so far; 1 for each ink."""

    def __init__(self) -> None:
        self.most = 0.0
        self.page = 0
        self._known: dict[tuple[int, int], float] = {}

    def see(self, coverage: float, page: int) -> None:
        """Keep an amount if it is the most."""
        if coverage > self.most:
            self.most, self.page = coverage, page

    def picture(self, thing: Any) -> float:
        """Return the most ink of any dot of a picture in DeviceCMYK."""
        if thing.objgen not in self._known:
            self._known[thing.objgen] = _most(thing)
        return self._known[thing.objgen]


def check(page: pikepdf.Page, number: int, ink: Ink) -> Iterator[Finding]:
    """Yield what is wrong with a page, from 1; the ink coverage of each object is added to `ink`."""
    yield from _boxes(page, number)
    yield from _annotations(page, number)
    if "/AA" in page.obj:
        yield rules.ACTION.finding(f"Page {number} has actions on opening or closing.")
    reported: set[str] = set()
    try:
        for painted_object in painted(page):
            for finding in _painted(painted_object, number, ink):
                if finding.message not in reported:
                    reported.add(finding.message)
                    yield finding
    except (pikepdf.PdfError, ValueError, TypeError) as error:
        yield rules.READABLE.finding(f"Page {number} cannot be read: {error}.")


def _boxes(page: pikepdf.Page, number: int) -> Iterator[Finding]:
    def box(name: str) -> list[float] | None:
        value = page.obj.get(name)
        return [float(side) for side in value] if value is not None and len(value) == 4 else None

    media, trim, art = [float(side) for side in page.mediabox], box("/TrimBox"), box("/ArtBox")
    bleed, crop = box("/BleedBox"), box("/CropBox")
    final = trim or art
    if final is None:
        yield rules.BOXES.finding(f"Page {number} has no trim box.")
        return
    if trim and art:
        yield rules.BOXES.finding(f"Page {number} has a trim box and an art box.")
    for inner, outer, words in (
        (final, bleed, "trim box reaches out of its bleed box"),
        (bleed or final, media, "bleed box reaches out of its media box"),
        (crop, media, "crop box reaches out of its media box"),
    ):
        if inner and outer and not _inside(inner, outer):
            yield rules.BOXES.finding(f"Page {number}: the {words}.")
    around = bleed or final
    if min(final[0] - around[0], final[1] - around[1], around[2] - final[2], around[3] - final[3]) < _BLEED:
        yield rules.BLEED.finding(f"Page {number} has less than 3 mm of bleed.")


def _inside(inner: list[float], outer: list[float]) -> bool:
    return (
        inner[0] >= outer[0] - _NEAR
        and inner[1] >= outer[1] - _NEAR
        and inner[2] <= outer[2] + _NEAR
        and inner[3] <= outer[3] + _NEAR
    )


def _annotations(page: pikepdf.Page, number: int) -> Iterator[Finding]:
    area = [float(side) for side in page.obj.get("/BleedBox", page.obj.get("/TrimBox", page.mediabox))]
    for annotation in page.obj.get("/Annots", []):
        if str(annotation.get("/Subtype")) in _MARKS:
            continue
        left, bottom, right, top = (float(side) for side in annotation.get("/Rect", [0, 0, 0, 0]))
        if left < area[2] and right > area[0] and bottom < area[3] and top > area[1]:
            kind = str(annotation.get("/Subtype", "/?"))[1:]
            yield rules.ANNOTATION.finding(f"Page {number} has an annotation ({kind}) on the printed part.")


def _painted(painted_object: PaintedObject, number: int, ink: Ink) -> Iterator[Finding]:
    if red := painted_object.space.red:
        yield rules.COLOUR.finding(f"Page {number}: {_WORDS[painted_object.what]} in {', '.join(sorted(red))}.")
    if painted_object.space.inks and len(painted_object.values) == 4:
        ink.see(sum(painted_object.values), number)
        cyan, magenta, yellow, black = painted_object.values
        least, most = min(cyan, magenta, yellow), max(cyan, magenta, yellow)
        if painted_object.what == "text" and black >= _DARK and least >= _TINT and most - least <= _NEUTRAL:
            yield rules.BLACK.finding(f"Page {number}: black text is printed in four inks.")
    if painted_object.what == "image" and painted_object.thing is not None:
        if painted_object.space.inks:
            ink.see(ink.picture(painted_object.thing), number)
        yield from _resolution(painted_object, number)


_WORDS = {
    "text": "text",
    "fill": "a field",
    "stroke": "a line",
    "image": "an image",
    "mask": "a stencil",
    "shading": "a shading",
}


def _resolution(painted_object: PaintedObject, number: int) -> Iterator[Finding]:
    width, height = int(painted_object.thing.get("/Width", 0)), int(painted_object.thing.get("/Height", 0))
    if not width or not height or not all(painted_object.size):
        return
    least = min(width / painted_object.size[0], height / painted_object.size[1]) * 72
    if least < _LEAST:
        yield rules.RESOLUTION.finding(f"Page {number}: an image has {least:.0f} pixels per inch.")


def _most(thing: Any) -> float:
    """Return the most ink of any dot of a picture; 1 for each ink."""
    from PIL import Image, ImageMath

    if thing.get("/BitsPerComponent") != 8 or "/Decode" in thing:
        return 0
    size = (int(thing.Width), int(thing.Height))
    dots = thing.read_bytes(pikepdf.StreamDecodeLevel.all)
    most = 0
    rows = max(1, 1_000_000 // max(1, size[0]))
    for top in range(0, size[1], rows):
        height = min(rows, size[1] - top)
        part = dots[top * size[0] * 4 : (top + height) * size[0] * 4]
        bands = Image.frombytes("CMYK", (size[0], height), part).split()
        total = ImageMath.lambda_eval(
            lambda of: of["c"] + of["m"] + of["y"] + of["k"], **dict(zip("cmyk", bands, strict=True))
        )
        most = max(most, total.getextrema()[1])
    return most / 255
