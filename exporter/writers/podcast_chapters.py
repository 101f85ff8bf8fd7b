"""The chapters of the recording for podcast players: JSON Chapters 1.2 of the Podcast Namespace."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.contracts.sidecars import Chapter
from exporter.errors import OutputError
from exporter.model import Publication

NAME = "chapters"
SUFFIX = "-chapters.json"
MEDIA_TYPE = "application/json+chapters"
TITLE = "Chapter marks"
KIND = EditionKind.DATA
ORDER = 110
EXTRACTOR = "exporter.parity.audio:CHAPTER_LIST"
NEEDS = ("audio",)
INHERITS_SETTINGS = ("audio",)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No settings; those of the audio edition apply."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the title and the start time of each chapter, in seconds."""
    from exporter.writers.audio.sidecars import audio_sidecars

    del options
    facts, findings = audio_sidecars(publication, context, NAME)
    chapters = [
        {"startTime": chapter.begin, "endTime": chapter.end, "title": chapter.title}
        for chapter in msgspec.json.decode(facts["chapters"], type=list[Chapter])
    ]
    metadata = publication.metadata
    listed = {"version": "1.2.0", "title": metadata.title, "author": metadata.publisher, "chapters": chapters}
    try:
        target.write_bytes(msgspec.json.format(msgspec.json.encode(listed), indent=2) + b"\n")
    except OSError as error:
        raise OutputError(f"The chapters cannot be written: {error.strerror or error}.") from error
    return WriteResult(findings)
