"""The side-by-side edition as a PDF: a translation beside its original on landscape pages."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import pdf
from exporter.writers.pdf import options as pages
from exporter.writers.pdf.options import PageSize
from exporter.writers.stylesheets import DEFAULT_THEME, ThemeName

NAME = "side-by-side-pdf"
SUFFIX = "-side-by-side.pdf"
MEDIA_TYPE = "application/pdf"
TITLE = "Side by side, PDF"
KIND = EditionKind.PDF
ORDER = 25
FILE_TYPE = ".pdf"
STYLES = ("pdf",)
WITH_ORIGINAL = True
external_state = pdf.external_state


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the side-by-side PDF."""

    page_size: PageSize = PageSize.A4
    """Landscape."""
    theme: ThemeName = DEFAULT_THEME
    """Name of a file in `styles/themes/`: colours and fonts."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the PDF."""
    from exporter.writers.side_by_side_pdf.design import design

    shared = pages.Options(page_size=options.page_size, theme=options.theme)
    return pdf.write_as(design(shared), publication, context, shared, target)
