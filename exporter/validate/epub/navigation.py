"""Contents and pages of an EPUB: the lists of its navigation held against its documents."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from exporter.findings import Finding, Rule, Severity
from exporter.model.text_keys import letters_key
from exporter.validate.epub.publication import NavLink, Publication
from exporter.validate.html.headings import HEADING_NAMES
from exporter.validate.html.page import Element, Page, is_hidden, local, quote, semantic_types, text

TARGET = Rule(
    "epub-nav-target",
    Severity.ERROR,
    "What the navigation points at is there.",
    "Fix the links of the navigation.",
    "EPUB 3.3, 5.4.1.1",
)
CONTENTS = Rule(
    "epub-toc",
    Severity.WARNING,
    "The contents name every chapter, in the order in which they are read, by the words of its heading.",
    "Create the table of contents again from the headings.",
    "EPUB 3.3, 5.4.2.2; WCAG 2.4.5",
)
PAGES = Rule(
    "epub-page-list",
    Severity.ERROR,
    "The list of pages and the marks where pages begin say the same, in the same order.",
    "Create the page list again from the page breaks.",
    "EPUB 3.3, 5.4.2.4; EPUB Accessibility 1.1, 3.2.2",
)
MARK = Rule(
    "epub-page-mark",
    # The list alone meets EPUB Accessibility, and its links work; that ours have marks is compared (`parity-pages`).
    Severity.WARNING,
    "Where the list of pages leads, the beginning of the page is marked.",
    "Mark the beginning of the page (role doc-pagebreak).",
    "DPUB-ARIA 1.1, doc-pagebreak",
)
SOURCE = Rule(
    "epub-page-source",
    Severity.ERROR,
    "A book with pages says whose pages they are.",
    "Name the paper or PDF edition in pageBreakSource.",
    "EPUB Accessibility 1.1, 3.2.2",
)
RULES = (TARGET, CONTENTS, PAGES, MARK, SOURCE)
SHOWN = 3
"""Places named in one message."""


def check(book: Publication) -> Iterator[Finding]:
    """Check the table of contents and the page list."""
    nav = book.navigation
    if nav is None:
        return
    for kind in ("toc", "page-list", "landmarks"):
        lost = [entry.words for entry in book.links(kind) or () if not _there(book, entry)]
        if lost:
            yield TARGET.finding(f"The list “{kind}” points at what is not there: {_some(lost)}.", place=nav.name)
    yield from _contents(book, nav)
    yield from _pages(book, nav)


def _there(book: Publication, entry: NavLink) -> bool:
    page = book.by_name.get(entry.document)
    if page is None:
        return entry.document in book.package.archive
    return not entry.target or entry.target in page.ids


def _contents(book: Publication, nav: Page) -> Iterator[Finding]:
    entries = book.links("toc")
    if not entries:
        yield CONTENTS.finding("The navigation has no contents.", place=nav.name)
        return
    order = {page.name: number for number, page in enumerate(book.pages)}
    positions = [_order(book, order, entry) for entry in entries if entry.document in order and _there(book, entry)]
    if positions != sorted(positions):
        yield CONTENTS.finding("The contents are not in the order in which the book is read.", place=nav.name)
    pointed = {(entry.document, entry.target) for entry in entries}
    for page in book.pages:
        chapter = next(page.visible_elements("h1"), None)
        if chapter is None or page is nav or {"titlepage", "cover", "toc", "halftitlepage"} & _around(chapter):
            continue
        if not any(document == page.name for document, _ in pointed):
            yield CONTENTS.finding(f"{quote(text(chapter))} is not in the contents.", place=page.location_of(chapter))
    for entry in entries:
        heading = _heading(book, entry)
        title = _without_note_references(heading) if heading is not None else ""
        linked, actual = letters_key(entry.words), letters_key(title)
        if actual and linked not in actual and actual not in linked:
            message = f"The contents say {quote(entry.words)}, and the heading is {quote(title)}."
            yield CONTENTS.finding(message, place=nav.name)


def _order(book: Publication, order: dict[str, int], entry: NavLink) -> tuple[int, int]:
    page = book.by_name[entry.document]
    target = page.ids.get(entry.target)
    return order[entry.document], page.elements.index(target) if target is not None else 0


def _around(element: Element) -> frozenset[str]:
    return frozenset(term for ancestor in (element, *element.iterancestors()) for term in semantic_types(ancestor))


def _heading(book: Publication, entry: NavLink) -> Element | None:
    """Return the heading that an entry points at: the target itself, or the first one in a section."""
    page = book.by_name.get(entry.document)
    target = page.ids.get(entry.target) if page is not None else None
    if target is None:
        return None
    inside = (element for element in target.iter() if local(element) in HEADING_NAMES and not is_hidden(element))
    return target if local(target) in HEADING_NAMES else next(inside, None) if local(target) == "section" else None


def _without_note_references(heading: Element) -> str:
    """Return the text of a heading as a table of contents repeats it."""
    heading = deepcopy(heading)
    for element in list(heading.iter()):
        if "noteref" in semantic_types(element) or (local(element) == "a" and _is_mark(element)):
            element.clear(keep_tail=True)
    return text(heading)


def _is_mark(link: Element) -> bool:
    """Return whether a link is a note reference without saying so: a number or symbol that leads to a place."""
    return "#" in (link.get("href") or "") and not any(character.isalpha() for character in text(link))


def _pages(book: Publication, nav: Page) -> Iterator[Finding]:
    listed = book.links("page-list")
    marks = [(page, element) for page, element in book.marked("pagebreak") if page is not nav or element.get("id")]
    if not marks and not listed:
        return
    if listed is None:
        yield PAGES.finding(f"There are {len(marks)} marks of pages, and no list of them.", place=nav.name)
    else:
        named = {(page.name, element.get("id")): _number(element) for page, element in marks}
        order = list(named)
        # A page may be a whole document, of SVG too.
        inside = [e for e in listed if e.target and e.document in book.by_name]
        wrong = [e.words for e in inside if (e.document, e.target) not in named]
        if wrong:
            yield MARK.finding(f"The list points where no page begins: {_some(wrong)}.", place=nav.name)
        unlisted = [number for key, number in named.items() if key not in {(e.document, e.target) for e in listed}]
        if unlisted:
            yield PAGES.finding(f"Pages that the list does not have: {_some(unlisted)}.", place=nav.name)
        other = [
            f"{entry.words} instead of {named[entry.document, entry.target]}"
            for entry in listed
            if named.get((entry.document, entry.target)) not in {None, "", entry.words}
        ]
        if other:
            yield PAGES.finding(f"Pages have other numbers in the list: {_some(other)}.", place=nav.name)
        positions = [order.index((e.document, e.target)) for e in listed if (e.document, e.target) in named]
        if positions != sorted(positions):
            yield PAGES.finding("The list is not in the order of the pages.", place=nav.name)
    sources = [source for source in book.package.root.iter("{http://purl.org/dc/elements/1.1/}source") if source.text]
    if not sources and not book.meta("pageBreakSource", "a11y:pageBreakSource", "schema:pageBreakSource"):
        yield SOURCE.finding("The book has pages, and does not say of which edition they are.", place=book.package.name)


_AROUND_NUMBER = "第页頁"
"""Words for page in Chinese and Japanese, without a space beside the number."""


def _number(mark: Element) -> str:
    """Return what a mark of a page says, without the word for page."""
    label = (mark.get("aria-label") or mark.get("title") or "".join(mark.itertext())).strip().strip(".")
    last: str = label.rpartition(" ")[2]
    return last.strip(_AROUND_NUMBER)


def _some(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(quote(name) for name in names[:SHOWN]) + more
