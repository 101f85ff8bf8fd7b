"""Numbering: which paragraphs are items, what stands before each, and where its count stands (17.9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import msgspec

from exporter.model import ListDelimiter, ListStyle
from exporter.readers.docx.xml import VAL, Element, child_value, length, name, number

_FORMATS = {
    "bullet": ListStyle.BULLET,
    "decimal": ListStyle.DECIMAL,
    "decimalZero": ListStyle.DECIMAL,
    "lowerLetter": ListStyle.LOWER_ALPHA,
    "upperLetter": ListStyle.UPPER_ALPHA,
    "lowerRoman": ListStyle.LOWER_ROMAN,
    "upperRoman": ListStyle.UPPER_ROMAN,
}
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
_ROMANS = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


class Level(msgspec.Struct, frozen=True):
    """A level of a list (17.9.6)."""

    format: str
    """As the file says it, such as `lowerLetter`."""
    start: int
    text: str
    """What stands before the item, with `%1` for the number of level 1."""
    left: int
    """How far in the text stands, in twentieths of a point."""
    picture: bool = False
    """Whether a picture stands before the item."""

    @property
    def style(self) -> ListStyle:
        """The nearest style of the tree."""
        return _FORMATS.get(self.format, ListStyle.DECIMAL)

    @property
    def delimiter(self) -> ListDelimiter:
        """What stands around the number, so far as the tree knows it."""
        *before, after = _PLACEHOLDER.split(unicodedata.normalize("NFKC", self.text))
        if ")" not in after:
            return ListDelimiter.PERIOD
        return ListDelimiter.PARENTHESES if "(" in "".join(before) else ListDelimiter.PARENTHESIS

    @property
    def is_plain(self) -> bool:
        """Whether nothing stands before the item."""
        return self.format in ("none", "bullet") and not self.text.strip() and not self.picture

    @property
    def has_words(self) -> bool:
        """Whether words stand before the item besides its number, such as "Article 1"."""
        return self.format != "bullet" and any(map(str.isalpha, _PLACEHOLDER.sub("", self.text)))

    @property
    def is_compound(self) -> bool:
        """Whether the numbers of other levels stand before the item too, as in 2.1."""
        return self.format != "bullet" and len(_PLACEHOLDER.findall(self.text)) > 1


class Number(msgspec.Struct, frozen=True):
    """An item's place in its list."""

    instance: int
    depth: int
    """From 0."""
    level: Level
    value: int
    label: str
    """What Word shows before the item."""


