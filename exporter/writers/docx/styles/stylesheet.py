"""Styles part, adapted to the language, direction and paper size of the document (ECMA-376-1, 17.7)."""

from __future__ import annotations

from functools import cached_property

from exporter.inspect.docx.xml import name
from exporter.model import Direction
from exporter.writers.docx.inlines.direction import language_attributes
from exporter.writers.docx.styles.theme import Theme
from exporter.writers.docx.xml import Element, add, clean, make_element, properties_of

_EASY_READ_SCALE = 14 / 11
"""By how much letters are larger than those of other publications (Inclusion Europe, Information for all)."""
_EASY_READ_LINE = 372
"""Space of a line, in 240ths of its height."""
_EMPHASIS_DOTS = {"zh": "underDot", "ja": "dot"}
"""Where the dots stand that emphasise words, in languages without italics."""
HEADING_LEVELS = 9
LIST_LEVELS = 5
"""Levels with list styles in Word; deeper items have the style of the last one and are indented by their numbering."""


def adapt_for_easy_read(styles: Element) -> None:
    """Set letters of 14 points without serifs and without italics, and space between lines."""
    for fonts in styles.iter(name("rFonts")):
        for attribute, value in fonts.items():
            fonts.set(attribute, str(value).replace("minor", "major"))
    for tag in ("sz", "szCs"):
        for size in styles.iter(name(tag)):
            size.set(name("val"), str(round(int(size.get(name("val"), "0")) * _EASY_READ_SCALE)))
    for italic in list(styles.iter(name("i"))):
        run = italic.getparent()
        assert run is not None
        run.remove(italic)
        if run.find(name("b")) is None:
            run.insert(int(run.find(name("rFonts")) is not None), make_element("b"))
    for spacing in styles.iterfind(f"{name('docDefaults')}//{name('spacing')}"):
        spacing.set(name("line"), str(_EASY_READ_LINE))


class Stylesheet:
    """The styles part, with access to the properties that the writers need."""

    def __init__(self, element: Element, theme: Theme) -> None:
        self.element = element
        self._theme = theme
        self._codes: dict[str, str] = {}
        self._before: dict[str, int] = {}
        self._indents: dict[str, tuple[int, int]] = {}

    def colour(self, colour_name: str) -> str:
        """Return a colour of the theme, such as `rule`, as six hexadecimal digits."""
        return self._theme.colours[colour_name]

    def code_style(self, syntax: str) -> str:
        """Return the style for code in a syntax; add it if it is new (17.7.4.17 style)."""
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

    def adapt(self, *, language: str, direction: Direction, width: int, own_headers: bool = True) -> None:
        """Set the language (17.7.5.5 docDefaults), the direction and the right tab stops.

        Args:
            language: BCP 47 tag of the text; empty sets none.
            direction: Its direction.
            width: Of the text, in twentieths of a point.
            own_headers: Whether the default header and footer are used.
        """
        for element in list(self.element.iter(name("lang"))):
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
        if language:
            attributes = language_attributes(language, rtl=False)
            if direction is Direction.RTL:
                attributes |= language_attributes(language, rtl=True)
            self._default_run().append(make_element("lang", attributes))
        if direction is Direction.RTL:
            self._mirror_borders()
        if dot := _EMPHASIS_DOTS.get(language.partition("-")[0].lower()):
            self._replace_italics(dot)
        own_prefixes = ("TOC", "Header", "Footer") if own_headers else ("TOC",)
        for style in self.element.iter(name("style")):
            if (style.get(name("styleId")) or "").startswith(own_prefixes):
                for tab in style.iter(name("tab")):
                    if tab.get(name("val")) == "right":
                        tab.set(name("pos"), str(width))

    def _default_run(self) -> Element:
        """Return the default properties of runs."""
        element = self.element
        for tag in ("docDefaults", "rPrDefault", "rPr"):
            child = element.find(name(tag))
            if child is None:
                child = make_element(tag)
                element.insert(0, child)
            element = child
        return element

    def _replace_italics(self, dot: str) -> None:
        """Set emphasis by dots and no italics, which the script does not have (17.3.2.12 em)."""
        for italic in list(self.element.iter(name("i"))):
            run = italic.getparent()
            assert run is not None
            run.remove(italic)
        if (emphasis := self._styles.get("Emphasis")) is not None:
            properties_of(emphasis, "rPr").append(make_element("em", {"val": dot}))

    def _mirror_borders(self) -> None:
        """Swap left and right paragraph borders, which are physical sides, for right-to-left text (17.3.1.17)."""
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

    def _paragraph_property(self, style: str, tag: str) -> Element | None:
        """Return a paragraph property of a style or of its nearest base style, or None if there is none."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style].find(f"{name('pPr')}/{name(tag)}")
            if element is not None:
                return element
            based = self._styles[style].find(name("basedOn"))
            style = (based.get(name("val")) or "") if based is not None else ""
        return None

    def space_before(self, style: str) -> int:
        """Return the space before a paragraph of a style, in twentieths of a point."""
        if style not in self._before:
            spacing = self._paragraph_property(style, "spacing")
            self._before[style] = _length(spacing, "before")
        return self._before[style]

    def indents(self, style: str) -> tuple[int, int]:
        """Return the left and right indent of a paragraph style, in twentieths of a point."""
        if style not in self._indents:
            indent = self._paragraph_property(style, "ind")
            self._indents[style] = (_length(indent, "left", "start"), _length(indent, "right", "end"))
        return self._indents[style]

    def box_format(self, style: str) -> tuple[Element | None, Element | None]:
        """Return border (17.3.1.24) and shading (17.3.1.31) of a paragraph style or its base styles."""
        return self._paragraph_property(style, "pBdr"), self._paragraph_property(style, "shd")


def _length(element: Element | None, *attributes: str) -> int:
    """Return a length in twentieths of a point, or 0 if it is missing or in another unit."""
    for attribute in attributes:
        value = (element.get(name(attribute)) or "") if element is not None else ""
        if value.lstrip("-").isdigit():
            return int(value)
    return 0
