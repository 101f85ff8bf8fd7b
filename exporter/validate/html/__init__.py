"""Pages of HTML, alone or in an EPUB: what readers who do not see, or see little, need of them.

One module a family of rules; each looks at a `Page` and knows nothing of how it was made.
"""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule
from exporter.validate.html import headings, images, languages, links, tables
from exporter.validate.html.page import Page

_FAMILIES = (headings, images, tables, links, languages)
RULES: tuple[Rule, ...] = tuple(rule for family in _FAMILIES for rule in family.RULES)


def check(page: Page) -> Iterator[Finding]:
    """Look at one page by every rule that one page alone can be held against."""
    for family in _FAMILIES:
        yield from family.check(page)


__all__ = ["RULES", "Page", "check"]
