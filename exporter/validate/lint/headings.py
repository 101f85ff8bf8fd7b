"""Headings, by which people find their way; skipped levels and empty headings are the readers' to report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Block, Section
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex
from exporter.validate.lint.word_lists import folded

LONGEST = 120
"""Characters of a heading: about two lines of a contents list."""
LONG_TEXT = 1_500
"""Words of a text that wants headings: about four pages."""

LONG = Rule(
    id="heading-long",
    severity=Severity.WARNING,
    sentence=f"A heading has at most {LONGEST} characters.",
    advice="Say in a few words what the section is about, and the rest in its first paragraph.",
    clause="WCAG 2.4.6",
)
DUPLICATE = Rule(
    id="heading-duplicate",
    severity=Severity.NOTE,
    sentence="Sections side by side have different headings.",
    advice="Say what sets the two apart, so that a contents list tells them from each other.",
    clause="WCAG 2.4.6",
)
NOTHING = Rule(
    id="section-empty",
    severity=Severity.WARNING,
    sentence="Something stands under each heading.",
    advice="Write the section, or delete its heading.",
    clause="WCAG 1.3.1",
)
NONE = Rule(
    id="headings-none",
    severity=Severity.WARNING,
    sentence="A long text has headings.",
    advice="Divide the text with headings such as “# Findings”: audio chapters and contents lists are made from them.",
    clause="WCAG 2.4.10",
)

RULES = (LONG, DUPLICATE, NOTHING, NONE)


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Look at the headings."""
    yield from _siblings(index.publication.front)
    yield from _siblings(index.publication.body)
    some = False
    for section, met in index.of(Section):
        some = True
        title = plain_text(section.title)
        if len(title) > LONGEST:
            yield LONG.finding(f"The heading {quoted(title)} has {len(title)} characters.", met.source)
        if not section.children:
            yield NOTHING.finding(f"Nothing stands under the heading {quoted(title)}.", met.source)
        yield from _siblings(section.children)
    if not some:
        count = len(plain_text(index.publication.body).split())
        if count > LONG_TEXT:
            yield NONE.finding(f"The text has {count:,} words and no heading.", index.place)


def _siblings(blocks: Iterable[Block]) -> Iterator[Finding]:
    seen: dict[str, Section] = {}
    for block in blocks:
        if not isinstance(block, Section):
            continue
        title = plain_text(block.title)
        first = seen.setdefault(folded(title), block)
        if first is not block and title:
            where = f" (line {first.at.source.line})" if first.at.source and first.at.source.line else ""
            yield DUPLICATE.finding(
                f"The heading {quoted(title)} stands here for the second time{where}.", block.at.source
            )
