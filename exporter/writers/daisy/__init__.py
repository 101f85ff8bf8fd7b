"""The DAISY edition: a talking book of full text and audio, as libraries for the blind lend it (DAISY 2.02)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication

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


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What settings may say about the DAISY edition; its voice and manner are those of the audio edition."""

    bitrate: Annotated[int, msgspec.Meta(ge=24, le=160)] = 64
    """Thousands of bits a second; that of the MP3 edition, whose recording is then used as it is."""


def external_state(_options: Options) -> Mapping[str, str]:
    """Return the state of the voices, which decide what is heard."""
    from exporter.speech.engines import installed

    return {"voices": installed()}


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the book as one archive; the same publication gives the same bytes.

    Raises:
        EngineError: A voice engine gave no sound for an utterance.
        MissingToolError: The voice that was asked for is not installed, or none speaks the language of the document.
        SettingsError: There is no such voice, or a style sheet is missing.
        SourceError: A picture cannot be read.
        OutputError: The file cannot be written.
    """
    from exporter.writers.daisy.book import bind

    return bind(publication, context, options, target)
