"""The audio edition: an M4B with one chapter for each heading, spoken from the same tree as the other editions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.speech.options import ColumnHeaders, NotePlacement

NAME = "audio"
SUFFIX = ".m4b"
MEDIA_TYPE = "audio/mp4"
TITLE = "Audio"
KIND = EditionKind.SOUND
ORDER = 60
SHOWN_FIRST = True
IS_RECORDING = True
EXTRACTOR = "exporter.parity.audio:MP4"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the audio edition."""

    voice: str = "auto"
    """`auto`, the name of an engine, or the name of a voice as `exporter voices` lists it."""
    speed: Annotated[float, msgspec.Meta(ge=0.5, le=2.0)] = 1.0
    """Pace; 1.0 is that of a calm reader."""
    notes: NotePlacement = NotePlacement.CHAPTER
    """Where notes are read: after the paragraph, at the end of the chapter, or in a chapter of their own at the end."""
    note_references: bool = True
    """Whether "Note 3" is announced after a sentence that refers to a note that is read later."""
    list_from: Annotated[int, msgspec.Meta(ge=1)] = 3
    """Number of items from which a list is announced with its length."""
    column_headers: ColumnHeaders = ColumnHeaders.CHANGES
    """Column headers before the cells of a table: `cell`, `changes` (of a group of columns), or `once`."""
    voice_change_words: Annotated[int, msgspec.Meta(ge=1)] = 2
    """Number of words from which a passage in another language has a voice of its own within a sentence."""
    bitrate: Annotated[int, msgspec.Meta(ge=24, le=192)] = 48
    """Thousands of bits a second."""


def external_state(_options: Options) -> Mapping[str, str]:
    """Return the state of the installed voices, on which the recording depends."""
    from exporter.speech.engines import installed

    return {"voices": installed()}


def network(options: Options) -> Mapping[str, str]:
    """Return the service to which the voice sends the text, by the setting that names it; empty if there is none."""
    from exporter.speech.engines import engines

    name = options.voice.partition("/")[0]
    service = next((engine.TITLE for engine in engines() if engine.NETWORK and name == engine.NAME), "")
    return {"voice": service} if service else {}


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the recording; the same publication gives the same bytes.

    Sidecars: `clips`, the times of all utterances (JSON); `chapters` (JSON); `transcript.vtt` (WebVTT).
    """
    from exporter.contracts.sidecars import PlacedSounds
    from exporter.writers.audio import m4b, spool, tags
    from exporter.writers.audio.recording import open_recording
    from exporter.writers.audio.sidecars import build_sidecars

    language = publication.metadata.language
    with open_recording(publication, context, options, options.bitrate) as recording:
        session = recording.session
        packets = recording.spool.packets()
        m4b.write(target, packets, recording.chapters, rate=session.rate, bitrate=session.bitrate, language=language)
        narrator = session.voice_selection.narrator_credit()
        cover = tags.write(target, publication, context, narrator)
        files = {"": spool.digest(recording.spool.packets())}
        sounds = PlacedSounds(narrator, files=files, cover=cover.digest)
    sidecars = build_sidecars(recording.utterances, recording.chapters, language, context)
    return WriteResult(tuple(recording.findings(NAME)), sidecars | sounds.sidecars())
