"""The DAISY edition: a talking book with full text and audio for libraries for the blind (DAISY 2.02)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import audio

NAME = "daisy"
SUFFIX = "-daisy.zip"
MEDIA_TYPE = "application/zip"
TITLE = "DAISY"
KIND = EditionKind.DAISY
ORDER = 80
IS_RECORDING = True
EXTRACTOR = "exporter.parity.daisy:EXTRACTOR"
NEEDS = ("pdf", "audio")
INHERITS_SETTINGS = ("audio",)
external_state = audio.external_state


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the DAISY edition; it has the voice and the speech options of the audio edition."""

    bitrate: Annotated[int, msgspec.Meta(ge=24, le=160)] = 64
    """Bit rate in kbit/s; the default is that of the MP3 edition, whose recording is then reused."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the book as a ZIP archive; the same publication gives the same bytes."""
    from exporter.writers.daisy.book import build

    return build(publication, context, options, target)
