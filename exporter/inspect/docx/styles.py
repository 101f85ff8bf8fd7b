"""Styles with what they inherit, and the colours of text (ISO/IEC 29500-1, 17.7)."""

from __future__ import annotations

import re
from typing import NamedTuple

from exporter.inspect.docx.xml import VAL, Element, child_value, is_on, name

BODY_TEXT = 9
"""The outline level of text that is no heading (17.3.1.20)."""
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_HEADING = re.compile(r"heading ([1-9])$")
_THEME_COLOURS = {
    "dark1": "dk1", "text1": "dk1", "light1": "lt1", "background1": "lt1", "dark2": "dk2", "text2": "dk2",
    "light2": "lt2", "background2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


class RunStyle(NamedTuple):
    """Colours and visibility of a run; None where they are inherited."""

    colour: str | None = None
    """Six hexadecimal digits, or `auto`."""
    background: str | None = None
    hidden: bool | None = None

    def over(self, base: RunStyle) -> RunStyle:
        """Return this style, with the values of `base` where it has none."""
        hidden = base.hidden if self.hidden is None else self.hidden
        return RunStyle(self.colour or base.colour, self.background or base.background, hidden)


class Styles:
    """The styles of a document.

    Args:
        root: The styles part, or None if there is none.
        theme: The theme part, which defines colours, or None if there is none.
    """

    def __init__(self, root: Element | None, theme: Element | None = None) -> None:
        self._colours = _colour_scheme(theme)
        self._elements: dict[str, Element] = {}
        self._run_styles: dict[str, RunStyle] = {}
        self.default_paragraph = ""
        self.default_run: Element | None = None
        """Run properties of the document's defaults (17.7.5.5)."""
        self.languages: dict[str, str] = {}
        """Languages of the document by kind of script: val, bidi, eastAsia (17.3.2.20)."""
        if root is None:
            return
        for style in root.iter(name("style")):
            identifier = style.get(name("styleId")) or ""
            self._elements.setdefault(identifier, style)
            if style.get(name("type")) == "paragraph" and style.get(name("default")) in {"1", "true", "on"}:
                self.default_paragraph = identifier
        self.default_run = root.find(f"{name('docDefaults')}/{name('rPrDefault')}/{name('rPr')}")
        inherited = [style.find(name("rPr")) for style in reversed(self.chain(self.default_paragraph))]
        for run in (self.default_run, *inherited):
            language = run.find(name("lang")) if run is not None else None
            if language is not None:
                kinds = ("val", "bidi", "eastAsia")
                self.languages |= {kind: tag for kind in kinds if (tag := language.get(name(kind)))}

    @property
    def defaults(self) -> RunStyle:
        """The style of runs that have none."""
        return self.run_style(self.default_run)

    def element(self, identifier: str) -> Element | None:
        """Return a style, or None if the document does not define it."""
        return self._elements.get(identifier)

    def lineage(self, identifier: str) -> list[str]:
        """Return the identifiers of a style and of those it is based on, nearest first (17.7.4.3).

        The last one may be undefined.
        """
        identifiers: dict[str, None] = {}
        while identifier and identifier not in identifiers:
            identifiers[identifier] = None
            identifier = child_value(self._elements.get(identifier), name("basedOn"))
        return list(identifiers)

    def chain(self, identifier: str) -> list[Element]:
        """Return a style and those it is based on, nearest first, as far as they are defined."""
        return [self._elements[key] for key in self.lineage(identifier) if key in self._elements]

    def name_of(self, identifier: str) -> str:
        """Return the name of a style, or "" if it has none; built-in names are English in every language."""
        return child_value(self._elements.get(identifier), name("name"))

    def level(self, identifier: str) -> int:
        """Return the heading level of a style, from 1; 0 if it is no heading."""
        for style in self.chain(identifier):
            outline = style.find(f"{name('pPr')}/{name('outlineLvl')}")
            if outline is not None:
                return outline_level(outline)
            heading = _HEADING.match(child_value(style, name("name")).casefold())
            if heading:
                return int(heading[1])
        return 0

    def is_numbered(self, identifier: str) -> bool:
        """Return whether paragraphs of a style are items of a list."""
        return any(style.find(f"{name('pPr')}/{name('numPr')}") is not None for style in self.chain(identifier))

    def of(self, identifier: str) -> RunStyle:
        """Return the run style that a style defines, with what it inherits."""
        if identifier not in self._run_styles:
            result = RunStyle()
            for style in self.chain(identifier):
                result = result.over(self.run_style(style.find(name("rPr"))))
                result = result.over(RunStyle(background=self.background(style.find(name("pPr")))))
            self._run_styles[identifier] = result
        return self._run_styles[identifier]

    def run_style(self, properties: Element | None) -> RunStyle:
        """Return the run style that run properties define themselves (17.3.2.28)."""
        if properties is None:
            return RunStyle()
        colour_element = properties.find(name("color"))
        vanish = properties.find(name("vanish"))
        background = self.background(properties)
        highlight = properties.find(name("highlight"))
        if highlight is not None:
            background = _HIGHLIGHTS.get(highlight.get(VAL) or "", background)
        colour = None
        if colour_element is not None:
            # `auto` is black or white, whichever contrasts more (17.3.2.6).
            colour = self._colour(colour_element, "val", "themeColor", "themeTint", "themeShade") or "auto"
        return RunStyle(colour, background, None if vanish is None else is_on(vanish))

    def background(self, properties: Element | None) -> str | None:
        """Return the shading colour in properties of a paragraph, run or cell, or None (17.3.5)."""
        shading = properties.find(name("shd")) if properties is not None else None
        if shading is None:
            return None
        return self._colour(shading, "fill", "themeFill", "themeFillTint", "themeFillShade")

    def _colour(self, element: Element, plain: str, themed: str, tint: str, shade: str) -> str | None:
        value = element.get(name(plain)) or ""
        if _HEX.fullmatch(value):
            # Word writes the resolved theme colour here, too.
            return value.upper()
        scheme = element.get(name(themed))
        base = self._colours.get(_THEME_COLOURS.get(scheme or "", scheme or ""))
        if base is None:
            return None
        channels = _channels(base)
        if (light := element.get(name(tint))) is not None:
            channels = [round(255 - (255 - channel) * int(light, 16) / 255) for channel in channels]
        if (dark := element.get(name(shade))) is not None:
            channels = [round(channel * int(dark, 16) / 255) for channel in channels]
        return "".join(f"{channel:02X}" for channel in channels)


def outline_level(element: Element) -> int:
    """Return the heading level of an `outlineLvl`, from 1; 0 for body text."""
    value = element.get(VAL) or ""
    return int(value) + 1 if value.isdigit() and int(value) < BODY_TEXT else 0


def _channels(colour: str) -> list[int]:
    return [int(colour[index : index + 2], 16) for index in (0, 2, 4)]


def _colour_scheme(theme: Element | None) -> dict[str, str]:
    """Return the colours of a theme by name, such as `dk1` (20.1.6.2)."""
    colours: dict[str, str] = {}
    scheme = next(theme.iter(name("a:clrScheme")), None) if theme is not None else None
    for entry in scheme if scheme is not None else ():
        colour = entry[0] if len(entry) else None
        value = (colour.get("lastClr") or colour.get("val") or "") if colour is not None else ""
        if isinstance(entry.tag, str) and _HEX.fullmatch(value):
            colours[entry.tag.rpartition("}")[2]] = value.upper()
    return colours
