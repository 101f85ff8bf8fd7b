"""The theme of the page: colours and typefaces of `styles/themes/`, and the dark colours that follow from them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from exporter.errors import SettingsError
from exporter.writers.web import dark_palette

HOUSE = "house"
_LANG = re.compile(r":lang\(\s*[\"']?([\w-]+)[\"']?\s*\)")
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_SAFE = re.compile(r"[^{}<>&@;]*")
LOGOS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


class Theme(msgspec.Struct, frozen=True):
    """What style sheets may name."""

    light: Mapping[str, str]
    """Custom properties without their hyphens, such as `accent`."""
    dark: Mapping[str, str]
    """Those that differ where the reader's device is dark."""

    def css(self) -> str:
        """Return the custom properties as rules: dark ones on dark screens, never on paper."""
        return (
            f":root{{color-scheme:light dark;{_declared(self.light)}}}\n"
            f"@media screen and (prefers-color-scheme:dark){{:root{{{_declared(self.dark)}}}}}\n"
        )


def load(styles: Path, name: str, language: str) -> Theme:
    """Return a theme for a language; what it does not say is as in that of the house.

    Raises:
        SettingsError: There is no such theme.
    """
    folder = styles / "themes"
    values: dict[str, str] = {}
    for each in dict.fromkeys((HOUSE, name)):
        path = folder / f"{each}.css"
        if not path.is_file():
            names = ", ".join(sorted(found.stem for found in folder.glob("*.css")))
            raise SettingsError(f"There is no theme “{each}”.", advice=f"Choose one of: {names}.")
        values |= _properties(path.read_text("utf-8"), language)
    values["logo"] = _logo(values.get("logo", ""), folder)
    # On paper and on light screens headings have the colour of the cover; in the dark that is a ground alone.
    values["heading"] = values["field"]
    return Theme(values, dark_palette.dark({key: value for key, value in values.items() if value.startswith("#")}))


def _properties(sheet: str, language: str) -> dict[str, str]:
    """Return the custom properties that hold for a document in a language."""
    import tinycss2

    found: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selector = tinycss2.serialize(rule.prelude).strip()
        if selector == ":root" or any(_speaks(language, tag) for tag in _LANG.findall(selector)):
            found |= dict(_declarations(rule.content))
    return found


def _declarations(content: Any) -> Iterable[tuple[str, str]]:
    import tinycss2

    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration" and part.name.startswith("--"):
            value = " ".join(tinycss2.serialize(part.value).split())
            if value and _SAFE.fullmatch(value):
                yield part.name.removeprefix("--"), dark_palette.normal(value) or value


def _speaks(language: str, tag: str) -> bool:
    return language.lower() == tag.lower() or language.lower().startswith(f"{tag.lower()}-")


def _logo(value: str, folder: Path) -> str:
    """Return a logo inside the page itself; `none` when there is none that a page may show."""
    found = _URL.fullmatch(value)
    path = (folder / found[1]).resolve() if found else None
    kind = LOGOS.get(path.suffix.lower()) if path else None
    if path is None or kind is None or not path.is_relative_to(folder.parent.resolve()) or not path.is_file():
        return "none"
    return f"url(data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()})"


def _declared(values: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in values.items())
