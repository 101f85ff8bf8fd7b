"""Colours and fonts of a theme (`styles/themes/`), shared with the PDF."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from exporter.inspect.docx.xml import name
from exporter.writers import stylesheets
from exporter.writers.docx.xml import Element

_BLOCK = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COLOUR = re.compile(r"--([a-z-]+)\s*:\s*#([0-9A-Fa-f]{6})\s*;")
_THEME_FONTS = {"majorHAnsi": "sans", "minorHAnsi": "serif"}
"""Our fonts by their names in the theme part (ECMA-376-1, 17.18.96)."""
_FAMILIES = re.compile(r"--(serif|sans|mono)\s*:\s*([^;]+);")


class Theme(NamedTuple):
    """Colours and fonts by the names that styles use."""

    colours: dict[str, str]
    """Six hexadecimal digits by name, such as `accent`."""
    fonts: dict[str, str]
    """Font families of `serif`, `sans` and `mono`."""

    def apply(self, element: Element) -> None:
        """Replace names of colours and fonts in a styles or theme part."""
        colour, family = name("w:color"), name("w:val")
        for child in element.iter("*"):
            if child.tag == colour:
                self._colour(child, family)
            elif child.tag == name("a:srgbClr"):
                self._colour(child, "val")
            elif child.tag == name("a:latin"):
                child.set("typeface", self.fonts.get(child.get("typeface") or "", child.get("typeface") or ""))
            elif child.tag == name("rFonts"):
                self._name_fonts(child)
            else:
                self._colour(child, colour)
                self._colour(child, name("w:fill"))

    def _name_fonts(self, element: Element) -> None:
        """Name the fonts of the theme, too: LibreOffice replaces those that are named by others of the same kind.

        Word takes those of the theme (17.3.2.26).
        """
        family = self.fonts.get(_THEME_FONTS.get(element.get(name("asciiTheme")) or "", ""))
        if family:
            element.set(name("ascii"), family)
            element.set(name("hAnsi"), family)

    def _colour(self, element: Element, attribute: str) -> None:
        value = element.get(attribute)
        if value in self.colours:
            element.set(attribute, self.colours[value])


def load(styles: Path, theme: str) -> Theme:
    """Return a theme, completed by the values of the base theme.

    Raises:
        SettingsError: There is no such theme.
    """
    colours: dict[str, str] = {}
    fonts: dict[str, str] = {}
    for sheet in stylesheets.themes(styles, theme):
        for block in _BLOCK.findall(_COMMENT.sub("", sheet)):
            colours |= {key: value.upper() for key, value in _COLOUR.findall(block)}
            fonts |= {key: families.split(",")[0].strip(" \"'\n") for key, families in _FAMILIES.findall(block)}
    return Theme(colours, fonts)
