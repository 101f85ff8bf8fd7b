"""Lines of the text beside figures that may be their captions."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import msgspec

from exporter.model import Figure, Paragraph, Publication, Source, Table
from exporter.model.walk import plain_text
from exporter.validate.lint.captions import paragraph_captions
from exporter.validate.lint.document_index import DocumentIndex

_LONGEST = 200
"""Characters of a line that is offered."""


class CaptionLine(msgspec.Struct, frozen=True):
    """A line beside a figure without a caption."""

    text: str
    source: Source
    owner: Source
    """That of the figure."""
    is_likely: bool
    """Whether it begins like a caption, such as “Figure 2:”."""


def caption_lines(publication: Publication) -> Mapping[int, CaptionLine]:
    """Return the line that begins like a caption beside each figure without one, else a short one directly below it.

    They are found by the identity of the figure. The captions of others and of tables are not offered.
    """
    index = DocumentIndex(publication)
    likely = paragraph_captions(index, Figure, "figure_words")
    taken = {
        id(paragraph) for paragraph in (*likely.values(), *paragraph_captions(index, Table, "caption_words").values())
    }
    lines: dict[int, CaptionLine] = {}
    for blocks in index.sibling_blocks():
        for block, below in pairwise((*blocks, None)):
            if not isinstance(block, Figure) or block.caption or block.at.source is None:
                continue
            is_free = isinstance(below, Paragraph) and id(below) not in taken
            paragraph = likely.get(id(block)) or (below if is_free else None)
            text = plain_text(paragraph) if paragraph else ""
            if paragraph and paragraph.at.source and text and (id(block) in likely or len(text) <= _LONGEST):
                lines[id(block)] = CaptionLine(text, paragraph.at.source, block.at.source, id(block) in likely)
    return lines
