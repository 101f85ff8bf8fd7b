"""The style sheet of the book, and the typefaces that it brings when it is asked to."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.contracts import WriteContext
from exporter.writers import stylesheets
from exporter.writers.xhtml import fonts
from exporter.writers.xhtml.files import CSS, XHTML, File

SHEET, FACES = "epub.css", "epub-fonts.css"


def load(context: WriteContext) -> File:
    """Return the style sheet.

    Raises:
        SettingsError: It is missing.
    """
    return File(f"styles/{SHEET}", "style", CSS, stylesheets.read(context.styles, SHEET, stylesheets.LISTS).encode())


def with_faces(sheet: File, context: WriteContext, documents: Iterable[File]) -> list[File]:
    """Return the style sheet with typefaces, and those that it needs for the words of the documents.

    Raises:
        SettingsError: The style sheet that names the typefaces is missing.
        MissingToolError: A typeface is not installed.
    """
    stacks = stylesheets.read(context.styles, FACES)
    rules, found = fonts.embed(stacks, _words(documents), context)
    return [msgspec.structs.replace(sheet, data=f"{rules}{stacks}\n".encode() + sheet.data), *found]


def _words(documents: Iterable[File]) -> str:
    """Return every character of the documents."""
    from lxml import etree

    roots = (etree.fromstring(file.data) for file in documents if file.media_type == XHTML)
    return "".join(sorted(set("".join(text for root in roots for text in map(str, root.itertext())))))
