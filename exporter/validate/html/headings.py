"""Titles and headings (WCAG 1.3.1, 2.4.2, 2.4.6)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.validate.html.page import Page, local, quote, text

TITLE = Rule(
    "markup-title",
    Severity.ERROR,
    "A page has a title.",
    "Write what the page is about into its title element.",
    "WCAG 2.4.2",
)
EMPTY = Rule("markup-heading-empty", Severity.ERROR, "A heading has words.", "Write it, or take it away.", "WCAG 2.4.6")
SKIPPED = Rule(
    "markup-heading-skipped",
    Severity.WARNING,
    "Levels of headings follow each other without a gap.",
    "Give the heading the level below that of the heading that it belongs to.",
    "WCAG 1.3.1",
)
RULES = (TITLE, EMPTY, SKIPPED)
NAMES = ("h1", "h2", "h3", "h4", "h5", "h6")


def check(page: Page) -> Iterator[Finding]:
    """Look at the title and the headings."""
    title = next((each for each in page.elements if local(each) == "title" and local(each.getparent()) == "head"), None)
    if title is None or not (title.text or "").strip():
        yield TITLE.finding("The page has no title.", place=page.name)
    before = 0
    for heading in page.all(*NAMES):
        level = int(local(heading)[1])
        words = text(heading)
        if not words:
            yield EMPTY.finding("A heading has no words.", place=page.place(heading))
        elif before and level > before + 1:
            message = f"The heading {quote(words)} of level {level} follows one of level {before}."
            yield SKIPPED.finding(message, place=page.place(heading))
        before = level
