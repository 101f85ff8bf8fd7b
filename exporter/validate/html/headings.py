"""Title and headings of a page (WCAG 1.3.1, 2.4.2, 2.4.6)."""

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
EMPTY = Rule(
    "markup-heading-empty",
    Severity.ERROR,
    "Every heading has text.",
    "Write the heading, or remove it.",
    "WCAG 2.4.6",
)
SKIPPED = Rule(
    "markup-heading-skipped",
    Severity.WARNING,
    "Heading levels are not skipped.",
    "Give the heading the level directly below that of its parent heading.",
    "WCAG 1.3.1",
)
RULES = (TITLE, EMPTY, SKIPPED)
HEADING_NAMES = ("h1", "h2", "h3", "h4", "h5", "h6")


def check(page: Page) -> Iterator[Finding]:
    """Check the title and the headings."""
    titles = (element for element in page.elements if local(element) == "title")
    title = next((element for element in titles if local(element.getparent()) == "head"), None)
    if title is None or not (title.text or "").strip():
        yield TITLE.finding("The page has no title.", place=page.name)
    previous_level = 0
    for heading in page.visible_elements(*HEADING_NAMES):
        level = int(local(heading)[1])
        words = text(heading)
        if not words:
            yield EMPTY.finding("The heading is empty.", place=page.location_of(heading))
        elif previous_level and level > previous_level + 1:
            message = (
                f"Skipped heading level: {quote(words)} has level {level}, the heading before it {previous_level}."
            )
            yield SKIPPED.finding(message, place=page.location_of(heading))
        previous_level = level