class Numbering:
    """The lists of a document, counting while their items are met."""

    def __init__(self, root: Element | None, styles: Element | None) -> None:
        self._definitions: dict[str, Element] = {}
        self._instances: dict[int, Element] = {}
        self._by_style: dict[str, str] = {}
        self._levels: dict[tuple[int, int], Level | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()
        self._links: Mapping[str, int] = {}
        if root is None:
            return
        for element in root.iter(name("abstractNum")):
            identifier = element.get(name("abstractNumId")) or ""
            self._definitions[identifier] = element
            if link := child_value(element, name("styleLink")):
                self._by_style[link] = identifier
        for element in root.iter(name("num")):
            self._instances[number(element.get(name("numId")), -1)] = element
        self._links = _style_numbers(styles)

    def level(self, instance: int, depth: int) -> Level | None:
        """Return a level of a list; None where nothing defines it, so that Word shows plain paragraphs."""
        place = (instance, min(max(depth, 0), _LEVELS - 1))
        if place not in self._levels:
            self._levels[place] = self._read_level(*place)
        return self._levels[place]

    def meet(self, instance: int, depth: int) -> Number | None:
        """Count the next item and give its number; None where nothing defines the list."""
        level = self.level(instance, depth)
        if level is None:
            return None
        depth = min(max(depth, 0), _LEVELS - 1)
        counts = self._counts.setdefault(self._definition_id(instance), {})
        if self._starts_anew(instance, depth):
            counts[depth] = level.start
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = level.start
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return Number(instance, depth, level, counts[depth], self._label(instance, level, depth, counts))

    def _starts_anew(self, instance: int, depth: int) -> bool:
        """Return whether this is the first item of an instance that says where it starts (17.9.27)."""
        if (instance, depth) in self._begun:
            return False
        self._begun.add((instance, depth))
        override = self._override(instance, depth)
        return override is not None and override.find(name("startOverride")) is not None

    def _override(self, instance: int, depth: int) -> Element | None:
        element = self._instances.get(instance)
        for override in element.iter(name("lvlOverride")) if element is not None else ():
            if number(override.get(name("ilvl")), -1) == depth:
                return override
        return None

    def _definition_id(self, instance: int) -> str:
        element = self._instances.get(instance)
        identifier = child_value(element, name("abstractNumId"))
        for _ in range(5):  # definitions that lead to each other in a circle
            definition = self._definitions.get(identifier)
            link = child_value(definition, name("numStyleLink"))
            if not link:
                break
            if link in self._by_style:
                identifier = self._by_style[link]
            elif link in self._links:
                identifier = child_value(self._instances.get(self._links[link]), name("abstractNumId"))
            else:
                break
        return identifier

    def _read_level(self, instance: int, depth: int) -> Level | None:
        override = self._override(instance, depth)
        own = override.find(name("lvl")) if override is not None else None
        definition = self._definitions.get(self._definition_id(instance))
        basic = None
        for element in definition.findall(name("lvl")) if definition is not None else ():
            if number(element.get(name("ilvl")), -1) == depth:
                basic = element
        if own is None and basic is None:
            return None
        kind = _said(own, basic, "numFmt") or "decimal"
        text = _said(own, basic, "lvlText")
        start = _said(own, basic, "start")
        if override is not None and (again := child_value(override, name("startOverride"))):
            start = again
        left = 0
        for said in (own, basic):
            indent = said.find(f"{name('pPr')}/{name('ind')}") if said is not None else None
            if indent is not None:
                left = length(indent.get(name("left")) or indent.get(name("start")))
                break
        picture = any(each is not None and each.find(name("lvlPicBulletId")) is not None for each in (own, basic))
        return Level(kind, number(start, 1), text, left, picture)

    def _label(self, instance: int, level: Level, depth: int, counts: Mapping[int, int]) -> str:
        def shown(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            if other > depth:
                return ""
            of_level = level if other == depth else self.level(instance, other)
            if of_level is None:
                return ""
            return shown_number(counts.get(other, of_level.start), of_level.format)

        return "" if level.format == "bullet" else _PLACEHOLDER.sub(shown, level.text)


def _said(own: Element | None, basic: Element | None, tag: str) -> str:
    for element in (own, basic):
        found = element.find(name(tag)) if element is not None else None
        if found is not None:
            return found.get(VAL) or ""
    return ""


def _style_numbers(styles: Element | None) -> Mapping[str, int]:
    """Return the list instance of each numbering style."""
    found: dict[str, int] = {}
    for style in styles.iter(name("style")) if styles is not None else ():
        if style.get(name("type")) == "numbering":
            instance = style.find(f"{name('pPr')}/{name('numPr')}/{name('numId')}")
            if instance is not None:
                found[style.get(name("styleId")) or ""] = number(instance.get(VAL))
    return found


def shown_number(value: int, kind: str) -> str:
    """Return a number as Word shows it in a format; in digits where the format is none of the usual ones."""
    match kind:
        case "lowerLetter" | "upperLetter" if 0 < value < 1000:
            # Word repeats the letter: a ... z, aa, bb (17.18.59).
            letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
            return letters.upper() if kind == "upperLetter" else letters
        case "lowerRoman" | "upperRoman" if 0 < value < 4000:
            rest, roman = value, ""
            for worth, letters in _ROMANS:
                while rest >= worth:
                    rest -= worth
                    roman += letters
            return roman.upper() if kind == "upperRoman" else roman
        case "decimalZero":
            return f"{value:02}"
        case "none":
            return ""
        case _:
            return str(value)
