"""Headings (WCAG 1.3.1, 2.4.6, 2.4.10); readers report skipped levels and empty headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.lexicon.word_lists import folded
from exporter.model import Block, Section
from exporter.model.east_asian import count_letters, count_words, format_length
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex

LONGEST = 120
"""Characters of a heading: about two lines of a table of contents."""
LONG_TEXT = 1_500
"""Words of a text that needs headings: about four pages."""

LONG = Rule(
    id="heading-long",
    severity=Severity.WARNING,
    sentence=f"A heading has at most {LONGEST} characters.",
    advice="Say in a few words what the section is about; move the rest to its first paragraph.",
    clause="WCAG 2.4.6",
)
DUPLICATE = Rule(
    id="heading-duplicate",
    severity=Severity.NOTE,
    sentence="Sibling sections have different headings.",
    advice="Write how the two sections differ, so that readers of a table of contents can choose between them.",
    clause="WCAG 2.4.6",
)
EMPTY_SECTION = Rule(
    id="section-empty",
    severity=Severity.WARNING,
    sentence="Each section has content.",
    advice="Write the section, or delete its heading.",
    clause="WCAG 1.3.1",
)
NO_HEADINGS = Rule(
    id="headings-none",
    severity=Severity.WARNING,
    sentence="A long text has headings.",
    advice="Divide the text with headings such as “# Findings”: audio chapters and tables of contents are made from "
    "them.",
    clause="WCAG 2.4.10",
)

RULES = (LONG, DUPLICATE, EMPTY_SECTION, NO_HEADINGS)


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the headings."""
    yield from _duplicates(index.publication.front)
    yield from _duplicates(index.publication.body)
    has_sections = False
    for section, indexed in index.of_type(Section):
        has_sections = True
        title = plain_text(section.title)
        if count_letters(title) > LONGEST:
            yield LONG.finding(f"The heading {quoted(title)} has {format_length(title)}.", indexed.source)
        if not section.children:
            yield EMPTY_SECTION.finding(f"The section {quoted(title)} is empty.", indexed.source)
        yield from _duplicates(section.children)
    if not has_sections:
        count = count_words(plain_text(index.publication.body))
        if count > LONG_TEXT:
            yield NO_HEADINGS.finding(f"The text has {count:,} words and no heading.", index.metadata_source)


def _duplicates(blocks: Iterable[Block]) -> Iterator[Finding]:
    first_by_title: dict[str, Section] = {}
    for block in blocks:
        if not isinstance(block, Section):
            continue
        title = plain_text(block.title)
        first = first_by_title.setdefault(folded(title), block)
        if first is not block and title:
            location = f" (first on line {first.at.source.line})" if first.at.source and first.at.source.line else ""
            yield DUPLICATE.finding(f"Duplicate heading: {quoted(title)}{location}.", block.at.source)
