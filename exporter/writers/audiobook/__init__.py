"""The audiobook edition: one package (W3C Audiobooks, LPF), a file and a transcript for each section."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication

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


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the audiobook; it inherits the speech settings of the audio edition."""

    bitrate: Annotated[int, msgspec.Meta(ge=0, le=192)] = 0
    """Thousands of bits a second; 0 is that of the audio edition, whose recording is then used as it is."""


def external_state(_options: Options) -> Mapping[str, str]:
    """Return the state of the installed voices, on which the recording depends."""
    from exporter.speech.engines import installed

    return {"voices": installed()}


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the package; the same publication gives the same bytes (W3C Audiobooks; Lightweight Packaging Format).

    Raises:
        EngineError: A voice engine returned no sound for an utterance.
        MissingToolError: The requested voice is not installed, or none speaks the language of the document.
        SettingsError: There is no such voice.
        OutputError: The file cannot be written.
    """
    from exporter.writers.audiobook.package import package

    return package(publication, context, options, target)
