"""Any page of HTML that stands alone: what its markup has to tell programs that read it aloud.

A browser is not asked: colours, what scripts add and what is hidden by style are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter.findings import Finding, Rule, Severity
from exporter.validate import html as html_checks
from exporter.validate.html.headings import HEADING_NAMES
from exporter.validate.html.page import Page, local, semantic_types

UNREADABLE = Rule(
    "html-unreadable", Severity.ERROR, "The page can be opened and read.", "Make the file anew.", "HTML, 13"
)
MAIN = Rule(
    "html-main",
    Severity.WARNING,
    "A page says what of it is its text.",
    "Put the text into one main element.",
    "WCAG 1.3.1, 2.4.1",
)
HEADING = Rule(
    "html-heading",
    Severity.ERROR,
    "A page has a heading that says what it is about.",
    "Make its title a heading of the first level (h1).",
    "WCAG 1.3.1, 2.4.6",
)
TWICE = Rule(
    "html-id-twice",
    Severity.ERROR,
    "No two elements have the same identifier.",
    "Give each its own: links and labels lead to the first alone.",
    "HTML, 3.2.6",
)
RULES = (UNREADABLE, MAIN, HEADING, TWICE)
MOST_BYTES = 100_000_000
SHOWN = 3


def check(path: Path) -> tuple[Finding, ...]:
    """Check a page."""
    from lxml import etree, html

    try:
        if path.stat().st_size > MOST_BYTES:
            return (UNREADABLE.finding(f"It has more than {MOST_BYTES // 1_000_000} MB, which no page needs."),)
        root = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding=_encoding(path)))
    except (etree.LxmlError, OSError, ValueError) as error:
        return (UNREADABLE.finding(f"It cannot be read: {str(error).splitlines()[0].rstrip('.') or 'it is empty'}."),)
    page = Page(root)
    return (*html_checks.check(page), *_whole(page))


def _encoding(path: Path) -> str | None:
    """Return UTF-8 when the bytes are that, which pages without a word about it are; None lets the page decide."""
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _whole(page: Page) -> Iterator[Finding]:
    mains = [element for element in page.elements if local(element) == "main" or "main" in semantic_types(element)]
    if len(mains) != 1:
        said = "No element says" if not mains else f"{len(mains)} elements say"
        yield MAIN.finding(f"{said} what the text of the page is (main).")
    if next(page.visible_elements("h1"), None) is None:
        any_heading = next(page.visible_elements(*HEADING_NAMES), None)
        said = "no heading" if any_heading is None else "no heading of the first level"
        yield HEADING.finding(f"The page has {said}.")
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for element in page.elements:
        name = element.get("id")
        if name:
            if name in seen:
                twice[name] = None
            seen.add(name)
    if twice:
        names = ", ".join(f"“{name}”" for name in list(twice)[:SHOWN])
        yield TWICE.finding(f"Given more than once: {names}{' and more' if len(twice) > SHOWN else ''}.")
