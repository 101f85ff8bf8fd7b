"""Style sheet of the page: theme, embedded fonts, and the style sheets for browsers in cascade order."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path

from exporter.contracts import StepCache, WriteContext
from exporter.writers import stylesheets
from exporter.writers.web import theme
from exporter.writers.xhtml import embedded_fonts
from exporter.writers.xhtml.files import File

SHEETS = ("web/base.css", "web/text.css", stylesheets.LISTS, "web/frame.css", "web/print.css")
FONT_BYTES = 160_000
"""Greatest size of all embedded fonts; italics are left out first."""
FONT_STACKS = ("serif", "sans")
"""Custom properties of a theme with font stacks that are embedded; code has the font of the device."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def load(context: WriteContext, name: str, language: str, further: tuple[str, ...] = ()) -> str:
    """Return all rules but those of fonts, as text without special characters of HTML and XML.

    Args:
        context: With the folder of styles.
        name: Name of the theme.
        language: BCP 47 tag of the page.
        further: Style sheets besides those of all pages.

    Raises:
        SettingsError: The theme is unknown, or a style sheet is missing.
    """
    page_theme = theme.load(context.styles, name, language)
    return page_theme.css() + "".join(read(context.styles, sheet) for sheet in (*SHEETS, *further))


def with_fonts(css: str, page_theme: theme.Theme, characters: str, memo: StepCache, *, italics: bool = True) -> str:
    """Return the rules after those of fonts with all of `characters`.

    Raises:
        MissingToolError: A font is not installed.
    """
    return _font_rules(page_theme.light, characters, memo, italics=italics) + css


def read(styles: Path, name: str) -> str:
    """Return a style sheet, such as `web/base.css`, without comments and indents.

    Raises:
        SettingsError: It is missing.
    """
    lines = (line.strip() for line in _COMMENT.sub("", stylesheets.read(styles, name)).splitlines())
    return "".join(f"{line}\n" for line in lines if line).replace("&", "").replace("<", "")


def _font_rules(properties: Mapping[str, str], characters: str, memo: StepCache, *, italics: bool) -> str:
    """Return `@font-face` rules that contain their files, as far as these are not too large."""
    stacks = "".join(f"x{{font-family:{properties[name]}}}" for name in FONT_STACKS if name in properties)
    rules, files = embedded_fonts.embed(stacks, characters, memo, italics=italics)
    pairs = list(zip(rules.splitlines(), files, strict=True))
    pairs.sort(key=lambda pair: "font-style: italic" in pair[0])
    css, available = "", FONT_BYTES
    for rule, file in pairs:
        if len(file.data) <= available:
            available -= len(file.data)
            css += _with_data(rule, file)
    return css


def _with_data(rule: str, file: File) -> str:
    address = f"data:font/woff2;base64,{base64.b64encode(file.data).decode()}"
    rule = rule.replace(f"../fonts/{Path(file.name).name}", address)
    # The text is shown at once in the font of the device, until the embedded one is loaded.
    return rule.removesuffix("}").rstrip() + "font-display:swap}\n"
