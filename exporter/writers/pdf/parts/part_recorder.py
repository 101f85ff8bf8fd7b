"""Recording of the parts of a document that has been laid out, drawn and tagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from exporter.writers.pdf.page_starts import PageStart, starts_of
from exporter.writers.pdf.parts.cached_page import compressed
from exporter.writers.pdf.parts.drawing import Drawing, Used
from exporter.writers.pdf.parts.items import Part
from exporter.writers.pdf.parts.records import CachedContent, CachedLink, CachedPageData, CachedPart, encode
from exporter.writers.pdf.tagging.destinations import bookmarked
from exporter.writers.pdf.tagging.marked_content import MarkedContent


class Recorder:
    """Recorder of a document.

    Args:
        drawing: The drawing of the document.
        pages: Its pages.
        contents: Their contents that are part of the text.
        streams: Their streams, in which all else is marked as artifacts.
    """

    def __init__(
        self, drawing: Drawing, pages: Sequence[Any], contents: Iterable[MarkedContent], streams: Sequence[Any]
    ) -> None:
        self._used = drawing.used
        self._session = drawing.session
        self._pages = pages
        self._streams = streams
        self._contents: dict[int, list[MarkedContent]] = defaultdict(list)
        for content in contents:
            self._contents[content.page].append(content)

    def record(self) -> None:
        """Keep the parts that can be kept and are not."""
        for part in self._session.parts:
            used = self._used[part.first_page]
            if part.key and part.cached is None and used.can_be_cached and self._is_closed(part):
                self._session.cache.put(part.key, encode(self._part(part, used)))
                self._session.remember(part)

    def _is_closed(self, part: Part) -> bool:
        """Return whether all links of a part lead somewhere, and all its contents belong to its own elements."""
        elements = set(self._elements(part))
        return all(
            not self._pages[index]._page_box.page_type.blank
            and all(box.link_annotation for *_, box in self._pages[index].links)
            and all(content.element in elements for content in self._contents[index])
            for index in range(part.first_page, part.end_page)
        )

    def _elements(self, part: Part) -> list[Any]:
        session = self._session
        return session.elements[session.position(part.first_item) : session.position(part.end_item)]

    def _part(self, part: Part, used: Used) -> CachedPart:
        positions = {element: number for number, element in enumerate(self._elements(part))}
        indexes = range(part.first_page, part.end_page)
        starts = starts_of(self._pages[index] for index in indexes)
        return CachedPart(
            pages=tuple(self._page(index, start, positions) for index, start in zip(indexes, starts, strict=True)),
            references=self._session.references(part),
            fonts=used.fonts,
            states=used.states,
            images=used.images,
            is_composed=used.is_composed,
            next_page=part.next_page,
            levels_above=part.levels_above,
        )

    def _page(self, index: int, start: PageStart | None, positions: dict[Any, int]) -> CachedPageData:
        page, session = self._pages[index], self._session
        links = {id(box.link_annotation): number for number, (*_, box) in enumerate(page.links)}
        return CachedPageData(
            width=page.width,
            height=page.height,
            bleed=page.bleed,
            links=tuple(CachedLink(type_, target, rectangle) for type_, target, rectangle, _ in page.links),
            anchors=page.anchors,
            bookmarks=tuple(page.bookmarks),
            bookmarked=tuple(positions[element] for element in bookmarked(page)),
            contents=tuple(
                CachedContent(
                    element=positions[content.element],
                    pseudo=content.pseudo,
                    mcid=content.mcid,
                    link=links[id(content.annotation)] if content.annotation is not None else None,
                    box=content.box,
                    text=content.text,
                    continued=content.continued,
                )
                for content in self._contents[index]
            ),
            operators=compressed(self._streams[index]),
            strings=tuple(session.strings(index)),
            targets=tuple(session.targets(index)),
            name=page._page_box.page_type.name,
            groups=session.groups(index),
            start=start,
        )
