"""What styles say, each with what it takes over from those it is based on (ISO/IEC 29500-1, 17.7)."""

from __future__ import annotations

import re
from typing import NamedTuple

from exporter.inspect.docx.namespaces import name
from exporter.inspect.docx.package import Element

BODY_TEXT = 9
"""The outline level that says: not a heading (17.3.1.20)."""
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_HEADING = re.compile(r"heading ([1-9])$")
_NAMED = {"dark1": "dk1", "text1": "dk1", "light1": "lt1", "background1": "lt1", "dark2": "dk2", "text2": "dk2"} | {
    "light2": "lt2",
    "background2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


class RunStyle(NamedTuple):
    """What a run looks like, as far as it is said."""

    colour: str | None = None
    """Six hexadecimal digits."""
    background: str | None = None
    hidden: bool | None = None

    def over(self, below: RunStyle) -> RunStyle:
        """Return these looks, with those of `below` where nothing is said."""
        colour, ground = self.colour or below.colour, self.background or below.background
        return RunStyle(colour, ground, below.hidden if self.hidden is None else self.hidden)


class Styles:
    """The styles of a document; those of a broken one go round in circles no longer than once."""

    def __init__(self, root: Element | None, theme: Element | None) -> None:
        self._colours = _scheme(theme)
        self._styles: dict[str, Element] = {}
        self._looks: dict[str, RunStyle] = {}
        self.default_paragraph = ""
        self.languages: dict[str, str] = {}
        """Language of the document by kind of script: val, bidi, eastAsia (17.3.2.20)."""
        self.defaults = RunStyle()
        if root is None:
            return
        for style in root.iter(name("style")):
            identifier = style.get(name("styleId")) or ""
            self._styles.setdefault(identifier, style)
            if style.get(name("type")) == "paragraph" and style.get(name("default")) in {"1", "true", "on"}:
                self.default_paragraph = identifier
        defaults = root.find(f"{name('docDefaults')}/{name('rPrDefault')}/{name('rPr')}")
        if defaults is not None:
            self.defaults = self.looks(defaults)
        for run in (defaults, *(style.find(name("rPr")) for style in reversed(self.chain(self.default_paragraph)))):
            language = run.find(name("lang")) if run is not None else None
            if language is not None:
                kinds = ("val", "bidi", "eastAsia")
                self.languages |= {kind: said for kind in kinds if (said := language.get(name(kind)))}

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._styles

    def chain(self, identifier: str) -> list[Element]:
        """Return a style and those it is based on, the nearest first."""
        found: list[Element] = []
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            found.append(self._styles[identifier])
            based = found[-1].find(name("basedOn"))
            identifier = (based.get(name("val")) or "") if based is not None else ""
        return found

    def called(self, identifier: str) -> str:
        """Return the name of a style in small letters: Word's own names are English in every language."""
        style = self._styles.get(identifier)
        element = style.find(name("name")) if style is not None else None
        return ((element.get(name("val")) or "") if element is not None else "").casefold()

    def level(self, identifier: str) -> int:
        """Return the level of heading that a style has, from 1; 0 for none."""
        for style in self.chain(identifier):
            outline = style.find(f"{name('pPr')}/{name('outlineLvl')}")
            if outline is not None:
                return outline_level(outline)
            heading = _HEADING.match(self.called(style.get(name("styleId")) or ""))
            if heading:
                return int(heading[1])
        return 0

    def numbered(self, identifier: str) -> bool:
        """Return whether a style makes its paragraphs items of a list."""
        return any(style.find(f"{name('pPr')}/{name('numPr')}") is not None for style in self.chain(identifier))

    def of(self, identifier: str) -> RunStyle:
        """Return the looks that a style gives."""
        if identifier not in self._looks:
            looks = RunStyle()
            for style in self.chain(identifier):
                looks = looks.over(self.looks(style.find(name("rPr"))))
                looks = looks.over(RunStyle(background=self.ground(style.find(name("pPr")))))
            self._looks[identifier] = looks
        return self._looks[identifier]

    def looks(self, properties: Element | None) -> RunStyle:
        """Return the looks that properties of a run say themselves (17.3.2.28)."""
        if properties is None:
            return RunStyle()
        colour = properties.find(name("color"))
        vanish = properties.find(name("vanish"))
        ground = self.ground(properties)
        marked = properties.find(name("highlight"))
        if marked is not None:
            ground = _HIGHLIGHTS.get(marked.get(name("val")) or "", ground)
        said = None
        if colour is not None:
            # `auto` is black or white, whichever can be read (17.3.2.6).
            said = self._colour(colour, "val", "themeColor", "themeTint", "themeShade") or "auto"
        return RunStyle(said, ground, None if vanish is None else on(vanish))

    def ground(self, properties: Element | None) -> str | None:
        """Return the ground that properties of a paragraph, run or cell say (17.3.5)."""
        shade = properties.find(name("shd")) if properties is not None else None
        if shade is None:
            return None
        return self._colour(shade, "fill", "themeFill", "themeFillTint", "themeFillShade")

    def _colour(self, element: Element, plain: str, themed: str, tint: str, shade: str) -> str | None:
        value = element.get(name(plain)) or ""
        if _HEX.fullmatch(value):
            # Word keeps here what the theme comes to.
            return value.upper()
        scheme = element.get(name(themed))
        base = self._colours.get(_NAMED.get(scheme or "", scheme or ""))
        if base is None:
            return None
        parts = [int(base[place : place + 2], 16) for place in (0, 2, 4)]
        if (light := element.get(name(tint))) is not None:
            parts = [round(255 - (255 - part) * int(light, 16) / 255) for part in parts]
        if (dark := element.get(name(shade))) is not None:
            parts = [round(part * int(dark, 16) / 255) for part in parts]
        return "".join(f"{part:02X}" for part in parts)


def on(element: Element | None) -> bool:
    """Return whether a switch is there and not turned off (17.17.4)."""
    return element is not None and element.get(name("val")) not in {"0", "false", "off"}


def outline_level(element: Element) -> int:
    """Return the level of heading that `outlineLvl` says, from 1; 0 for body text."""
    value = element.get(name("val")) or ""
    return int(value) + 1 if value.isdigit() and int(value) < BODY_TEXT else 0


def _scheme(theme: Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    scheme = next(theme.iter(name("a:clrScheme")), None) if theme is not None else None
    for entry in scheme if scheme is not None else ():
        colour = entry[0] if len(entry) else None
        value = (colour.get("lastClr") or colour.get("val") or "") if colour is not None else ""
        if isinstance(entry.tag, str) and _HEX.fullmatch(value):
            found[entry.tag.rpartition("}")[2]] = value.upper()
    return found
