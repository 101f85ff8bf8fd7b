"""The transcript of the recording: a WebVTT file that players show synchronised with it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.errors import OutputError
from exporter.model import Publication

NAME = "transcript"
SUFFIX = ".vtt"
MEDIA_TYPE = "text/vtt"
TITLE = "Transcript"
KIND = EditionKind.CAPTIONS
ORDER = 100
EXTRACTOR = "exporter.parity.audio:TRANSCRIPT"
NEEDS = ("audio",)
INHERITS_SETTINGS = ("audio",)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No settings; those of the audio edition apply."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the spoken text with its times (WCAG 1.2.1)."""
    from exporter.writers.audio.sidecars import audio_sidecars

    del options
    facts, findings = audio_sidecars(publication, context, NAME)
    try:
        target.write_bytes(facts["transcript.vtt"])
    except OSError as error:
        raise OutputError(f"The transcript cannot be written: {error.strerror or error}.") from error
    return WriteResult(findings)
