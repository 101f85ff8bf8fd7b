"""Numbering: the levels of lists, and the numbers of their items (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

import msgspec

from exporter.inspect.docx.number_formats import format_number
from exporter.inspect.docx.xml import VAL, Element, child_value, first_choices, is_on, length, name, number
from exporter.model import ListDelimiter, ListStyle

FORMATS = {
    ListStyle.BULLET: "bullet",
    ListStyle.DECIMAL: "decimal",
    ListStyle.LOWER_ALPHA: "lowerLetter",
    ListStyle.UPPER_ALPHA: "upperLetter",
    ListStyle.LOWER_ROMAN: "lowerRoman",
    ListStyle.UPPER_ROMAN: "upperRoman",
}
"""Formats of numbers by the styles of lists (17.18.59)."""
_STYLES = {format_: style for style, format_ in FORMATS.items()} | {"none": ListStyle.BULLET}
_PLACEHOLDER = re.compile(r"%([1-9])")
_SIMPLE = re.compile(r"[\s(]*%[1-9][\s.)]*")
_LEVELS = 9
_LONGEST = 300
"""Characters of the text of a level."""


class Level(msgspec.Struct, frozen=True):
    """A level of a list (17.9.6)."""

    format: str
    """The number format of the file, such as `lowerLetter`."""
    start: int
    text: str
    """Text before the item, with `%1` for the number of level 1."""
    left: int
    """Indent of the text in twentieths of a point."""
    picture: bool = False
    """Whether an image replaces the bullet."""
    font: str = ""
    """Font of the number or bullet; "" if it is that of the text."""
    hidden: bool = False
    """Whether the number or bullet is hidden."""
    first: int = 0
    """Indent of the first line, beyond that of the text."""
    restarts: int = 0
    """The number starts again after an item of a level above this one (17.9.10 lvlRestart)."""
    is_legal: bool = False
    """Whether the numbers of all levels are decimal (17.9.4 isLgl)."""

    @property
    def style(self) -> ListStyle:
        """The nearest list style of the model."""
        return _STYLES.get(self.format, ListStyle.DECIMAL)

    @property
    def delimiter(self) -> ListDelimiter:
        """The punctuation around the number."""
        *before, after = _PLACEHOLDER.split(unicodedata.normalize("NFKC", self.text))
        if ")" not in after:
            return ListDelimiter.PERIOD
        return ListDelimiter.PARENTHESES if "(" in "".join(before) else ListDelimiter.PARENTHESIS

    @property
    def is_plain(self) -> bool:
        """Whether items have neither number nor bullet."""
        return self.hidden or not (self.text.strip() or self.picture)

    @property
    def is_text(self) -> bool:
        """Whether the number is not one of a list: it has words, as in "Article 1", or those of other levels: 2.1."""
        around = _PLACEHOLDER.sub("", self.text)
        has_words = not self.hidden and any(map(str.isalpha, around))
        return self.format != "bullet" and (has_words or len(_PLACEHOLDER.findall(self.text)) > 1)

    @property
    def has_other_signs(self) -> bool:
        """Whether there is more than a period or parentheses around the number, as in [1], or a zero before it."""
        is_simple = _SIMPLE.fullmatch(unicodedata.normalize("NFKC", self.text)) and self.format != "decimalZero"
        return self.style is not ListStyle.BULLET and not is_simple


class Number(msgspec.Struct, frozen=True):
    """The number of a list item."""

    instance: int
    depth: int
    """From 0."""
    level: Level
    value: int
    label: str
    """Text that Word shows before the item."""
    unknown_format: str = ""
    """A number format in it that is replaced by digits, because what Word shows is unknown."""


class Numbering:
    """The lists of a document, with counters that advance item by item.

    Args:
        root: The numbering part, or None if there is none.
        styles: The styles part, or None if there is none.
    """

    def __init__(self, root: Element | None, styles: Element | None = None) -> None:
        self._definitions: dict[str, Element] = {}
        self._instances: dict[int, Element] = {}
        self._by_style: dict[str, str] = {}
        self._levels: dict[tuple[int, int], Level | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[int, int]] = set()
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

    def bullets(self, instances: Iterable[int]) -> frozenset[tuple[str, str]]:
        """Return the characters of the bullets of lists with their fonts."""
        levels = (self.level(instance, depth) for instance in instances for depth in range(_LEVELS))
        return frozenset((level.text, level.font) for level in levels if level and level.format == "bullet")

    def level(self, instance: int, depth: int) -> Level | None:
        """Return a level of a list, or None if it is undefined and Word shows plain paragraphs."""
        key = (instance, min(max(depth, 0), _LEVELS - 1))
        if key not in self._levels:
            self._levels[key] = self._read_level(*key)
        return self._levels[key]

    def next_number(self, instance: int, depth: int, language: str = "") -> Number | None:
        """Return the number of the next item and advance the counter; return None if the list is undefined.

        Args:
            instance: The list.
            depth: The level, from 0.
            language: Of the item, for numbers in words.
        """
        level = self.level(instance, depth)
        if level is None:
            return None
        depth = min(max(depth, 0), _LEVELS - 1)
        counts = self._counts.setdefault(self._definition_id(instance), {})
        if self._restarts(instance, depth):
            counts[depth] = level.start
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = level.start
        for deeper in [other for other in counts if other > depth]:
            below = self.level(instance, deeper)
            if below is None or depth < below.restarts:
                del counts[deeper]
        return self._number(instance, level, depth, counts, language)

    def _restarts(self, instance: int, depth: int) -> bool:
        """Return whether this is the first item of an instance that overrides the start (17.9.27)."""
        if (instance, depth) in self._started:
            return False
        self._started.add((instance, depth))
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
        for _ in range(5):  # definitions may refer to each other in a circle
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
        levels = definition.findall(name("lvl")) if definition is not None else []
        basic = next((level for level in reversed(levels) if number(level.get(name("ilvl")), -1) == depth), None)
        if own is None and basic is None:
            return None
        kind = _first_value(own, basic, "numFmt", "format") or _first_value(own, basic, "numFmt") or "decimal"
        text = _first_value(own, basic, "lvlText")[:_LONGEST]
        start = _first_value(own, basic, "start")
        if override is not None and (restart := child_value(override, name("startOverride"))):
            start = restart
        defined = [element for element in (own, basic) if element is not None]
        picture = any(element.find(name("lvlPicBulletId")) is not None for element in defined)
        indents = [indent for element in defined for indent in element.findall(f"{name('pPr')}/{name('ind')}")]
        left = length(indents[0].get(name("left")) or indents[0].get(name("start"))) if indents else 0
        fonts = [font for element in defined for font in element.findall(f"{name('rPr')}/{name('rFonts')}")]
        font = fonts[0].get(name("ascii")) or fonts[0].get(name("hAnsi")) or "" if fonts else ""
        hidden = any(is_on(element.find(f"{name('rPr')}/{name('vanish')}")) for element in defined[:1])
        first = first_indent(indents[0]) if indents else None
        restarts = min(number(_first_value(own, basic, "lvlRestart"), depth), depth)
        is_legal = any(is_on(element.find(name("isLgl"))) for element in defined)
        kind = _legal(kind) if is_legal else kind
        return Level(kind, number(start), text, left, picture, font, hidden, first or 0, restarts, is_legal)

    def _number(self, instance: int, level: Level, depth: int, counts: Mapping[int, int], language: str) -> Number:
        unknown: list[str] = []

        def replacement(match: re.Match[str]) -> str:
            other_depth = int(match[1]) - 1
            other = level if other_depth == depth else self.level(instance, other_depth)
            if other is None or other_depth > depth:
                return ""
            kind = _legal(other.format) if level.is_legal else other.format
            value = counts.get(other_depth, other.start)
            shown = format_number(value, kind, language)
            if shown is None:
                unknown.append(kind)
            return str(value) if shown is None else shown

        label = "" if level.format == "bullet" else _PLACEHOLDER.sub(replacement, level.text)
        return Number(instance, depth, level, counts[depth], label, unknown[0] if unknown else "")


def _legal(kind: str) -> str:
    """Return a number format as legal numbering shows it: 01 stays as it is."""
    return kind if kind in ("bullet", "none", "decimalZero") else "decimal"


def first_indent(element: Element) -> int | None:
    """Return the indent of the first line beyond that of the text (17.3.1.12 ind), or None if there is none."""
    if hanging := element.get(name("hanging")):
        return -length(hanging)
    first = element.get(name("firstLine"))
    return length(first) if first else None


def _first_value(own: Element | None, basic: Element | None, tag: str, attribute: str = "val") -> str:
    """Return the value of a property of the overriding level, or else of the level that it overrides."""
    for level in (own, basic):
        # A custom format is in a choice, whose fallback is another format.
        element = next(first_choices(level, tag), None) if level is not None else None
        if element is not None:
            return element.get(name(attribute)) or ""
    return ""


def _style_numbers(styles: Element | None) -> Mapping[str, int]:
    """Return the list instance of each numbering style."""
    instances: dict[str, int] = {}
    for style in styles.iter(name("style")) if styles is not None else ():
        if style.get(name("type")) == "numbering":
            instance = style.find(f"{name('pPr')}/{name('numPr')}/{name('numId')}")
            if instance is not None:
                instances[style.get(name("styleId")) or ""] = number(instance.get(VAL))
    return instances
