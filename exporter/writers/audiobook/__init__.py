"""The audiobook edition: one package (W3C Audiobooks, LPF), a file and a transcript for each section."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import audio

NAME = "audiobook"
SUFFIX = ".lpf"
MEDIA_TYPE = "application/lpf+zip"
TITLE = "Audiobook"
KIND = EditionKind.SOUND
ORDER = 90
IS_RECORDING = True
EXTRACTOR = "exporter.parity.audio:AUDIOBOOK"
NEEDS = ("audio",)
INHERITS_SETTINGS = ("audio",)
external_state = audio.external_state


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the audiobook; it inherits the speech settings of the audio edition."""

    bitrate: Annotated[int, msgspec.Meta(ge=0, le=192)] = 0
    """Thousands of bits a second; 0 is that of the audio edition, whose recording is then used as it is."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the package; the same publication gives the same bytes (W3C Audiobooks; Lightweight Packaging Format)."""
    from exporter.writers.audiobook.package import package

    return package(publication, context, options, target)
