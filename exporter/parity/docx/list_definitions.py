"""Bullets and numbers before the items of lists in a Word edition (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.numbering import FORMATS
from exporter.inspect.docx.xml import VAL, Element, child_value, name
from exporter.model.list_numbers import SIGNS
from exporter.parity import rules

_PARTS = frozenset(map(name, ("start", "numFmt", "lvlText", "lvlJc", "pPr", "rPr")))
"""Properties of a level (17.9.6); others change the number or what it belongs to."""
_COLOUR = frozenset({name("color")})
_BULLET = re.compile("[•–]")
_NO_BULLET = "\u200b"
_NUMBER = re.compile(r"\(?%([1-9])(?:\.|\))")


def check(word: DocxFile) -> Iterator[Finding]:
    """Yield lists of the text whose bullets, numbers or beginnings are not as the edition writes them."""
    numbering = word.part("numbering")
    if numbering is None:
        return
    definitions = {element.get(name("abstractNumId")): element for element in numbering.iter(name("abstractNum"))}
    paragraphs = [paragraph for story in word.stories() for paragraph in story.root.iter(name("p"))]
    used = {_list_of(paragraph) for paragraph in paragraphs}
    unsigned = {_list_of(paragraph) for paragraph in paragraphs if _first_character(paragraph) not in SIGNS}
    for instance in numbering.iter(name("num")):
        identifier = instance.get(name("numId"))
        if identifier not in used:
            continue
        definition = definitions.get(child_value(instance, name("abstractNumId")))
        problem = next(_problems(instance, definition, is_signed=identifier not in unsigned), "")
        if problem:
            yield rules.NESTING.finding(f"List {identifier} of the file {problem}.")


def _list_of(paragraph: Element) -> str:
    properties = paragraph.find(name("pPr"))
    return child_value(properties.find(name("numPr")), name("numId")) if properties is not None else ""


def _first_character(paragraph: Element) -> str:
    return next((text.text[0] for text in paragraph.iter(name("t")) if text.text), "")


def _problems(instance: Element, definition: Element | None, *, is_signed: bool) -> Iterator[str]:
    for override in instance.iter(name("lvlOverride")):
        for level in override.iter(name("lvl")):
            yield from _level(level, is_signed=is_signed)
            if child_value(override, name("startOverride")) != child_value(level, name("start")):
                yield "begins with two different numbers"
            first = definition.find(name("lvl")) if definition is not None else None
            if override.get(name("ilvl")) == "0" and first is not None and _format(first) != _format(level):
                yield "is numbered in two different ways"
    for level in definition.iter(name("lvl")) if definition is not None else ():
        yield from _level(level)
        if child_value(level, name("start")) != "1":
            yield "is defined to begin with another number than 1"


def _format(level: Element) -> str:
    return child_value(level, name("numFmt"))


def _level(level: Element, *, is_signed: bool = False) -> Iterator[str]:
    """Yield problems of a level.

    Args:
        level: The level.
        is_signed: Whether each item begins with a box or tick, in whose place no bullet is shown.
    """
    text, depth = level.find(name("lvlText")), int(level.get(name("ilvl")) or "0")
    shown = (text.get(VAL) or "") if text is not None else ""
    number = _NUMBER.fullmatch(shown)
    is_bullet = _format(level) == "bullet"
    if _format(level) not in FORMATS.values():
        yield f"has numbers of the kind “{_format(level)}”"
    elif not (
        (_BULLET.fullmatch(shown) or (is_signed and shown == _NO_BULLET))
        if is_bullet
        else number is not None and number[1] == str(depth + 1)
    ):
        yield f"shows “{shown}” before its items"
    properties = level.find(name("rPr"))
    own = {child.tag for child in properties} if properties is not None else set()
    if {child.tag for child in level} - _PARTS or own - _COLOUR:
        yield "has numbers that look or behave otherwise"
