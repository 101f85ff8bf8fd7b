"""Quotations and boxes: passages set apart from the text."""

from __future__ import annotations

import msgspec

from exporter.model import Aside, AsideKind, Paragraph, Quote
from exporter.writers.docx.content_controls import follows, hold, last_block, plain, release
from exporter.writers.docx.context import BlockContext, Story, WriteBlocks, WriteState
from exporter.writers.docx.inlines import RunFormat
from exporter.writers.docx.paragraphs import ParagraphWriter, keep_with_next
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
"""Around a box and below a long description, in twentieths of a point."""
_HAIR = 20
"""One point."""
_SPEAKING = frozenset({AsideKind.BOX, AsideKind.PULL_QUOTE})
"""Asides that need no word to say what they are."""
_KEPT: Properties = {"keepNext": True}


class AsideWriter:
    """Writes quotations and boxes."""

    def __init__(self, draft: WriteState, paragraphs: ParagraphWriter, write_blocks: WriteBlocks) -> None:
        self._draft = draft
        self._paragraphs = paragraphs
        self._write_blocks = write_blocks

    def add_quote(self, story: Story, parent: Element, node: Quote, place: BlockContext) -> None:
        """Append a quotation, and behind it who said so."""
        again = follows(parent, "Quote")
        alone = plain(node.children) and place.style != "Quote" and not again
        held = parent if alone else hold(self._draft, parent, "quote")
        start, end = self._draft.stylesheet.indents("Quote")
        inner = place.inside("Quote", start, end)
        self._write_blocks(story, held, node.children, _shifted(inner) if again else inner)
        if node.attribution:
            if node.children:
                keep_with_next(last_block(held))
            before, _, after = self._draft.labels("common.attribution", who="\0").partition("\0")
            paragraph = self._paragraphs.open(story, held, place, "QuoteAttribution")
            words, face = self._paragraphs.inlines, RunFormat.of(place)
            words.words(paragraph, before, RunFormat.of(place, style="AttributionMark"))
            words.write(story, paragraph, node.attribution, face)
            words.words(paragraph, after, RunFormat.of(place, style="AttributionMark"))
            self._paragraphs.close(paragraph)
        if not alone:
            release(held)

    def add_aside(self, story: Story, parent: Element, node: Aside, place: BlockContext) -> None:
        """Append a box; what it is for is not told by its colour alone (WCAG 1.4.1)."""
        style = ASIDES[node.kind]
        again = follows(parent, style)
        alone = plain(node.children) and style not in {place.style, place.frame} and not again
        held = parent if alone else hold(self._draft, parent, f"aside {node.kind.value}")
        start, end = self._draft.stylesheet.indents(style)
        inner = place.inside(style, start, end, frame=style)
        inner = _shifted(inner) if again else inner
        story.pending.space_before = AROUND
        if node.title:
            still = msgspec.structs.replace(inner, running=False)
            self._paragraphs.add(story, held, still, node.title, properties=_KEPT, face="AsideTitle")
        elif node.kind not in _SPEAKING:
            words = self._draft.labels(f"asides.{node.kind.value}")
            self._paragraphs.add_words(story, held, inner, words, properties=_KEPT, face="AsideKind")
        first = len(held)
        self._write_blocks(story, held, node.children, inner)
        if node.kind is AsideKind.PULL_QUOTE and all(isinstance(child, Paragraph | Quote) for child in node.children):
            for paragraph in list(held)[first:-1]:
                keep_with_next(paragraph)
        story.pending.space_before = AROUND
        if not alone:
            release(held)


def _shifted(place: BlockContext) -> BlockContext:
    """Return a place a hair further in: passages that touch and are alike would look like one (17.3.1.24)."""
    return msgspec.structs.replace(place, offset=place.offset + _HAIR, inset=place.inset + _HAIR)
