"""The layout of single chapters, in a process of its own, for the cache."""

from __future__ import annotations

import copy
import gc
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pydyf

if TYPE_CHECKING:
    from exporter.writers.pdf.parts.layout_session import Session


def keep_all(session: Session, lay_out: Callable[..., Any], page: Any, html: Any, chapters: Iterator[int]) -> None:
    """Create the pages of chapters, each after the first page of its document, and put them into the cache.

    Args:
        session: The parts of the document.
        lay_out: WeasyPrint's `layout_document`.
        page: The first page.
        html: WeasyPrint's document.
        chapters: Numbers of the items that the chapters begin with.
    """
    from weasyprint import layout, pdf

    from exporter.writers.pdf.tagging import builder, html_tree

    tree = html_tree.HtmlTree(html.etree_element)
    context = session.begin_chapters()
    with (
        patch.object(layout, "initialize_page_maker", lambda *_: None),
        patch.object(layout, "make_margin_boxes", lambda *_: ()),
        patch.object(context.target_collector, "cache_target_page_counters", lambda *_: None),
        patch.object(builder, "HtmlTree", lambda _: tree),
        # What is recorded while the file is written is kept, and the file is not.
        patch.object(pdf, "build_fonts_dictionary", lambda *_: pydyf.Dictionary()),
        patch.object(pdf, "_use_references", lambda *_: None),
        patch.object(pydyf.PDF, "write", lambda *_: None),
    ):
        gc.freeze()  # what all chapters share
        for chapter in chapters:
            _keep(session, lay_out, page, html, chapter)
            gc.collect()


def _keep(session: Session, lay_out: Callable[..., Any], page: Any, html: Any, chapter: int) -> None:
    from weasyprint import document, layout

    from exporter.writers.pdf import engine, lost_notes, postprocess
    from exporter.writers.pdf.parts.drawing import Drawing

    context, root_box = session.begin_chapter(chapter)

    def pages(*_: Any) -> Iterator[Any]:
        context.rendered_notes = []
        yield copy.copy(page)
        maker, index = context.page_maker, 1
        while index == 1 or (session.item_of(index) is None and (maker[index][0] or context.reported_footnotes)):
            session.note(index)
            maker[index][-1].update(content_changed=False)
            yield layout.page.remake_page(index, context, root_box, html)[0]
            index += 1
            session.note(index)
        maker[index][-1].update(content_changed=False)

    with patch.object(layout, "make_all_pages", pages):
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
    engine.write(alone, None, lambda *_: None, version="1.7", drawing=Drawing(session, alone))
