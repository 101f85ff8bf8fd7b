"""Pages from the cache, in the place of WeasyPrint's."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pydyf

from exporter.writers.pdf.parts.records import CachedPageData
from exporter.writers.pdf.tagging.marked_content import MarkedContent


class CachedLinkBox:
    """The box of a link on a page from the cache."""

    element_tag = "a"

    def __init__(self) -> None:
        self.link_annotation: Any = None


class CachedPage:
    """A page from the cache, with the attributes of `weasyprint.document.Page`.

    Args:
        data: The page.
        elements: The HTML elements of the document.
        first: Number of the first element of the part among them.
        frame: WeasyPrint's box of a page, for its margin boxes.
    """

    def __init__(self, data: CachedPageData, elements: list[Any], first: int, frame: Any) -> None:
        self.frame = frame
        self.width, self.height, self.bleed = data.width, data.height, data.bleed
        self.anchors, self.bookmarks = data.anchors, list(data.bookmarks)
        self.links = [(link.type, link.target, link.rectangle, CachedLinkBox()) for link in data.links]
        self.forms: dict[Any, list[Any]] = {None: []}
        self.start = data.start
        self.bookmarked = [elements[first + number] for number in data.bookmarked]
        self.root = elements[0]
        self._data = data
        self._elements = elements
        self._first = first

    def paint(self, stream: Any, _scale: float = 1) -> None:
        """Write the page into a stream that is not compressed again."""
        stream.stream = [self._data.operators]
        stream.compress = False
        stream.extra["Filter"] = "/FlateDecode"

    def contents(self, index: int) -> Iterator[MarkedContent]:
        """Yield the contents that are part of the text.

        Args:
            index: Index of the page in the document.
        """
        for content in self._data.contents:
            annotation = None
            if content.link is not None:
                annotation = self.links[content.link][3].link_annotation
                if annotation is None:
                    continue  # a link that leads nowhere any more
            yield MarkedContent(
                element=self._elements[self._first + content.element],
                pseudo=content.pseudo,
                page=index,
                mcid=content.mcid,
                annotation=annotation,
                box=content.box,
                text=content.text,
                continued=content.continued,
            )


class CachedPageBox:
    """A page from the cache during the layout, with the attributes of WeasyPrint's page boxes that are asked for."""

    fixed_boxes = ()

    def __init__(self, page: CachedPage, data: CachedPageData) -> None:
        self.page = page
        self.frame = page.frame
        self.children: Any = tuple(SimpleNamespace(children=[]) for _ in range(3))
        self._box = SimpleNamespace(bookmark_label="", missing_link=None, string_set=data.strings)

    def descendants(self) -> tuple[Any, ...]:
        """Return one box, which sets the strings of running heads."""
        return (self._box,)


def empty_page(context: Any, page_type: Any, state: Any, html: Any) -> Any:
    """Return WeasyPrint's box of a page without contents, as `weasyprint.layout.page.make_page` does.

    Args:
        context: WeasyPrint's layout context.
        page_type: Type of the page.
        state: State of the counters before the page, which is changed to that after it.
        html: WeasyPrint's document.
    """
    from weasyprint.formatting_structure import boxes, build
    from weasyprint.layout import page as layout_page
    from weasyprint.layout.percent import resolve_percentages

    layout_page.set_page_type_computed_styles(page_type, html, context.style_for)
    style = context.style_for(page_type)
    page = boxes.PageBox(page_type, style)
    page.position_x = page.position_y = 0
    width, height = style["size"]
    resolve_percentages(page, (width, height))
    layout_page.page_width(page, context, width)
    layout_page.page_height(page, context, height)
    context.page_bottom = page.content_box_y() + page.height
    layout_page._standardize_page_based_counters(style, None)
    build.update_counters(state, style)
    return page


def compressed(stream: Any) -> bytes:
    """Compress a stream of a page as it will be in the file, and return its bytes."""
    data = pydyf.Stream(stream.stream, compress=True).data
    operators = bytes(data.split(b"\nstream\n", 1)[1].removesuffix(b"\nendstream"))
    stream.stream, stream.compress = [operators], False
    stream.extra["Filter"] = "/FlateDecode"
    return operators
