"""Lines at the beginning that say until when nothing may be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.lexicon.word_lists import by_language
from exporter.model import Paragraph
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex

EMBARGO = Rule(
    id="embargo-left",
    severity=Severity.WARNING,
    sentence="What is published says nothing of an embargo.",
    advice="Delete the line before you publish, since every edition prints it and reads it aloud. Nothing to do in "
    "copies that are sent out under embargo.",
)

RULES = (EMBARGO,)

_BEGINNING = 20
"""Paragraphs in which such a line may be."""
_LONGEST_LINE = 20
"""Words; a longer paragraph is text, perhaps about another kind of embargo."""


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the beginning of the text for an embargo."""
    patterns = [re.compile(line) for lines in by_language("embargo").values() for line in sorted(lines)]
    for paragraph, indexed in islice(index.of_type(Paragraph), _BEGINNING):
        line = " ".join(plain_text(paragraph).split())
        if len(line.split()) <= _LONGEST_LINE and any(pattern.search(line.casefold()) for pattern in patterns):
            yield EMBARGO.finding(f"The text is under embargo: {quoted(line)}.", indexed.source)
