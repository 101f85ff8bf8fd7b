"""The EPUB 3.3 edition: one document for each chapter, packed by EbookLib (EPUB Accessibility 1.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import Workshop, Written
from exporter.model import Publication

NAME = "epub"
SUFFIX = ".epub"
MEDIA_TYPE = "application/epub+zip"
NEEDS = ("pdf",)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What settings may say about the EPUB edition."""

    pixels: Annotated[int, msgspec.Meta(ge=200, le=10000)] = 1600
    """Longest side of a picture; larger ones are scaled down."""
    lists: bool = True
    """Whether lists of figures and tables stand behind the contents."""


def write(publication: Publication, workshop: Workshop, options: Options, target: Path) -> Written:
    """Write the EPUB; the same publication gives the same bytes.

    Raises:
        SourceError: A picture cannot be read.
        SettingsError: A style sheet is missing.
        OutputError: The file cannot be written.
    """
    # EbookLib, lxml and Jinja2 are heavy: nobody waits for them who asks for help only.
    from exporter.writers.epub.book import bind
    from exporter.writers.epub.package import pack

    package, findings = bind(publication, workshop, options)
    pack(package, target)
    return Written(findings)
