"""The side-by-side edition for print: a translation on the left of two facing pages, its original on the right.

As PDF/X-4 in the inks of the press, as the print edition is (ISO 15930-7).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import print as print_edition
from exporter.writers.pdf.options import PageSize, When
from exporter.writers.print.conditions import Stock
from exporter.writers.stylesheets import DEFAULT_THEME, ThemeName

NAME = "side-by-side-print"
SUFFIX = "-side-by-side-print.pdf"
MEDIA_TYPE = "application/pdf"
TITLE = "Side by side, for printing"
KIND = EditionKind.PRINT
ORDER = 125
FILE_TYPE = "-print.pdf"
EXTRACTOR = "exporter.parity.pdf:PRINT_EXTRACTOR"
STYLES = ("pdf",)
WITH_ORIGINAL = True


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the side-by-side edition for print; they mean what those of `print` mean."""

    page_size: PageSize = PageSize.A4
    """Of one of the two pages."""
    theme: ThemeName = DEFAULT_THEME
    paper: Stock = Stock.AUTO
    profile: Annotated[str, msgspec.Meta(min_length=1)] | None = None
    ink_limit: Annotated[int, msgspec.Meta(ge=150, le=400)] | None = None
    page_multiple: Annotated[int, msgspec.Meta(ge=1, le=32)] = 2
    bleed: Annotated[float, msgspec.Meta(ge=0, le=10)] = 3
    marks: bool = True


def external_state(options: Options) -> Mapping[str, str]:
    """Return what decides this edition and lies outside exporter."""
    return print_edition.external_state(_for_print(options))


def option_files(options: Options) -> Mapping[str, str]:
    """Return the files that the options name."""
    return print_edition.option_files(_for_print(options))


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the PDF for print."""
    from exporter.writers.side_by_side_print.design import beside_each_other, design

    printed = _for_print(options)
    return print_edition.write_as(design(printed), beside_each_other(publication), context, printed, target)


def _for_print(options: Options) -> print_edition.Options:
    """Return the options of the print edition; it has no cover."""
    return print_edition.Options(**msgspec.structs.asdict(options), cover=When.NEVER)
