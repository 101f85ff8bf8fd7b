"""Theme of the page: colours and fonts of `styles/themes/`, and the dark colours derived from them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from exporter import oklch
from exporter.writers import stylesheets
from exporter.writers.web import dark_palette

_LANG = re.compile(r":lang\(\s*[\"']?([\w-]+)[\"']?\s*\)")
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_SAFE = re.compile(r"[^{}<>&@;]*")
LOGOS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


class Theme(msgspec.Struct, frozen=True):
    """Custom properties for style sheets."""

    light: Mapping[str, str]
    """Custom properties without their hyphens, such as `accent`."""
    dark: Mapping[str, str]
    """Those that differ in the dark colour scheme."""

    def css(self) -> str:
        """Return the custom properties as rules, the dark ones for screens only."""
        return (
            f":root{{color-scheme:light dark;{_declare(self.light)}}}\n"
            f"@media screen and (prefers-color-scheme:dark){{:root{{{_declare(self.dark)}}}}}\n"
        )


def load(styles: Path, name: str, language: str) -> Theme:
    """Return a theme for a language; properties that it lacks are those of the default theme.

    Raises:
        SettingsError: The theme is unknown.
    """
    values: dict[str, str] = {}
    for sheet in stylesheets.themes(styles, name):
        values |= _properties(sheet, language)
    values["logo"] = _logo(values.get("logo", ""), styles / "themes")
    # Headings have the colour of the cover, which in the dark scheme is only a background.
    values["heading"] = values["field"]
    return Theme(values, dark_palette.dark({key: value for key, value in values.items() if value.startswith("#")}))


def _properties(sheet: str, language: str) -> dict[str, str]:
    """Return the custom properties for a document in a language."""
    import tinycss2

    properties: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selector = tinycss2.serialize(rule.prelude).strip()
        if selector == ":root" or any(_matches(language, tag) for tag in _LANG.findall(selector)):
            properties |= dict(_declarations(rule.content))
    return properties


def _declarations(content: Any) -> Iterable[tuple[str, str]]:
    import tinycss2

    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration" and part.name.startswith("--"):
            value = " ".join(tinycss2.serialize(part.value).split())
            if value and _SAFE.fullmatch(value):
                yield part.name.removeprefix("--"), oklch.normal(value) or value


def _matches(language: str, tag: str) -> bool:
    return language.lower() == tag.lower() or language.lower().startswith(f"{tag.lower()}-")


def _logo(value: str, folder: Path) -> str:
    """Return a logo as a `data:` address, or `none` if there is none or it is not in the folder of styles."""
    url = _URL.fullmatch(value)
    path = (folder / url[1]).resolve() if url else None
    kind = LOGOS.get(path.suffix.lower()) if path else None
    if path is None or kind is None or not path.is_relative_to(folder.parent.resolve()) or not path.is_file():
        return "none"
    return f"url(data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()})"


def _declare(values: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in values.items())
