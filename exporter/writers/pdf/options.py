"""Settings of editions on pages."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from exporter.writers.stylesheets import DEFAULT_THEME, ThemeName


class PageSize(StrEnum):
    """Paper."""

    A4 = "a4"
    LETTER = "letter"
    A5 = "a5"


class Standard(StrEnum):
    """Standards for accessible PDF and for archives."""

    UA_1 = "ua-1"
    """PDF/UA-1 and PDF/A-2a in one file: what reading software of today knows (ISO 14289-1, ISO 19005-2)."""
    UA_2 = "ua-2"
    """PDF/UA-2, PDF/A-4 and Well-Tagged PDF 1.0: PDF 2.0, for software that knows it (ISO 14289-2, ISO 19005-4)."""


class When(StrEnum):
    """The condition for including a part."""

    AUTO = "auto"
    """Where a publication of its kind and length has one."""
    ALWAYS = "always"
    NEVER = "never"


class Notes(StrEnum):
    """The position of notes."""

    PAGE = "page"
    """At the foot of the page that refers to them."""
    END = "end"
    """Together behind the text."""


class PageOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of every edition on pages."""

    page_size: PageSize = PageSize.A4
    theme: ThemeName = DEFAULT_THEME
    """Name of a file in `styles/themes/`: colours, fonts and measures."""
    text_size: Annotated[float, msgspec.Meta(ge=8, le=24)] | None = None
    """Size of the running text in points, everything else follows it; not set, it is what suits the paper."""
    cover: When = When.AUTO
    """A cover page; without it the title stands above the text."""
    contents: When = When.AUTO
    """A list of contents with page numbers."""
    contents_depth: Annotated[int, msgspec.Meta(ge=1, le=6)] = 2
    """How many levels of headings the contents show."""
    notes: Notes = Notes.PAGE
    picture_resolution: Annotated[int, msgspec.Meta(ge=72, le=1200)] = 300
    """Pixels per inch at which pictures are printed; finer ones are reduced to it."""


class Options(PageOptions, frozen=True):
    """Settings of the PDF edition."""

    pdf_standard: Standard = Standard.UA_1
