"""The transcript of the recording: a WebVTT file that players show in step with it."""

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
    """There is nothing to choose: it follows the audio edition."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write what is heard, and when (WCAG 1.2.1).

    Raises:
        EngineError: A voice engine gave no sound for an utterance.
        MissingToolError: The voice that was asked for is not installed, or none speaks the language of the document.
        SettingsError: There is no such voice.
        OutputError: The file cannot be written.
    """
    from exporter.writers.audio.sidecars import audio_sidecars

    del options
    facts, findings = audio_sidecars(publication, context, NAME)
    try:
        target.write_bytes(facts["transcript.vtt"])
    except OSError as error:
        raise OutputError(f"The transcript cannot be written: {error.strerror or error}.") from error
    return WriteResult(findings)
