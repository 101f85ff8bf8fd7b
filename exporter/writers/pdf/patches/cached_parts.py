"""Pages of parts that are kept, instead of pages that are laid out again.

Changes: `make_all_pages`, `make_margin_boxes` and `layout_backgrounds` of `weasyprint.layout`, and `Page`,
`build_formatting_structure` and `layout_document` of `weasyprint.document`.
Why: after a small change of a long document, most pages are what they were before (`exporter.writers.pdf.parts`).
Upstream: issue 578 (open) is about the speed of long documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from exporter.writers.pdf.parts.cached_page import CachedPageBox
from exporter.writers.pdf.patches import single_chapter

if TYPE_CHECKING:
    from exporter.writers.pdf.parts.layout_session import Session


@contextmanager
def patched(session: Session) -> Iterator[None]:
    """Use pages from the cache where it has them."""
    from weasyprint import document, layout
    from weasyprint.layout.background import layout_box_backgrounds

    lay_out, page_class = document.layout_document, document.Page
    build_boxes = document.build_formatting_structure
    margin_boxes, backgrounds = layout.make_margin_boxes, layout.layout_backgrounds
    remake_page = layout.page.remake_page

    def layout_document(html: Any, root_box: Any, context: Any) -> Iterator[Any]:
        session.begin(context, root_box, html)
        try:
            yield from lay_out(html, root_box, context)
        finally:
            session.processes.end()
        session.end()

    def build(*arguments: Any) -> Any:
        session.omission.collect_targets(arguments[4])
        boxes = build_boxes(*arguments)
        session.omission.restore()
        return boxes

    def make_all_pages(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
        """Yield all pages, as the original does, but for the parts that are kept."""
        context.rendered_notes = []
        index, maker = 0, context.page_maker
        first: Any = None
        while True:
            remake = maker[index][-1]
            notes: Any = None
            if not pages:
                session.note(index)
                session.processes.offer(
                    index, session.item_of(index), partial(single_chapter.keep_all, session, lay_out, first, html)
                )
            if pages and not remake["content_changed"] and not remake["pages_wanted"]:
                yield pages[index]
                index += 1
            elif cached := list(session.take(index)):
                first = first or cached[0]
                yield from cached
                index += len(cached)
            else:
                remake.update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
                page, _ = remake_page(index, context, root_box, html)
                first = first or page
                yield page
                notes = context.reported_footnotes
                index += 1
            if maker[index][0] is None and not notes:
                del maker[index + 1 :]
                session.check_references()
                context.broken_out_of_flow.clear()
                context.reported_footnotes.clear()
                return

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Any:
        if not isinstance(page, CachedPageBox):
            return margin_boxes(context, page, state)
        page.frame.children = tuple(margin_boxes(context, page.frame, state))
        return ()

    def layout_backgrounds(page: Any, get_image: Any) -> None:
        if not isinstance(page, CachedPageBox):
            backgrounds(page, get_image)
        else:
            for box in page.frame.children:
                layout_box_backgrounds(page.frame, box, get_image)

    def page_of(box: Any) -> Any:
        return box.page if isinstance(box, CachedPageBox) else page_class(box)

    with (
        patch.object(document, "build_formatting_structure", build),
        patch.object(document, "layout_document", layout_document),
        patch.object(document, "Page", page_of),
        patch.object(layout, "make_all_pages", make_all_pages),
        patch.object(layout, "make_margin_boxes", make_margin_boxes),
        patch.object(layout, "layout_backgrounds", layout_backgrounds),
    ):
        yield
