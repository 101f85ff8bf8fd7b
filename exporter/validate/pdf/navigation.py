"""Bookmarks and page numbers (ISO 14289-1, 7.17; WCAG 2.4.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import PdfFile
from exporter.validate.pdf.locations import on_page

NONE = Rule(
    "pdf-bookmarks-none",
    Severity.ERROR,
    "A long document has bookmarks.",
    "Export it again with bookmarks from the headings.",
    "WCAG 2.4.5 (technique PDF2)",
)
NOWHERE = Rule(
    "pdf-bookmark-nowhere",
    Severity.ERROR,
    "Every bookmark leads to a place in the document.",
    "Fix the target of the bookmark, or remove it.",
    "ISO 32000-1, 12.3.3; WCAG 2.4.5",
)
LABEL = Rule(
    "pdf-bookmark-label",
    Severity.NOTE,
    "A bookmark leads to a place, rather than being a mere label.",
    "Give the bookmark a target, unless it only groups others.",
    # Dest and A are both optional (table 153).
    "ISO 32000-1, 12.3.3",
)
EMPTY = Rule("pdf-bookmark-empty", Severity.ERROR, "Every bookmark has words.", "Name the bookmark.", "WCAG 2.4.6")
LABELS = Rule(
    "pdf-page-label",
    Severity.WARNING,
    "The number that is printed on a page is the number that software shows for it.",
    "Set the page labels of the file.",
    "ISO 32000-1, 12.4.2; WCAG 2.4.5 (technique PDF17)",
)
RULES = (NONE, NOWHERE, LABEL, EMPTY, LABELS)
LONG = 5
"""Pages from which a document with headings needs bookmarks."""
_NUMBER = re.compile(r"\d+|[ivxlc]+", re.IGNORECASE)


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with bookmarks and page labels."""
    headings = sum(1 for node in file.structure.root.all() if node.type[:1] == "H" and node.type[1:].isdigit())
    if not file.bookmarks and len(file.pages) >= LONG and headings > 1:
        yield NONE.finding(f"The file has {len(file.pages)} pages, {headings} headings and no bookmark.")
    for bookmark in file.bookmarks:
        target = bookmark.target
        if not bookmark.title.strip():
            yield EMPTY.finding("A bookmark has no words.")
        lost = target is not None and target.element is not None and target.element not in file.structure.by_number
        if target is None:
            yield LABEL.finding(f"The bookmark “{bookmark.title[:60]}” has no target.")
        elif target.page is None or lost:
            yield NOWHERE.finding(f"The bookmark “{bookmark.title[:60]}” leads nowhere.")
    yield from _labels(file)


def _labels(file: PdfFile) -> Iterator[Finding]:
    """Compare the number in the header or footer of each page with its label."""
    labels = file.page_labels or tuple(str(index) for index in range(1, len(file.pages) + 1))
    wrong: list[tuple[int, str]] = []
    printed = 0
    for index, content in enumerate(file.contents()):
        heads = [artifact for artifact in content.artifacts if artifact.type == "Pagination"]
        numbers = [artifact.text.strip() for artifact in heads if _NUMBER.fullmatch(artifact.text.strip())]
        if len(numbers) != 1:
            continue
        printed += 1
        label = labels[index] if index < len(labels) else ""
        if numbers[0].lower() != label.lower():
            wrong.append((index, numbers[0]))
    for index, number in wrong[:10] if printed > 1 else ():
        label = labels[index] if index < len(labels) else ""
        message = f"The page shows the number {number}, and software shows “{label}”."
        yield LABELS.finding(message, place=on_page(index))
