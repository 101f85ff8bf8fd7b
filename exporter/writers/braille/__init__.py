"""The braille edition: pages for embossers and braille displays (BRF, or PEF), translated by liblouis."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.braille.codes import Grade
from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication

NAME = "braille"
SUFFIX = ".brf"
MEDIA_TYPE = "text/x-brf"
TITLE = "Braille"
KIND = EditionKind.BRAILLE
ORDER = 55
EXTRACTOR = "exporter.parity.braille.extraction:EXTRACTOR"
NEEDS = ("pdf",)


class FileFormat(StrEnum):
    """Formats of files."""

    BRF = "brf"
    """ASCII braille, which every embosser and braille display reads."""
    PEF = "pef"
    """Portable Embosser Format 1.0: XML with metadata."""


class Notes(StrEnum):
    """The position of notes."""

    PARAGRAPH = "paragraph"
    """After the paragraph, item or table that refers to them."""
    CHAPTER = "chapter"
    """At the end of the chapter."""
    END = "end"
    """At the end of each volume."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the braille edition."""

    format: FileFormat = FileFormat.BRF
    grade: Grade | None = None
    """Contracted braille where the language has it, or uncontracted braille, which learners read; not set, it is the
    usual one of the language."""
    cells: Annotated[int, msgspec.Meta(ge=20, le=60)] = 40
    """Cells of a line."""
    lines: Annotated[int, msgspec.Meta(ge=10, le=60)] = 25
    """Lines of a page."""
    duplex: bool = False
    """Whether it is embossed on both sides, so that each volume, and its text, begins on a right-hand page."""
    volume_pages: Annotated[int, msgspec.Meta(ge=10, le=1000)] = 100
    """Braille pages of text in a volume."""
    contents_depth: Annotated[int, msgspec.Meta(ge=1, le=6)] = 2
    """How many levels of headings the contents of each volume show."""
    notes: Notes = Notes.CHAPTER
    addresses: bool = True
    """Whether the address of a link follows its text."""


def external_state(_options: object) -> Mapping[str, str]:
    """Return the version of liblouis."""
    from exporter.braille import liblouis

    return {"liblouis": liblouis.version()}


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the braille edition."""
    from exporter.writers.braille.document import write_edition

    return write_edition(publication, context, options, target)
