"""Block quotations and asides."""

from __future__ import annotations

import msgspec

from exporter.model import Aside, AsideKind, Paragraph, Quote
from exporter.writers.docx.blocks.content_controls import control, follows, is_simple, last_block
from exporter.writers.docx.blocks.paragraphs import ContainerWriter, keep_with_next
from exporter.writers.docx.context import BlockContext
from exporter.writers.docx.inlines.inline_writer import RunFormat
from exporter.writers.docx.xml import Element, Properties

ASIDES = {
    AsideKind.BOX: "Aside",
    AsideKind.SUMMARY: "AsideSummary",
    AsideKind.RECOMMENDATIONS: "AsideRecommendations",
    AsideKind.NOTICE: "AsideNotice",
    AsideKind.WARNING: "AsideWarning",
    AsideKind.TESTIMONY: "AsideTestimony",
    AsideKind.PULL_QUOTE: "PullQuote",
}
AROUND = 240
"""Space around an aside and below a long description, in twentieths of a point."""
_SEPARATING_INDENT = 20
"""One point."""
_WITHOUT_LABEL = frozenset({AsideKind.BOX, AsideKind.PULL_QUOTE})
"""Kinds of asides without a label."""
_KEEP_NEXT: Properties = {"keepNext": True}


class AsideWriter(ContainerWriter):
    """Writer of block quotations and asides."""

    def add_quote(self, parent: Element, node: Quote, context: BlockContext) -> None:
        """Append a quotation and its attribution."""
        follows_same = follows(parent, "Quote")
        start, end = self._state.stylesheet.indents("Quote")
        inner = context.inside("Quote", start, end)
        is_needed = not is_simple(node.children) or context.style == "Quote" or follows_same
        with control(self._state, parent, "quote", needed=is_needed) as container:
            self._write_blocks(container, node.children, _indented(inner) if follows_same else inner)
            if node.attribution:
                if node.children:
                    keep_with_next(last_block(container))
                before, _, after = self._state.labels("common.attribution", who="\0").partition("\0")
                paragraph = self._paragraphs.open(container, context, "QuoteAttribution")
                writer, run_format = self._paragraphs.inlines, RunFormat.of(context)
                writer.write_text(paragraph, before, RunFormat.of(context, style="AttributionMark"))
                writer.write(paragraph, node.attribution, run_format)
                writer.write_text(paragraph, after, RunFormat.of(context, style="AttributionMark"))
                self._paragraphs.close(paragraph)

    def add_aside(self, parent: Element, node: Aside, context: BlockContext) -> None:
        """Append an aside with its title or a label, so that its kind is not shown by colour only (WCAG 1.4.1)."""
        style = ASIDES[node.kind]
        follows_same = follows(parent, style)
        start, end = self._state.stylesheet.indents(style)
        inner = context.inside(style, start, end, frame=style)
        inner = _indented(inner) if follows_same else inner
        context.story.pending.space_before = AROUND
        is_needed = not is_simple(node.children) or style in {context.style, context.frame} or follows_same
        with control(self._state, parent, f"aside {node.kind.value}", needed=is_needed) as container:
            if node.title:
                title_context = msgspec.structs.replace(inner, running=False)
                self._paragraphs.add(
                    container, title_context, node.title, properties=_KEEP_NEXT, character_style="AsideTitle"
                )
            elif node.kind not in _WITHOUT_LABEL:
                writer = self._state.labels(f"asides.{node.kind.value}")
                self._paragraphs.add_text(container, inner, writer, properties=_KEEP_NEXT, character_style="AsideKind")
            first = len(container)
            self._write_blocks(container, node.children, inner)
            if node.kind is AsideKind.PULL_QUOTE and all(
                isinstance(child, Paragraph | Quote) for child in node.children
            ):
                for paragraph in list(container)[first:-1]:
                    keep_with_next(paragraph)
            context.story.pending.space_before = AROUND


def _indented(context: BlockContext) -> BlockContext:
    """Return a context indented by one point, since Word merges the boxes of adjacent like paragraphs (17.3.1.24)."""
    return msgspec.structs.replace(
        context, offset=context.offset + _SEPARATING_INDENT, inset=context.inset + _SEPARATING_INDENT
    )
