"""Numbering definitions, and an instance for each list, with its start number (ECMA-376-1, 17.9)."""

from __future__ import annotations

from exporter.inspect.docx.numbering import FORMATS
from exporter.inspect.docx.xml import name
from exporter.model import List, ListDelimiter, ListStyle
from exporter.model.list_numbers import marker, sign_of
from exporter.writers.docx.xml import Element, add, add_properties

LEVELS = 9
"""Levels of a Word list (17.9.6)."""
STEP = 397
"""Indent of each level, in twentieths of a point."""

_BULLETS = "•–"
_NO_BULLET = "\u200b"
"""Before items that begin with a box or tick; without any text of its level, a list is no list to programs."""
_NARROW_CHARACTERS = frozenset("ijl().")
_NARROW_WIDTH, _WIDE_WIDTH, _GAP = 70, 140, 30
"""Width of narrow and other characters in a wide font, and of the space after them, in twentieths of a point."""
_NUMBERS = (ListStyle.DECIMAL, ListStyle.LOWER_ALPHA, ListStyle.LOWER_ROMAN)


class Numbering:
    """Writer of the numbering part."""

    def __init__(self, element: Element, colour: str) -> None:
        self._element = element
        self._colour = colour
        """Colour of bullets and numbers, six hexadecimal digits."""
        self._definitions: list[Element] = []
        self._instances: list[Element] = []
        self._first_definition, self._first_instance = 0, 1

    def keep_reference_lists(self, definitions: list[Element], instances: list[Element]) -> None:
        """Copy the lists that styles use, with their numbers, before any list is added."""
        self._definitions, self._instances = [*definitions], [*instances]
        self._first_definition = _next_free(definitions, "abstractNumId") - len(definitions)
        self._first_instance = max(_next_free(instances, "numId"), 1) - len(instances)

    def add_definition(self, outermost: ListStyle) -> int:
        """Add a definition for a list and those nested in it (17.9.1 abstractNum); return its number."""
        number = self._first_definition + len(self._definitions)
        definition = self._detached("abstractNum", {"w:abstractNumId": number})
        add(definition, "nsid", {"w:val": f"{0x10000000 + number * 0x1F3:08X}"})
        add(definition, "multiLevelType", {"w:val": "hybridMultilevel"})
        add(definition, "tmpl", {"w:val": f"{0x20000000 + number * 0x1F3:08X}"})
        for level in range(LEVELS):
            style = outermost
            if level and outermost is not ListStyle.BULLET:
                style = _NUMBERS[level % len(_NUMBERS)]
            _add_level(definition, level, style, self._colour, text=_level_text(style, level))
        self._definitions.append(definition)
        return number

    def add_list(self, definition: int, node: List, level: int) -> int:
        """Add an instance (17.9.15 num) that starts at the first number of the list; return its number, from 1."""
        number = self._first_instance + len(self._instances)
        instance = self._detached("num", {"w:numId": number})
        add(instance, "abstractNumId", {"w:val": definition})
        override = add(instance, "lvlOverride", {"w:ilvl": level})
        numbered = node.style is not ListStyle.BULLET
        add(override, "startOverride", {"w:val": max(node.start, 0) if numbered else 1})
        text = (
            _NO_BULLET
            if not numbered and all(map(sign_of, node.items))
            else _level_text(node.style, level, node.delimiter)
        )
        start = node.start if numbered else 1
        _add_level(override, level, node.style, self._colour, text=text, start=start, hanging=_hanging_indent(node))
        self._instances.append(instance)
        return number

    def finish(self) -> None:
        """Append the definitions, then the instances, in schema order."""
        self._element.extend(self._definitions)
        self._element.extend(self._instances)

    def _detached(self, tag: str, attributes: dict[str, object]) -> Element:
        child = add(self._element, tag, attributes)
        self._element.remove(child)
        return child


def _next_free(elements: list[Element], attribute: str) -> int:
    """Return the number after the highest of these elements."""
    numbers = [element.get(name(f"w:{attribute}")) or "" for element in elements]
    return max((int(number) for number in numbers if number.isdigit()), default=-1) + 1


def _hanging_indent(node: List) -> int:
    """Return the hanging indent for the longest number of a list, in twentieths of a point."""
    labels = (marker(node, index) for index in range(len(node.items)))
    widest = max(
        (
            sum(_NARROW_WIDTH if character in _NARROW_CHARACTERS else _WIDE_WIDTH for character in label)
            for label in labels
        ),
        default=0,
    )
    return STEP if widest + _GAP <= STEP else widest + 2 * _GAP


def _level_text(style: ListStyle, level: int, delimiter: ListDelimiter = ListDelimiter.PERIOD) -> str:
    """Return the text of the bullets or numbers of a level (17.9.11 lvlText)."""
    if style is ListStyle.BULLET:
        return _BULLETS[level % len(_BULLETS)]
    return delimiter.around(f"%{level + 1}")


def _add_level(
    parent: Element, level: int, style: ListStyle, colour: str, *, text: str, start: int = 1, hanging: int = STEP
) -> None:
    """Append a level (17.9.6)."""
    element = add(parent, "lvl", {"w:ilvl": level})
    add(element, "start", {"w:val": max(start, 0)})
    add(element, "numFmt", {"w:val": FORMATS[style]})
    add(element, "lvlText", {"w:val": text})
    add(element, "lvlJc", {"w:val": "left"})
    left = STEP * (level + 1)
    add_properties(element, "pPr", {"ind": {"left": left, "hanging": hanging}})
    add_properties(element, "rPr", {"color": colour})
