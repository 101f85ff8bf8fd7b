"""Paragraphs that look like captions beside tables and figures (WCAG 1.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from exporter.findings import Finding, FindingDetails, Rule, Severity, quoted
from exporter.lexicon.word_lists import folded, words
from exporter.model import Figure, Paragraph, Table
from exporter.model.east_asian import HAN
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex

FIGURE_CAPTION = Rule(
    id="figure-caption",
    severity=Severity.WARNING,
    sentence="The caption of a figure belongs to it, not to the text.",
    advice='Write it as the caption: ![Figure 1: Cases by district](file.png){alt="What it shows"}.',
    clause="WCAG 1.3.1",
)

RULES = (FIGURE_CAPTION,)

_WORD = re.compile(r"[\W\d]")
_CAPTION = re.compile(r"[^\W\d_]+\.?(?: \d[\d.]*)?\s?[:.–—：]" rf"|[{HAN}]{{1,3}}\s?\d[\d.–-]*(?:[:：.]|\s)")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the paragraphs beside figures."""
    captions = paragraph_captions(index, Figure, "figure_words")
    for figure, indexed in index.of_type(Figure):
        if not figure.caption and id(figure) in captions:
            paragraph = captions[id(figure)]
            yield FIGURE_CAPTION.finding(
                f"The figure has no caption, only the paragraph {quoted(plain_text(paragraph))} beside it.",
                indexed.source,
                details=FindingDetails(caption=paragraph.at.source),
            )


def paragraph_captions(index: DocumentIndex, subject: type[Figure | Table], table: str) -> dict[int, Paragraph]:
    """Return the paragraphs that look like captions next to blocks without one, by the identity of the block.

    Args:
        index: The publication.
        subject: Type of the blocks.
        table: Name of the list of words with which such a caption begins.
    """
    captions: dict[int, Paragraph] = {}
    beginnings = words(table, index.language)
    for blocks in index.sibling_blocks():
        taken: set[int] = set()
        pairs = [*pairwise(blocks)], [pair[::-1] for pair in pairwise(blocks)]
        # Captions are below figures and above tables; those on the other side are found where these are missing.
        for block, paragraph in chain(*(pairs if subject is Figure else pairs[::-1])):
            if not isinstance(block, subject) or block.caption or not isinstance(paragraph, Paragraph):
                continue
            text = plain_text(paragraph)
            is_free = id(block) not in captions and id(paragraph) not in taken
            if is_free and _CAPTION.match(text) and folded(_WORD.split(text, 1)[0]) in beginnings:
                captions[id(block)] = paragraph
                taken.add(id(paragraph))
    return captions
