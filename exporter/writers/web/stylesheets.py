"""The style sheet of the page: theme, typefaces, and the sheets for browsers in the order in which they hold."""

from __future__ import annotations

import re
from pathlib import Path

from exporter.contracts import WriteContext
from exporter.writers import stylesheets
from exporter.writers.web import faces, theme

SHEETS = ("web/base.css", "web/text.css", stylesheets.LISTS, "web/frame.css", "web/print.css")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def load(context: WriteContext, name: str, language: str) -> str:
    """Return all rules but those of typefaces as one text, in which no character means anything to HTML or XML.

    Args:
        context: With the folder of styles.
        name: The theme.
        language: BCP 47 tag of the page.

    Raises:
        SettingsError: There is no such theme, or a sheet is missing.
    """
    chosen = theme.load(context.styles, name, language)
    return chosen.css() + "".join(read(context.styles, sheet) for sheet in SHEETS)


def with_faces(css: str, context: WriteContext, name: str, language: str, words: str) -> str:
    """Return the rules with typefaces in front, for every character of `words`.

    Raises:
        MissingToolError: A typeface is not installed.
    """
    return faces.embed(theme.load(context.styles, name, language).light, words, context) + css


def read(styles: Path, name: str) -> str:
    """Return a sheet, such as `web/base.css`, without comments and indents.

    Raises:
        SettingsError: It is missing.
    """
    lines = (line.strip() for line in _COMMENT.sub("", stylesheets.read(styles, name)).splitlines())
    return "".join(f"{line}\n" for line in lines if line).replace("&", "").replace("<", "")
