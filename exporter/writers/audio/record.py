"""Writer of the audio edition: recording, container, tags and sidecars."""

from __future__ import annotations

from pathlib import Path

from exporter.contracts import WriteContext, WriteResult
from exporter.contracts.sidecars import PlacedSounds
from exporter.model import Publication
from exporter.writers.audio import Options, m4b, tags
from exporter.writers.audio.recording import open_recording
from exporter.writers.audio.sidecars import build_sidecars


def record(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Record a publication and write it to `target`."""
    language = publication.metadata.language
    with open_recording(publication, context, options, options.bitrate) as recording:
        session = recording.session
        m4b.write(
            target,
            recording.spool.packets(),
            recording.chapters,
            rate=session.rate,
            bitrate=session.bitrate,
            language=language,
        )
        narrator = session.voice_selection.narrator_credit()
        tags.write(target, publication, context, narrator)
    sidecars = build_sidecars(recording.utterances, recording.chapters, language, context)
    return WriteResult(tuple(recording.findings("audio")), sidecars | PlacedSounds(narrator).sidecars())
