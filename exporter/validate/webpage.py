"""Rules for a separate HTML page: the structure that assistive technology needs (HTML; WCAG 2.2).

Only the markup is checked, not the page in a browser: not its colours, its scripts, or what CSS hides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.tags import check_attributes
from exporter.validate import html as html_checks
from exporter.validate.html.headings import HEADING_NAMES
from exporter.validate.html.page import Page, local, semantic_types

UNREADABLE = Rule(
    "html-unreadable", Severity.ERROR, "The page can be opened and read.", "Create the file again.", "HTML, 13"
)
MAIN = Rule(
    "html-main",
    Severity.WARNING,
    "The main content of a page is marked.",
    "Put the main content into one main element.",
    "WCAG 1.3.1, 2.4.1",
)
HEADING = Rule(
    "html-heading",
    Severity.ERROR,
    "A page has a first-level heading.",
    "Make its title a heading of the first level (h1).",
    "WCAG 1.3.1, 2.4.6",
)
DUPLICATE_ID = Rule(
    "html-id-twice",
    Severity.ERROR,
    "No two elements have the same ID.",
    "Give each element its own ID: links and labels refer only to the first.",
    "HTML, 3.2.6",
)
RULES = (UNREADABLE, MAIN, HEADING, DUPLICATE_ID)
MAX_BYTES = 100_000_000
_SHOWN_IDS = 3


def check(path: Path) -> tuple[Finding, ...]:
    """Check a page."""
    from lxml import etree, html

    try:
        if path.stat().st_size > MAX_BYTES:
            return (UNREADABLE.finding(f"The file is too large: the limit is {MAX_BYTES // 1_000_000} MB."),)
        data = path.read_bytes()
        check_attributes(data)
        # Without it, libxml2 loses what follows ten million bytes of pictures.
        parser = html.HTMLParser(encoding=_encoding(data), huge_tree=True, no_network=True)
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0].rstrip(".") or "it is empty"
        return (UNREADABLE.finding(f"The file cannot be read: {reason}."),)
    page = Page(root)
    return (*html_checks.check(page), *_check_structure(page))


def _encoding(data: bytes) -> str | None:
    """Return UTF-8 if the bytes are valid UTF-8, as in most pages that state no encoding; None if the page decides."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _check_structure(page: Page) -> Iterator[Finding]:
    mains = [element for element in page.elements if local(element) == "main" or "main" in semantic_types(element)]
    if len(mains) != 1:
        count = len(mains) or "no"
        yield MAIN.finding(f"The page has {count} elements for its main content (main); expected 1.")
    if next(page.visible_elements("h1"), None) is None:
        any_heading = next(page.visible_elements(*HEADING_NAMES), None)
        level = "" if any_heading is None else "first-level "
        yield HEADING.finding(f"The page has no {level}heading.")
    counts = Counter(element.get("id") for element in page.elements if element.get("id"))
    duplicates = [f"“{name}”" for name, count in counts.items() if count > 1]
    if duplicates:
        more = " and more" if len(duplicates) > _SHOWN_IDS else ""
        yield DUPLICATE_ID.finding(f"Duplicate IDs: {', '.join(duplicates[:_SHOWN_IDS])}{more}.")
