"""The layout of one chapter, in a process of its own, for the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pydyf

from exporter.writers.pdf.parts import pango_fonts

if TYPE_CHECKING:
    from exporter.writers.pdf.parts.layout_session import Session


def keep(session: Session, lay_out: Callable[..., Any], page: Any, html: Any, chapter: int) -> None:
    """Create the pages of a chapter, after the first page of its document, and put them into the cache.

    Args:
        session: The parts of the document.
        lay_out: WeasyPrint's `layout_document`.
        page: The first page.
        html: WeasyPrint's document.
        chapter: Number of the item that the chapter begins with.
    """
    from weasyprint import document, layout, pdf

    from exporter.writers.pdf import engine, lost_notes, postprocess
    from exporter.writers.pdf.parts.drawing import Drawing

    context, root_box = session.begin_chapter(chapter)
    pango_fonts.renew_map(context.font_config)

    def pages(*_: Any) -> Iterator[Any]:
        context.rendered_notes = []
        yield page
        maker, index = context.page_maker, 1
        while index == 1 or (session.item_of(index) is None and (maker[index][0] or context.reported_footnotes)):
            session.note(index)
            maker[index][-1].update(content_changed=False)
            yield layout.page.remake_page(index, context, root_box, html)[0]
            index += 1
            session.note(index)
        maker[index][-1].update(content_changed=False)

    with (
        patch.object(layout, "initialize_page_maker", lambda *_: None),
        patch.object(layout, "make_all_pages", pages),
        patch.object(layout, "make_margin_boxes", lambda *_: ()),
        patch.object(context.target_collector, "cache_target_page_counters", lambda *_: None),
    ):
        boxes = list(lay_out(html, root_box, context))
    if not session.end_chapter():
        return
    pages_alone = [document.Page(box) for box in boxes]
    metadata = document.DocumentMetadata()  # nothing of it is on pages
    alone = document.Document(pages_alone, metadata, html.url_fetcher, context.font_config, {}, None)
    alone._html = html
    if lost_notes.has_lost_notes(alone, session.is_laid_out):
        return
    # Names elsewhere in the document that links of the chapter lead to.
    for name in {target for own in alone.pages for kind, target, *_ in own.links if kind == "internal"}:
        if not any(name in own.anchors for own in alone.pages):
            alone.pages[0].anchors[name] = (0, 0, 0, 0)
    postprocess.one_annotation_for_each_link(alone)
    with (
        # What is recorded while the file is written is kept, and the file is not.
        patch.object(pdf, "build_fonts_dictionary", lambda *_: pydyf.Dictionary()),
        patch.object(pdf, "_use_references", lambda *_: None),
    ):
        engine.write(alone, None, lambda *_: None, version="1.7", drawing=Drawing(session, alone))
