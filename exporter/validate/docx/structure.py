"""Whether headings, lists and the table of contents are what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.document import text
from exporter.inspect.docx.xml import Element, is_on, name
from exporter.validate.docx import rules
from exporter.validate.docx.locations import found

LONG = 40
"""Paragraphs with words from which a document needs headings."""
_TYPED = re.compile(r"\s*(?:[-–—•·*▪◦o]|\(?(?:\d{1,2}|[a-hA-H]|[ivxIVX]{1,4})[.)])(?:\t| +)\S")
_SIGN = re.compile(r"\s*(\S+?)(?:\t| )")
_PICTURES = (name("drawing"), name("pict"), name("object"), name("m:oMath"))


def check(word: DocxFile) -> Iterator[Finding]:
    """Look at the body."""
    yield from _document(word)
    yield from _headings(word)
    yield from _lists(word)
    yield from _contents(word)


def _headings(word: DocxFile) -> Iterator[Finding]:
    last, said = 0, 0
    for paragraph in word.document.iter(name("p")):
        level = word.level(paragraph)
        words = text(paragraph).strip()
        said += bool(words)
        if not level:
            continue
        if not words and next(paragraph.iter(*_PICTURES), None) is None:
            yield found(rules.HEADING_EMPTY, word, f"A heading of level {level} has no words.", paragraph)
            continue
        if level > last + 1:
            after = f"after one of level {last}" if last else "as the first"
            message = f"The heading “{words}” is of level {level}, {after}."
            yield found(rules.HEADING_SKIPPED, word, message, paragraph)
        last = level
    if not last and said >= LONG:
        yield found(rules.HEADINGS_MISSING, word, f"There are {said} paragraphs and no heading.")


def _lists(word: DocxFile) -> Iterator[Finding]:
    for story in word.stories():
        before: Element | None = None
        told: Element | None = None
        for paragraph in story.root.iter(name("p")):
            words = text(paragraph)
            if not _TYPED.match(words) or word.is_numbered(paragraph) or word.level(paragraph):
                before = None
                continue
            # One line that begins with a dash is a line of dialogue, or says who said something.
            if before is not None and before.getnext() is paragraph and _alike(text(before), words):
                if told is not before:
                    yield found(rules.LIST_TYPED, word, f"“{text(before).strip()[:40]}” begins a typed list.", before)
                told = paragraph
            before = paragraph


def _alike(one: str, other: str) -> bool:
    first, second = _SIGN.match(one), _SIGN.match(other)
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
            yield found(rules.CONTENTS_EMPTY, word, "The table of contents has no lines.", paragraph)
        elif not any(next(line.iter(name("hyperlink")), None) is not None or _leads(line) for line in lines):
            yield found(rules.CONTENTS_EMPTY, word, "The lines of the table of contents lead nowhere.", paragraph)


def _lines(code: Element) -> list[Element]:
    """Return the paragraphs that a field shows, from that with its code to that with its end."""
    lines: list[Element] = []
    depth = 1
    for each in _after(code):
        if each.tag == name("p"):
            lines.append(each)
        elif each.tag == name("fldChar"):
            kind = each.get(name("fldCharType"))
            depth += 1 if kind == "begin" else -1 if kind == "end" else 0
            if depth == 0:
                break
    first = next(code.iterancestors(name("p")), None)
    return [first, *lines] if first is not None else lines


def _after(element: Element) -> Iterator[Element]:
    """Yield the elements that begin behind another one, in the order of the document."""
    root = element.getroottree().getroot()
    seen = False
    for each in root.iter(name("p"), name("fldChar"), name("instrText")):
        if seen:
            yield each
        elif each is element:
            seen = True


def _leads(line: Element) -> bool:
    return any(
        "PAGEREF" in (code.text or "") or "HYPERLINK" in (code.text or "") for code in line.iter(name("instrText"))
    )


_CHANGES = ("ins", "del", "moveFrom", "moveTo")


def _document(word: DocxFile) -> Iterator[Finding]:
    """Look at properties and settings."""
    core = word.package.related("core-properties", "")
    title = word.package.xml(core).findtext(name("dc:title")) if core else None
    if not (title or "").strip():
        yield found(rules.TITLE_MISSING, word, "The properties name no title.")
    settings = word.part("settings")
    if not any(word.styles.languages.values()):
        yield found(rules.LANGUAGE_MISSING, word, "The styles do not say the language.")
    protection = settings.find(name("documentProtection")) if settings is not None else None
    if protection is not None and is_on(protection) and protection.get(name("enforcement")) in {"1", "true", "on"}:
        yield found(rules.PROTECTED, word, f"Editing is restricted to “{protection.get(name('edit')) or 'nothing'}”.")
    changes = sum(1 for story in word.stories() for _ in story.root.iter(*(name(tag) for tag in _CHANGES)))
    if changes:
        yield found(rules.UNFINISHED, word, f"There are {changes} tracked changes.")
    comments = word.part("comments")
    count = len(list(comments.iter(name("comment")))) if comments is not None else 0
    if count:
        yield found(rules.UNFINISHED, word, f"There are {count} comments.")
