"""The HTML edition: the whole publication in one self-contained page without scripts and network access."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers.stylesheets import DEFAULT_THEME, ThemeName

NAME = "html"
SUFFIX = ".html"
MEDIA_TYPE = "text/html"
TITLE = "Web page"
KIND = EditionKind.WEB
ORDER = 10
SHOWN_FIRST = True
EXTRACTOR = "exporter.parity.html:EXTRACTOR"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the HTML edition."""

    theme: ThemeName = DEFAULT_THEME
    """Name of a file in `styles/themes/`: colours and fonts, as of the PDF; dark colours are derived from them."""
    fonts: bool = True
    """Whether the page embeds the fonts of the theme, as subsets with its characters."""
    pixels: Annotated[int, msgspec.Meta(ge=200, le=10000)] = 1600
    """Longest side of an image; larger ones are scaled down."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the page; the same publication gives the same bytes.

    Its sidecar `page` has its parts as JSON, for the publication page (`PageParts`).
    """
    from exporter.writers.web.document import compose  # lxml and Jinja2 are slow to import

    page, parts, findings, pictures = compose(publication, context, options)
    target.write_bytes(page)
    return WriteResult(findings, {"page": msgspec.json.encode(parts)} | pictures.sidecars())
