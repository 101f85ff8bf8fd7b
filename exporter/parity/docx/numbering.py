"""The numbers before items of lists: what they look like and where they stand (ISO 29500-1, 17.9)."""

from __future__ import annotations

from typing import NamedTuple

from exporter.inspect.docx.namespaces import name
from exporter.inspect.docx.package import Element
from exporter.parity.content import list_step

_STYLES = {
    **{"bullet": "bullet", "decimal": "decimal", "lowerLetter": "lower-alpha", "upperLetter": "upper-alpha"},
    **{"lowerRoman": "lower-roman", "upperRoman": "upper-roman"},
}


class Level(NamedTuple):
    """What stands before the items of one level of a list."""

    style: str
    start: int
    step: str
    """Of the path of a passage in it."""


class Numbering:
    """The lists of a document; one that is not defined has items without numbers."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._levels: dict[tuple[str, int], Level] = {}
        if root is not None:
            for each in root.findall(name("abstractNum")):
                self._abstract.setdefault(each.get(name("abstractNumId")) or "", each)
            for each in root.findall(name("num")):
                self._lists.setdefault(each.get(name("numId")) or "", each)

    def level(self, number: str, depth: int) -> Level:
        """Return a level, from 0, of the list with an identifier."""
        key = (number, depth)
        if key not in self._levels:
            self._levels[key] = self._level(number, depth)
        return self._levels[key]

    def _level(self, number: str, depth: int) -> Level:
        instance = self._lists.get(number)
        if instance is None:
            return Level("undefined", 1, list_step("undefined", ""))
        override = _of(instance, "lvlOverride", depth)
        level = override.find(name("lvl")) if override is not None else None
        if level is None:
            abstract = self._abstract.get(_value(instance, "abstractNumId") or "")
            level = _of(abstract, "lvl", depth) if abstract is not None else None
        style = (_value(level, "numFmt") if level is not None else None) or "undefined"
        # What an instance of a list begins with goes before what its levels say (17.9.27).
        restart = _value(override, "startOverride") if override is not None else None
        start = restart or (_value(level, "start") if level is not None else None) or "1"
        text = (_value(level, "lvlText") if level is not None else None) or ""
        style = _STYLES.get(style, style)
        return Level(style, int(start) if start.isdigit() else 1, list_step(style, text))


def _of(parent: Element, tag: str, depth: int) -> Element | None:
    return next((each for each in parent.findall(name(tag)) if each.get(name("ilvl")) == str(depth)), None)


def _value(parent: Element, tag: str) -> str | None:
    element = parent.find(name(tag))
    return element.get(name("val")) if element is not None else None
