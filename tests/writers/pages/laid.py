"""The pages of an edition before they are written: boxes with their places, colours and grounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from exporter import model as m
from exporter.writers import large_print, pdf
from exporter.writers import print as print_edition
from exporter.writers.large_print.design import design as large_design
from exporter.writers.pdf import engine, layout, options
from exporter.writers.pdf.design import screen
from exporter.writers.print.design import design as print_design
from tests.write_context import Pictures, write_context

DESIGNS: dict[str, tuple[Any, Any]] = {
    "pdf": (pdf.Options, screen),
    "large-print": (large_print.Options, large_design),
    "print": (print_edition.Options, print_design),
}


class Seen(NamedTuple):
    """A text or a picture on a page; points from the upper left corner."""

    text: str
    left: float
    right: float
    colour: Any
    grounds: tuple[Any, ...]
    """Colours that may lie under it."""
    page: int
    width: float
    """Of the page."""


def lay_out(folder: Path, publication: m.Publication, edition: str, pictures: Pictures, **settings: Any) -> Any:
    """Return WeasyPrint's document."""
    kind, design = DESIGNS[edition]
    chosen = kind(**settings)
    names = options.Options.__struct_fields__
    shared = options.Options(**{name: getattr(chosen, name) for name in kind.__struct_fields__ if name in names})
    context = write_context(folder, publication.metadata.language, pictures=pictures)
    with engine.warnings() as warnings:
        return layout.lay_out(publication, context, shared, design(chosen), warnings).document


def seen(document: Any) -> Iterator[Seen]:
    """Yield all that is on the pages."""
    from tinycss2.color5 import parse_color
    from weasyprint.formatting_structure import boxes

    def within(box: Any, grounds: tuple[Any, ...], page: int, width: float) -> Iterator[Seen]:
        own = box.style["background_color"]
        if own is not None and own != "currentcolor" and own.alpha == 1:
            grounds = (own,)
        for kind, image in box.style["background_image"]:
            if kind == "linear-gradient":
                grounds = tuple(stop for stop in image.colors)
        colour = box.style["color"]
        if isinstance(box, boxes.TextBox) and box.text.strip():
            yield Seen(box.text, box.position_x, box.position_x + box.width, colour, grounds, page, width)
        elif isinstance(box, boxes.ReplacedBox):
            yield Seen("", box.content_box_x(), box.content_box_x() + box.width, colour, grounds, page, width)
        for child in getattr(box, "children", ()):
            yield from within(child, grounds, page, width)

    for number, page in enumerate(document.pages, 1):
        whole = page._page_box
        yield from within(whole, (parse_color("white"),), number, whole.margin_width())
