"""Checks of document properties, headings, lists and the table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.document import text
from exporter.inspect.docx.xml import Element, is_on, name
from exporter.validate.docx import rules
from exporter.validate.docx.locations import finding_at

LONG = 40
"""Paragraphs with text from which a document needs headings."""
_TYPED = re.compile(r"\s*(?:[-–—•·*▪◦o]|\(?(?:\d{1,2}|[a-hA-H]|[ivxIVX]{1,4})[.)])(?:\t| +)\S")
_ENTRY = re.compile(r"(?:\t|\.{3,}|…|\s{3,})[\s.…]*(?:\d{1,4}|[ivxlc]{1,7})\s*$", re.IGNORECASE)
"""The end of a line of a table of contents: dots or a tab, and a page number."""
_CONTENTS_STYLES = ("toc ", "table of figures")
_MARKER = re.compile(r"\s*(\S+?)(?:\t| )")
_OBJECTS = (name("drawing"), name("pict"), name("object"), name("m:oMath"))

_CHANGES = ("ins", "del", "moveFrom", "moveTo")


def check(word: DocxFile) -> Iterator[Finding]:
    """Check the document as a whole and the structure of its body."""
    yield from _document(word)
    yield from _headings(word)
    yield from _lists(word)
    yield from _contents(word)


def _document(word: DocxFile) -> Iterator[Finding]:
    """Check properties and settings."""
    core = word.package.related("core-properties", "")
    title = word.package.xml(core).findtext(name("dc:title")) if core else None
    if not (title or "").strip():
        yield finding_at(rules.TITLE_MISSING, word, "The document properties have no title.")
    settings = word.part("settings")
    if not any(word.styles.languages.values()):
        yield finding_at(rules.LANGUAGE_MISSING, word, "The styles have no language.")
    protection = settings.find(name("documentProtection")) if settings is not None else None
    if protection is not None and is_on(protection) and protection.get(name("enforcement")) in {"1", "true", "on"}:
        yield finding_at(
            rules.PROTECTED, word, f"Editing is restricted to “{protection.get(name('edit')) or 'nothing'}”."
        )
    changes = sum(1 for story in word.stories() for _ in story.root.iter(*(name(tag) for tag in _CHANGES)))
    if changes:
        yield finding_at(rules.UNFINISHED, word, f"{changes} tracked changes are left.")
    comments = word.part("comments")
    count = len(list(comments.iter(name("comment")))) if comments is not None else 0
    if count:
        yield finding_at(rules.UNFINISHED, word, f"{count} comments are left.")


def _headings(word: DocxFile) -> Iterator[Finding]:
    last, count = 0, 0
    for paragraph in word.document.iter(name("p")):
        level = word.level(paragraph)
        words = text(paragraph).strip()
        count += bool(words)
        if not level:
            continue
        if not words and next(paragraph.iter(*_OBJECTS), None) is None:
            yield finding_at(rules.HEADING_EMPTY, word, f"A heading of level {level} has no text.", paragraph)
            continue
        if level > last + 1:
            expected = f"{last + 1} is the deepest allowed here" if last else "the first heading must have level 1"
            message = f"Skipped heading level: “{words}” has level {level}; {'level ' if last else ''}{expected}."
            yield finding_at(rules.HEADING_SKIPPED, word, message, paragraph)
        last = level
    if not last and count >= LONG:
        yield finding_at(rules.HEADINGS_MISSING, word, f"No headings in {count} paragraphs.")


def _lists(word: DocxFile) -> Iterator[Finding]:
    for story in word.stories():
        before: Element | None = None
        reported: Element | None = None
        for paragraph in story.root.iter(name("p")):
            words = text(paragraph)
            is_typed = _TYPED.match(words) and not _ENTRY.search(words)
            if not is_typed or word.is_numbered(paragraph) or word.level(paragraph) or _is_entry(word, paragraph):
                before = None
                continue
            # A single line that begins with a dash is dialogue or an attribution.
            if before is not None and before.getnext() is paragraph and _has_same_marker(text(before), words):
                if reported is not before:
                    yield finding_at(
                        rules.LIST_TYPED, word, f"“{text(before).strip()[:40]}” starts a typed list.", before
                    )
                reported = paragraph
            before = paragraph


def _is_entry(word: DocxFile, paragraph: Element) -> bool:
    """Return whether the style of a paragraph is that of a line of a table of contents: its number is the heading's."""
    return word.styles.name_of(word.style(paragraph)).lower().startswith(_CONTENTS_STYLES)


def _has_same_marker(text_before: str, text_after: str) -> bool:
    first, second = _MARKER.match(text_before), _MARKER.match(text_after)
    if first is None or second is None:
        return False
    a, b = first[1], second[1]
    return a == b or (a[-1] == b[-1] and a != b and a[-1] in ".)")


def _contents(word: DocxFile) -> Iterator[Finding]:
    for code in word.document.iter(name("instrText")):
        if (code.text or "").split()[:1] != ["TOC"]:
            continue
        paragraph = next(code.iterancestors(name("p")), None)
        lines = _lines(code)
        if not any(text(line).strip() for line in lines):
            yield finding_at(rules.CONTENTS_EMPTY, word, "The table of contents is empty.", paragraph)
        elif not any(next(line.iter(name("hyperlink")), None) is not None or _is_linked(line) for line in lines):
            yield finding_at(
                rules.CONTENTS_EMPTY, word, "The entries of the table of contents have no links.", paragraph
            )


def _lines(code: Element) -> list[Element]:
    """Return the paragraphs of a field, from that with its code to that with its end."""
    lines: list[Element] = []
    depth = 1
    for element in _following(code):
        if element.tag == name("p"):
            lines.append(element)
        elif element.tag == name("fldChar"):
            kind = element.get(name("fldCharType"))
            depth += 1 if kind == "begin" else -1 if kind == "end" else 0
            if depth == 0:
                break
    first = next(code.iterancestors(name("p")), None)
    return [first, *lines] if first is not None else lines


def _following(element: Element) -> Iterator[Element]:
    """Yield the elements that begin after another one, in document order."""
    elements = element.getroottree().getroot().iter(name("p"), name("fldChar"), name("instrText"))
    for candidate in elements:
        if candidate is element:
            yield from elements


def _is_linked(line: Element) -> bool:
    return any(
        "PAGEREF" in (code.text or "") or "HYPERLINK" in (code.text or "") for code in line.iter(name("instrText"))
    )
