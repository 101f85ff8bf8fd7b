"""Margin boxes, which hold running heads and page numbers, in content streams of their own.

The contents of a page do not depend on its number, so that they can be kept (`parts`) while the numbers change.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pydyf

from exporter.writers.pdf.tagging.marked_content import Artifact


class MarginBoxes:
    """The margin boxes of a document, which are drawn once the contents of all pages are.

    Args:
        document: WeasyPrint's document.
    """

    def __init__(self, document: Any) -> None:
        self._pages = document.pages
        self._streams: list[Any] = []
        """Those of the contents of the pages."""
        self._own: list[Any] = []
        self._paints = [page.__dict__.get("paint") for page in document.pages]
        for page in document.pages:
            page.paint = partial(self._paint, page, page.paint)

    def restore(self) -> None:
        """Make the pages paint themselves as before."""
        for page, paint in zip(self._pages, self._paints, strict=True):
            del page.paint
            if paint:
                page.paint = paint

    def attach(self, file: Any) -> None:
        """Add the streams to a `pydyf.PDF`, whose pages then have two."""
        for reference, stream, own in zip(file.page_references, self._streams, self._own, strict=True):
            if own.stream:
                file.add_object(own)
                page = file.objects[int(reference.split()[0])]
                page["Contents"] = pydyf.Array([stream.reference, own.reference])

    def _paint(self, page: Any, paint: Callable[..., None], stream: Any, scale: float = 1) -> None:
        self._streams.append(stream)
        box = _box(page)
        children, margins = box.children, _margin_boxes(box)
        box.children = tuple(child for child in children if child not in margins)
        try:
            paint(stream, scale)
        finally:
            box.children = children
        if len(self._streams) == len(self._pages):
            self._own = [self._drawn(*pair, scale) for pair in zip(self._pages, self._streams, strict=True)]

    def _drawn(self, page: Any, contents: Any, scale: float) -> Any:
        """Return the stream of the margin boxes of a page, all of which are artifacts (ISO 32000-1, 14.8.2.2.2)."""
        from weasyprint.draw import draw_stacking_context
        from weasyprint.stacking import StackingContext

        box = _box(page)
        stream = contents.clone(tags={}, compress=True)
        for margin_box in _margin_boxes(box):
            start = len(stream.stream)
            with stream.stacked():
                stream.transform(a=scale, d=scale)
                draw_stacking_context(stream, StackingContext.from_box(margin_box, box))
            artifact = Artifact.HEADER if margin_box.at_keyword.startswith("@top") else Artifact.FOOTER
            for index in range(start + 1, len(stream.stream)):
                properties = stream.stream[index]
                if isinstance(properties, pydyf.Dictionary) and "MCID" in properties:
                    stream.stream[index - 1 : index + 1] = ["/Artifact", artifact.property_list(properties)]
        return stream


def _box(page: Any) -> Any:
    """Return the box of a page; of one from the cache, that of its margin boxes."""
    return page._page_box if hasattr(page, "_page_box") else page.frame


def _margin_boxes(box: Any) -> list[Any]:
    return [child for child in box.children if hasattr(child, "at_keyword")]
