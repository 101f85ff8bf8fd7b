"""Accessibility rules for the markup of one page, a separate HTML file or a document of an EPUB (WCAG 2.2).

One module for each family of rules; a rule depends on the `Page` alone, not on the program that wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule
from exporter.validate.html import headings, images, languages, links, motion, tables
from exporter.validate.html.page import Page

_FAMILIES = (headings, images, tables, links, languages, motion)
RULES: tuple[Rule, ...] = tuple(rule for family in _FAMILIES for rule in family.RULES)


def check(page: Page) -> Iterator[Finding]:
    """Check one page against every rule of the package."""
    for family in _FAMILIES:
        yield from family.check(page)


__all__ = ["RULES", "Page", "check"]
