"""The side-by-side edition as a web page: a translation beside its original, paragraph by paragraph."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import web
from exporter.writers.stylesheets import DEFAULT_THEME, ThemeName

NAME = "side-by-side"
SUFFIX = "-side-by-side.html"
MEDIA_TYPE = "text/html"
TITLE = "Side by side"
KIND = EditionKind.WEB
ORDER = 12
FILE_TYPE = ".html"
STYLES = ("web",)
WITH_ORIGINAL = True


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the side-by-side page."""

    theme: ThemeName = DEFAULT_THEME
    """Name of a file in `styles/themes/`: colours and fonts."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the page."""
    from exporter.writers.side_by_side.design import DESIGN
    from exporter.writers.web.document import compose

    page, _, findings, pictures = compose(publication, context, web.Options(theme=options.theme), DESIGN)
    target.write_bytes(page)
    return WriteResult(findings, pictures.sidecars())
