"""The large-print edition: the tagged PDF for people with low vision (Clear Print guidance).

At least 18 points in a sans serif with distinct letters, ragged right, without italics and hyphenation, contrast of
7:1 (WCAG 1.4.6); a table that does not fit in that size is stacked. Order and text are those of the PDF.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import pdf
from exporter.writers.pdf import options as pages
from exporter.writers.stylesheets import DEFAULT_THEME, ThemeName

NAME = "large-print"
SUFFIX = "-large-print.pdf"
MEDIA_TYPE = "application/pdf"
TITLE = "Large print"
KIND = EditionKind.PDF
ORDER = 30
SHOWN_FIRST = True
FILE_TYPE = ".pdf"
STYLES = ("pdf",)
"""Folders of styles of other editions that it uses."""
external_state = pdf.external_state


class Options(pages.Options, frozen=True):
    """Settings of the large-print edition."""

    theme: ThemeName = DEFAULT_THEME
    """Name of a file in `styles/themes/`; colours without sufficient contrast are replaced."""
    text_size: Annotated[float, msgspec.Meta(ge=18, le=24)] = 18
    """In points."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the large-print PDF."""
    from exporter.writers.large_print.design import design

    return pdf.write_as(design(options), publication, context, options, target)
