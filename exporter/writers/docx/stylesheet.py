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

    def colour(self, wish: str) -> str:
        """Give a colour of the theme, such as `rule`, as six hexadecimal digits."""
        return self._theme.colours[wish]

    def of_code(self, syntax: str) -> str:
        """Give the style of code in a notation, made when it is asked for first (17.7.4.17 style)."""
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
            self._indents[identifier] = self._indents["SourceCode"]
            self._before[identifier] = self._before["SourceCode"]
        return self._codes[syntax]

    def fit(self, *, language: str, direction: Direction, width: int) -> None:
        """Set the language (17.7.5.5 docDefaults), the direction and the right tab stops.

        Args:
            language: BCP 47 tag of the text; empty sets none.
            direction: Its direction.
            width: Of the text, in twentieths of a point.
        """
        run = self.element.find(f"{name('docDefaults')}/{name('rPrDefault')}/{name('rPr')}")
        assert run is not None
        if language:
            attributes = language_attributes(language, rtl=False)
            if direction is Direction.RTL:
                attributes |= language_attributes(language, rtl=True)
            run.append(make("lang", attributes))
        if direction is Direction.RTL:
            self._mirror_borders()
        for tab in self.element.iter(name("tab")):
            if tab.get(name("val")) == "right":
                tab.set(name("pos"), str(width))

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
    def _before(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for style in self.element.iter(name("style")):
            spacing = style.find(f"{name('pPr')}/{name('spacing')}")
            if spacing is not None:
                found[style.get(name("styleId")) or ""] = int(spacing.get(name("before")) or 0)
        return found

    def before(self, style: str) -> int:
        """Give the distance that a paragraph style keeps from what stands above it, in twentieths of a point."""
        return self._before.get(style, 0)

    @cached_property
    def _indents(self) -> dict[str, tuple[int, int]]:
        indents: dict[str, tuple[int, int]] = {}
        for style in self.element.iter(name("style")):
            element = style.find(f"{name('pPr')}/{name('ind')}")
            identifier = style.get(name("styleId")) or ""
            based = style.find(name("basedOn"))
            inherited = indents.get(based.get(name("val")) or "", (0, 0)) if based is not None else (0, 0)
            if element is None:
                indents[identifier] = inherited
            else:
                indents[identifier] = (int(element.get(name("left"), "0")), int(element.get(name("right"), "0")))
        return indents

    def indents(self, style: str) -> tuple[int, int]:
        """Give how far a paragraph style stands in from both edges of the text, in twentieths of a point."""
        return self._indents.get(style, (0, 0))

    def frame(self, style: str) -> tuple[Element | None, Element | None]:
        """Give border (17.3.1.24) and shading (17.3.1.31) of a paragraph style or of the one it is based on."""
        found: list[Element | None] = []
        for tag in ("pBdr", "shd"):
            element = self.element.find(f"{name('style')}[@{name('styleId')}='{style}']/{name('pPr')}/{name(tag)}")
            found.append(element)
        return found[0], found[1]
