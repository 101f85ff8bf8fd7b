"""The colours and typefaces of a theme, which the PDF has too (`styles/themes/`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from exporter.errors import SettingsError
from exporter.writers.docx.xml import Element, name

HOUSE = "house"
_BLOCK = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COLOUR = re.compile(r"--([a-z-]+)\s*:\s*#([0-9A-Fa-f]{6})\s*;")
_FAMILIES = re.compile(r"--(serif|sans|mono)\s*:\s*([^;]+);")


class Theme(NamedTuple):
    """What styles may name instead of a colour or a typeface."""

    colours: dict[str, str]
    """Six hexadecimal digits by name, such as `accent`."""
    typefaces: dict[str, str]
    """Family of `serif`, `sans` and `mono`."""

    def apply(self, element: Element) -> None:
        """Put colours and typefaces for their names in a part of styles or theme."""
        colour, family = name("w:color"), name("w:val")
        for each in element.iter("*"):
            if each.tag == colour:
                self._colour(each, family)
            elif each.tag == name("a:srgbClr"):
                self._colour(each, "val")
            elif each.tag == name("a:latin"):
                each.set("typeface", self.typefaces.get(each.get("typeface") or "", each.get("typeface") or ""))
            else:
                self._colour(each, colour)
                self._colour(each, name("w:fill"))

    def _colour(self, element: Element, attribute: str) -> None:
        value = element.get(attribute)
        if value in self.colours:
            element.set(attribute, self.colours[value])


def load(styles: Path, theme: str) -> Theme:
    """Return a theme; what it does not say is as in that of the house.

    Raises:
        SettingsError: There is no such theme.
    """
    folder = styles / "themes"
    colours: dict[str, str] = {}
    typefaces: dict[str, str] = {}
    for each in dict.fromkeys((HOUSE, theme)):
        path = folder / f"{each}.css"
        if not path.is_file():
            names = ", ".join(sorted(path.stem for path in folder.glob("*.css")))
            raise SettingsError(f"There is no theme “{each}”.", advice=f"Choose one of: {names}.")
        for block in _BLOCK.findall(_COMMENT.sub("", path.read_text("utf-8"))):
            colours |= {key: value.upper() for key, value in _COLOUR.findall(block)}
            typefaces |= {key: families.split(",")[0].strip(" \"'\n") for key, families in _FAMILIES.findall(block)}
    return Theme(colours, typefaces)
