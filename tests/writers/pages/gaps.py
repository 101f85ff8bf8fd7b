"""Gaps on the pages of a PDF: the tallest stretch without ink between the margins of each page."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pikepdf
from PIL import Image

from exporter.writers.pdf.design import Paper

DPI = 36
INK = 235
"""Lightness from which a pixel is ink: the tint of boxes is none, their text is."""
POINT = 72 / 25.4


class Page(NamedTuple):
    """A page and its largest gap; shares of the height between the margins."""

    number: int
    gap: float
    top: float
    """Where the gap begins."""
    ends_chapter: bool
    """Whether a chapter begins on the next page, which begins with it."""
    is_before_long_chapter: bool
    """Whether that chapter takes two pages or more."""

    def __str__(self) -> str:
        return f"page {self.number}: {self.gap:.0%} empty from {self.top:.0%}"


def pages(path: Path, paper: Paper, folder: Path) -> list[Page]:
    """Return the pages of a PDF on a paper; `folder` is for their images."""
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", str(path), str(folder / "page")], check=True)
    images = sorted(folder.glob("page*.pgm"))
    with pikepdf.open(path) as pdf:
        starts = dict(_chapters(pdf, paper))
        cuts = [_trim(page) for page in pdf.pages]
    return [
        Page(
            number,
            *_largest_gap(image, *cut, paper),
            ends_chapter=number + 1 in starts,
            is_before_long_chapter=starts.get(number + 1, 0) > 1,
        )
        for number, (image, cut) in enumerate(zip(images, cuts, strict=True), 1)
    ]


def _largest_gap(path: Path, above: float, below: float, paper: Paper) -> tuple[float, float]:
    with Image.open(path) as image:
        width, data = image.width, image.tobytes()
        rows = range(
            round((above + paper.top * POINT) * DPI / 72),
            image.height - round((below + paper.bottom * POINT) * DPI / 72),
        )
    empty = [min(data[row * width : (row + 1) * width]) >= INK for row in rows]
    position, largest = 0, (0.0, 0.0)
    for is_empty, group in groupby(empty):
        length = len(list(group))
        if is_empty:
            largest = max(largest, (length / len(empty), position / len(empty)))
        position += length
    return largest


def _trim(page: pikepdf.Page) -> tuple[float, float]:
    """Return what is cut off above and below the page, in points."""
    media, trim = ([float(value) for value in box] for box in (page.mediabox, page.trimbox))
    return media[3] - trim[3], trim[1] - media[1]


def _chapters(pdf: pikepdf.Pdf, paper: Paper) -> Iterator[tuple[int, int]]:
    """Yield the pages that begin with a chapter, and the number of pages until the next chapter begins."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    with pdf.open_outline() as outline:
        destinations = [item.destination for item in outline.root]
    starts = [numbers[page.objgen] for page, *_ in destinations]
    ends = [*starts[1:], len(numbers) + 1]
    for (page, _, _, y, *_), start, end in zip(destinations, starts, ends, strict=True):
        top = float(pikepdf.Page(page).trimbox[3]) - float(y)
        if top < (paper.top + 0.1 * paper.height) * POINT:
            yield start, end - start
