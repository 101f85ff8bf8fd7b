"""The MP3 edition: a file for each section, numbered and titled, with its chapters and a playlist, in one archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import audio

NAME = "mp3"
SUFFIX = "-mp3.zip"
MEDIA_TYPE = "application/zip"
TITLE = "MP3"
KIND = EditionKind.SOUND
ORDER = 70
IS_RECORDING = True
EXTRACTOR = "exporter.parity.audio:MP3_ALBUM"
INHERITS_SETTINGS = ("audio",)
external_state = audio.external_state


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the MP3 edition; it inherits the speech settings of the audio edition."""

    bitrate: Annotated[int, msgspec.Meta(ge=24, le=160)] = 64
    """Thousands of bits a second."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the archive; the same publication gives the same bytes."""
    from exporter.writers.mp3.album import album

    return album(publication, context, options, target)
