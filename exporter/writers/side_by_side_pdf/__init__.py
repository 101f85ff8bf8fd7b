"""The side-by-side edition as a PDF: a translation beside its original on landscape pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import fonts
from exporter.writers.pdf import options as pages
from exporter.writers.pdf.options import PageSize

NAME = "side-by-side-pdf"
SUFFIX = "-side-by-side.pdf"
MEDIA_TYPE = "application/pdf"
TITLE = "Side by side, PDF"
KIND = EditionKind.PDF
ORDER = 25
FILE_TYPE = ".pdf"
NEEDS: tuple[str, ...] = ()
STYLES = ("pdf",)
WITH_ORIGINAL = True


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the side-by-side PDF."""

    page_size: PageSize = PageSize.A4
    """Landscape."""
    theme: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]*$")] = "house"
    """Name of a file in `styles/themes/`: colours and fonts."""


def external_state(_options: object) -> Mapping[str, str]:
    """Return the versions of fonts that are installed on demand."""
    return fonts.supplements.versions()


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the PDF.

    Raises:
        SettingsError: The theme is unknown.
        MissingToolError: A font is not installed.
    """
    from exporter.writers import pdf
    from exporter.writers.side_by_side_pdf.design import design

    shared = pages.Options(page_size=options.page_size, theme=options.theme)
    return pdf.write_as(design(shared), publication, context, shared, target)
