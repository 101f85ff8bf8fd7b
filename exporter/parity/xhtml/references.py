"""Lists and references within a book, compared with what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from exporter.findings import Finding
from exporter.parity import rules
from exporter.parity.content import is_within, letters
from exporter.parity.extraction import Heading, normal
from exporter.parity.xhtml import elements
from exporter.parity.xhtml.book import Book

Line = tuple[Any, int, Any]
"""A line of a list: the link, its depth, and the element that it leads to."""


def descriptions(book: Book) -> Iterator[Finding]:
    """Yield long descriptions that are not those of the picture or table before them (ARIA 1.3, aria-details)."""
    for document in book.documents:
        order = {element: index for index, element in enumerate(document.root.iter())}
        described = [element for element in order if elements.name(element) and element.get("aria-details")]
        present = [element for element in order if elements.name(element) and "description" in elements.kinds(element)]
        used = set()
        for element in described:
            last = max(order[inner] for inner in element.iter())
            following = next((element_ for element_ in present if order[element_] > last), None)
            target = book.target(f"#{element.get('aria-details')}", document.name)
            used.add(target)
            if target is None or target is not following:
                shown = element.get("alt") or elements.text(element)
                message = f"“{' '.join(shown.split())[:60]}” refers to another long description than that after it"
                yield rules.PICTURES.finding(f"{message} ({document.name}, line {element.sourceline}).")
        for element in present:
            if element not in used:
                shown = " ".join(elements.text(element).split())[:60]
                message = f"No picture or table refers to its long description “{shown}”"
                yield rules.PICTURES.finding(f"{message} ({document.name}, line {element.sourceline}).")


def captions(book: Book, lines: Sequence[Line] | None, names: frozenset[str]) -> Iterator[Finding]:
    """Yield what differs between a list of figures or tables and the captions in the text."""
    if lines is None:
        return
    captioned = [
        (element, caption)
        for document in book.documents
        for element in document.root.iter()
        if elements.name(element) in names and (caption := _caption(element)) is not None
    ]
    known = {element: letters(elements.text(caption)) for element, caption in captioned}
    for link, _, target in lines:
        shown = letters(elements.text(link))
        if target not in known:
            yield rules.CONTENTS.finding(f"“{elements.text(link)[:60]}” in a list of figures or tables leads to none.")
        elif shown != known[target] and not is_within(known[target], shown):
            yield rules.CONTENTS.finding(f"“{elements.text(link)[:60]}” in a list leads to another figure or table.")
    # Editions may leave captions without words out.
    required = {element for element, words in known.items() if words}
    if len(lines) > len(captioned) or not required.issubset(target for _, _, target in lines):
        message = f"A list of figures or tables has {len(lines)} entries; {len(captioned)} have captions."
        yield rules.CONTENTS.finding(message)


def _caption(element: Any) -> Any:
    return next((child for child in element if elements.name(child) in {"figcaption", "caption"}), None)


def landmarks(book: Book, lines: Iterable[tuple[Any, Any]]) -> Iterator[Finding]:
    """Yield landmarks that lead to a part of another type (EPUB 3.3, 7.4.4).

    Args:
        book: The documents.
        lines: The links, and the elements that they lead to.
    """
    texts = [document.root for document in book.documents if _is_text(document.root)]
    for link, target in lines:
        kinds = (link.get(elements.OPS_TYPE) or "").split()
        present = elements.kinds(target) if target is not None else frozenset()
        if target is not None and target.getparent() is not None and elements.name(target) == "body":
            present |= {kind for child in target for kind in elements.kinds(child) if elements.name(child)}
        if "bodymatter" in kinds:
            is_right = target is texts[0] if texts else target is not None
        else:
            is_right = bool(present.intersection(kinds))
        if not is_right:
            yield rules.CONTENTS.finding(f"The landmark “{elements.text(link)}” leads to another part.")


def _is_text(root: Any) -> bool:
    return "bodymatter" in elements.kinds(root)


def box_names(book: Book) -> Iterator[str]:
    """Yield the letters of the names of boxes, without those that are named by a title of their own."""
    for document in book.documents:
        for element in document.root.iter():
            if elements.name(element) != "aside" or elements.is_note(element) or elements.is_frame(element):
                continue
            title = element.get("aria-labelledby")
            if title and any(inner.get("id") == title and elements.name(inner) for inner in element.iter()):
                continue
            title = next((inner for inner in element if "aside-title" in elements.kinds(inner)), None)
            label = letters(element.get("aria-label") or "")
            shown = letters(elements.text(title)) if title is not None else label
            yield label if shown == label else f"{label}, called {shown}"


def heads(book: Book) -> Iterator[Finding]:
    """Yield cells before which other words are shown than their headers, where a table is shown row by row."""
    for document in book.documents:
        headers: dict[Any, set[str] | None] = {}
        for cell in document.root.iter():
            shown = cell.get("data-heads") if elements.name(cell) in {"td", "th", "tr"} else None
            if not shown:
                continue
            table = next(parent for parent in cell.iterancestors() if elements.name(parent) == "table")
            if table not in headers:
                headers[table] = _headers(table)
            known = headers[table]
            if known is not None and not _is_made_of(letters(shown), known):
                yield rules.TABLES.finding(f"“{shown}” is shown before a cell, and is not its header.")


def _headers(table: Any) -> set[str] | None:
    """Return the letters of each cell; None where a cell has formulas or pictures, which are in words before others."""
    cells = [cell for cell in table.iter() if elements.name(cell) in {"th", "td"}]
    if any(elements.name(inner) in {"math", "svg", "img"} for cell in cells for inner in cell.iter()):
        return None
    return {letters(elements.text(cell)) for cell in cells} - {""}


def _is_made_of(text: str, parts: set[str]) -> bool:
    ends = {0}
    for begin in range(len(text)):
        if begin in ends:
            ends |= {begin + len(part) for part in parts if text.startswith(part, begin)}
    return len(text) in ends


def pages(book: Book, lines: Iterable[tuple[str, Any]]) -> Iterator[Finding]:
    """Yield marks of pages whose name is not that in the list of pages."""
    named = {target: label for label, target in lines if target is not None}
    for mark in book.marks:
        name = mark.get("aria-label") or mark.get("title")
        label = named.get(mark, "")
        if name and label and label not in normal(name):
            yield rules.PAGES.finding(f"The page {label} is called “{name}” where it begins.")


def titles(documents: Iterable[tuple[str, Any]]) -> Iterator[Finding]:
    """Yield documents whose title is not that of their first heading (WCAG 2.4.2)."""
    for name, root in documents:
        title = next((element for element in root.iter() if elements.name(element) == "title"), None)
        heading = next((element for element in root.iter() if elements.level(element) is not None), None)
        section = heading.getparent() if heading is not None else None
        # What stands before the first chapter has no heading of its own.
        is_chapter = section is not None and "chapter" in elements.kinds(section)
        expected = letters(elements.text(heading)) if is_chapter else ""
        if title is None or not expected:
            continue
        shown = letters("".join(title.itertext()))
        if not is_within(*sorted((expected, shown), key=len)):  # a title has pictures in words
            yield rules.TITLE.finding(f"The title of {name} is “{''.join(title.itertext()).strip()[:60]}”.")


def ncx(root: Any) -> list[tuple[Heading, str]]:
    """Return the entries of the contents of an NCX, with the addresses that they lead to."""
    entries: list[tuple[Heading, str]] = []
    for point in root.iter("{*}navPoint"):
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        level = sum(1 for parent in point.iterancestors() if elements.name(parent) == "navpoint") + 1
        words = normal("".join(label.itertext())) if label is not None else ""
        entries.append((Heading(words, level), (content.get("src") or "") if content is not None else ""))
    return entries


def same_targets(addresses: Sequence[str], expected: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding if the contents of the NCX lead to other places than those of the navigation document."""
    if list(addresses) != list(expected):
        yield rules.CONTENTS.finding("The contents of the NCX lead to other places than the table of contents.")
