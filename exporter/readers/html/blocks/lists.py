"""Lists with the numbers of their items; definition lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from exporter import model as m
from exporter.readers.html.markup.dom import Element
from exporter.readers.sections import Flat

if TYPE_CHECKING:
    from exporter.readers.html.blocks.block_reader import Reader

_STYLES = {
    "1": m.ListStyle.DECIMAL,
    "a": m.ListStyle.LOWER_ALPHA,
    "A": m.ListStyle.UPPER_ALPHA,
    "i": m.ListStyle.LOWER_ROMAN,
    "I": m.ListStyle.UPPER_ROMAN,
}
_COUNTERS = {
    m.counter_style(style, delimiter): (style, delimiter) for style in _STYLES.values() for delimiter in m.ListDelimiter
}
_CSS = {
    **_COUNTERS,
    "lower-latin": (m.ListStyle.LOWER_ALPHA, m.ListDelimiter.PERIOD),
    "upper-latin": (m.ListStyle.UPPER_ALPHA, m.ListDelimiter.PERIOD),
}
_CSS_TYPE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)")
_NUMBER = re.compile(r"-?\d{1,9}")


def read_list(reader: Reader, element: Element, at: m.At, depth: int) -> Sequence[Flat]:
    """Return a list; several where its numbers are not consecutive (`lists_of`)."""
    items: list[tuple[str, m.ListItem]] = []
    loose = "loose" in element.classes
    for child in element.elements():
        if child.tag == "li" or not child.is_blank():
            content = reader.blocks(child, depth + 1)
            loose = loose or any(grandchild.tag == "p" for grandchild in child.elements())
            items.append((child.get("value"), m.ListItem(at=reader.at(child), children=content)))
    return lists_of(element, items, at, tight=not loose)


def lists_of(
    element: Element, items: Sequence[tuple[str, m.ListItem]], at: m.At, *, tight: bool = True
) -> Sequence[m.List]:
    """Return a list; several where its numbers are not consecutive, so that items keep them (HTML 4.4.5, 4.4.8).

    Args:
        element: The element, with its attributes.
        items: Its items, each with its attribute `value`.
        at: Where the list is.
        tight: Whether its items have no space between them.
    """
    if not items:
        return ()
    if element.tag == "ul":
        return (m.List(at=at, items=tuple(item for _, item in items), tight=tight),)
    step = -1 if "reversed" in element.attributes else 1
    number = start_of(element, len(items) if step < 0 else 1)
    style, delimiter = numbering_of(element)
    runs: list[list[tuple[int, m.ListItem]]] = []
    for value, item in items:
        number = _number(value, number)
        if runs and runs[-1][-1][0] + 1 == number:
            runs[-1].append((number, item))
        else:
            runs.append([(number, item)])
        number += step
    return [
        m.List(
            at=at if index == 0 else msgspec.structs.replace(at, id=None),
            items=tuple(item for _, item in run),
            style=style,
            start=run[0][0],
            delimiter=delimiter,
            tight=tight,
        )
        for index, run in enumerate(runs)
    ]


def start_of(element: Element, default: int = 1) -> int:
    """Return the number of the first item of a list."""
    return _number(element.get("start"), default)


def _number(written: str, default: int) -> int:
    return int(written) if _NUMBER.fullmatch(written) else default


def numbering_of(element: Element) -> tuple[m.ListStyle, m.ListDelimiter]:
    """Return the numbering of a list: by its style, the classes that the exporter writes, or its type."""
    default = m.ListStyle.DECIMAL, m.ListDelimiter.PERIOD
    if declaration := _CSS_TYPE.search(element.get("style")):
        return _CSS.get(declaration[1].lower(), default)
    if counter := next((name for name in element.classes if name in _COUNTERS), None):
        return _COUNTERS[counter]
    return _STYLES.get(element.get("type") or "1", m.ListStyle.DECIMAL), m.ListDelimiter.PERIOD


def terms_and_definitions(element: Element) -> Iterator[Element]:
    """Yield the terms and definitions of a `dl`, including those in groups (HTML 4.4.9)."""
    for child in element.elements():
        if child.tag in ("dt", "dd"):
            yield child
        elif child.tag == "div":
            yield from (inner for inner in child.elements() if inner.tag in ("dt", "dd"))


def read_definitions(reader: Reader, element: Element, at: m.At, depth: int) -> Sequence[Flat]:
    """Return a definition list; content of a `dl` outside of terms and definitions follows it."""
    groups: list[tuple[list[m.Term], list[m.Definition]]] = []
    for child in terms_and_definitions(element):
        if child.tag == "dt":
            if not groups or groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(m.Term(at=reader.at(child), children=reader.inlines(child, depth + 1)))
        else:
            if not groups:
                groups.append(([], []))
            groups[-1][1].append(m.Definition(at=reader.at(child), children=reader.blocks(child, depth + 1)))
    items = [
        m.DefinitionItem(
            at=m.At(source=(terms[0] if terms else definitions[0]).at.source),
            terms=tuple(terms),
            definitions=tuple(definitions),
        )
        for terms, definitions in groups
    ]
    others = [child for child in element.elements() if child.tag not in ("dt", "dd", "div") and not child.is_blank()]
    rest = reader.flow(Element("div", {}, element.line, list(others)), depth) if others else []
    return (*((m.DefinitionList(at=at, items=tuple(items)),) if items else ()), *rest)
