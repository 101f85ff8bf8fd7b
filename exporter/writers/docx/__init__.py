"""The Word edition: a WordprocessingML package that stays editable and accessible (ECMA-376, ISO/IEC 29500).

Each module writes one part or one kind of thing, with the clause of ECMA-376 part 1 that it obeys beside it. This one
only says what the edition is; the libraries are imported when it is written.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import Workshop, Written
from exporter.model import Publication

NAME = "docx"
SUFFIX = ".docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NEEDS: tuple[str, ...] = ()


class PageSize(StrEnum):
    """Paper of the pages."""

    A4 = "a4"
    LETTER = "letter"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the Word edition."""

    page_size: PageSize = PageSize.A4
    contents_depth: Annotated[int, msgspec.Meta(ge=0, le=9)] = 3
    """Levels of headings in the contents; 0 leaves the contents out."""


def write(publication: Publication, workshop: Workshop, options: Options, target: Path) -> Written:
    """Write the Word edition to `target`; the same input gives the same bytes.

    Raises:
        StepError: A picture cannot be converted, or the style files are broken.
    """
    from exporter.writers.docx.edition import write_edition

    return write_edition(publication, workshop, options, target)
