"""The styles part, fitted to the language, the direction and the paper of the document (ECMA-376-1, 17.7)."""

from __future__ import annotations

from functools import cached_property

from exporter.model import Direction
from exporter.writers.docx.direction import language_attributes
from exporter.writers.docx.theme import Theme
from exporter.writers.docx.xml import Element, add, clean, make, name

HEADING_LEVELS = 9
LIST_LEVELS = 5
"""Word has list styles for five levels; deeper items keep the fifth and are indented by their numbering."""


class Stylesheet:
    """What the writer needs to know of the styles, and what it sets in them."""

    def __init__(self, element: Element, theme: Theme) -> None:
        self.element = element
        self._theme = theme
        self._codes: dict[str, str] = {}
        self._before: dict[str, int] = {}
        self._indents: dict[str, tuple[int, int]] = {}

    def colour(self, wish: str) -> str:
        """Return a colour of the theme, such as `rule`, as six hexadecimal digits."""
        return self._theme.colours[wish]

    def of_code(self, syntax: str) -> str:
        """Return the style of code in a notation, made when it is asked for first (17.7.4.17 style)."""
        syntax = clean(syntax).strip()
        if not syntax:
            return "SourceCode"
        if syntax not in self._codes:
            identifier = f"SourceCode{len(self._codes) + 1}"
            style = add(self.element, "style", {"w:type": "paragraph", "w:customStyle": 1, "w:styleId": identifier})
            add(style, "name", {"w:val": f"Source Code ({syntax})"})
            add(style, "basedOn", {"w:val": "SourceCode"})
            add(style, "uiPriority", {"w:val": 34})
            self._codes[syntax] = identifier
            self._styles[identifier] = style
        return self._codes[syntax]

    def fit(self, *, language: str, direction: Direction, width: int, frame: bool = True) -> None:
        """Set the language (17.7.5.5 docDefaults), the direction and the right tab stops.

        Args:
            language: BCP 47 tag of the text; empty sets none.
            direction: Its direction.
            width: Of the text, in twentieths of a point.
            frame: Whether running head and foot are ours too.
        """
        for said in list(self.element.iter(name("lang"))):
            holder = said.getparent()
            assert holder is not None
            holder.remove(said)
        if language:
            attributes = language_attributes(language, rtl=False)
            if direction is Direction.RTL:
                attributes |= language_attributes(language, rtl=True)
            self._default_run().append(make("lang", attributes))
        if direction is Direction.RTL:
            self._mirror_borders()
        ours = ("TOC", "Header", "Footer") if frame else ("TOC",)
        for style in self.element.iter(name("style")):
            if (style.get(name("styleId")) or "").startswith(ours):
                for tab in style.iter(name("tab")):
                    if tab.get(name("val")) == "right":
                        tab.set(name("pos"), str(width))

    def _default_run(self) -> Element:
        """Return the default properties of runs."""
        found = self.element
        for tag in ("docDefaults", "rPrDefault", "rPr"):
            child = found.find(name(tag))
            if child is None:
                child = make(tag)
                found.insert(0, child)
            found = child
        return found

    def _mirror_borders(self) -> None:
        """Put bars on the other side: borders of paragraphs name the side of the paper, not of the line (17.3.1.17)."""
        for border in self.element.iter(name("pBdr")):
            left, right = border.find(name("left")), border.find(name("right"))
            if left is not None:
                left.tag = name("right")
            if right is not None:
                right.tag = name("left")
            order = [name(side) for side in ("top", "left", "bottom", "right")]
            border[:] = sorted(border, key=lambda side: order.index(str(side.tag)))

    @cached_property
    def _styles(self) -> dict[str, Element]:
        return {style.get(name("styleId")) or "": style for style in self.element.iter(name("style"))}

    def _said(self, style: str, tag: str) -> Element | None:
        """Return a paragraph property of a style, or of the nearest one that it is based on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            found = self._styles[style].find(f"{name('pPr')}/{name(tag)}")
            if found is not None:
                return found
            based = self._styles[style].find(name("basedOn"))
            style = (based.get(name("val")) or "") if based is not None else ""
        return None

    def before(self, style: str) -> int:
        """Return the distance that a paragraph style keeps from what stands above it, in twentieths of a point."""
        if style not in self._before:
            spacing = self._said(style, "spacing")
            self._before[style] = _length(spacing, "before")
        return self._before[style]

    def indents(self, style: str) -> tuple[int, int]:
        """Return how far a paragraph style stands in from both edges of the text, in twentieths of a point."""
        if style not in self._indents:
            indent = self._said(style, "ind")
            self._indents[style] = (_length(indent, "left", "start"), _length(indent, "right", "end"))
        return self._indents[style]

    def frame(self, style: str) -> tuple[Element | None, Element | None]:
        """Return border (17.3.1.24) and shading (17.3.1.31) of a paragraph style or of the one it is based on."""
        return self._said(style, "pBdr"), self._said(style, "shd")


def _length(element: Element | None, *attributes: str) -> int:
    """Return a length in twentieths of a point; 0 where it is not said or said in another unit."""
    for attribute in attributes:
        value = (element.get(name(attribute)) or "") if element is not None else ""
        if value.lstrip("-").isdigit():
            return int(value)
    return 0
