"""Pull quotes whose words the text contains as well: a listener would hear them twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exporter.model.block import Aside, AsideKind, Paragraph
from exporter.model.inline import Image
from exporter.model.publication import Publication
from exporter.model.quotation_marks import closing_marks
from exporter.model.text_keys import letters_key
from exporter.model.walk import plain_text, walk

_OMISSION = re.compile(r"\[?(?:…|\.\.\.)\]?")


def repeated_pull_quotes(publication: Publication) -> tuple[Aside, ...]:
    """Return pull quotes that consist of text from elsewhere, but for omissions (…) and a last line with the source."""
    quotes = [node for node in walk(publication) if isinstance(node, Aside) and node.kind is AsideKind.PULL_QUOTE]
    if not quotes:
        return ()
    inside = {id(node) for quote in quotes for node in walk(quote)}
    paragraphs = (node for node in walk(publication) if isinstance(node, Paragraph) and id(node) not in inside)
    text = "".join(letters_key(plain_text(paragraph)) for paragraph in paragraphs)
    return tuple(quote for quote in quotes if _repeats(quote, text))


def _repeats(quote: Aside, text: str) -> bool:
    if quote.title or any(isinstance(node, Image) for node in walk(quote)):
        return False
    if not all(isinstance(block, Paragraph) for block in quote.children):
        return False
    lines = [plain_text(paragraph) for paragraph in quote.children]
    words = lines[:-1] if _has_source(lines) else lines
    parts = [letters_key(part) for line in words for part in _OMISSION.split(line)]
    return any(parts) and all(part in text for part in parts)


def _has_source(lines: Sequence[str]) -> bool:
    """Return whether the last line says whose words are above it: it has a dash, or they end with a closing mark."""
    if len(lines) < 2:
        return False
    mark = lines[0][:1]
    return lines[-1].startswith(("—", "–", "-")) or lines[-2].endswith(tuple(closing_marks(mark) | {mark} & {'"'}))
