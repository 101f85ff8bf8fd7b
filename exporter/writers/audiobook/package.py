"""Package of an audiobook: manifest, table of contents, a sound file and a transcript for each section, cover."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from exporter.contracts import WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import archive, audio, cover_image
from exporter.writers.audio import m4b, placed_sounds
from exporter.writers.audio.recording import Recording, Track, open_recording
from exporter.writers.audio.timing import TimedUtterance
from exporter.writers.audio.webvtt import format_webvtt
from exporter.writers.audiobook import Options
from exporter.writers.audiobook.manifest import AudiobookPart, build_manifest
from exporter.writers.audiobook.toc import toc_page

MANIFEST, CONTENTS = "publication.json", "index.html"
"""Names of the manifest and of the primary entry page (LPF, 2)."""


def package(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Record a publication and write a package with a file for each section and the manifest."""
    settings = context.settings.get(audio.NAME) or audio.Options()
    with open_recording(publication, context, settings, options.bitrate or settings.bitrate) as recording:
        tracks = recording.tracks()
        parts = [
            AudiobookPart(track, f"audio/{track.number:03}.m4a", f"text/{track.number:03}.vtt") for track in tracks
        ]
        cover = cover_image.make(publication, context.assets, context.labels, context.styles)
        manifest = build_manifest(
            publication, context.labels, parts, recording.session.voice_selection.narrator_credit(), cover
        )
        files: list[tuple[str, bytes | Path]] = [
            (MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=2)),
            (CONTENTS, toc_page(publication.metadata, context.labels, parts)),
        ]
        for part in parts:
            sound = context.scratch / f"{part.track.number:03}.m4a"
            _write_sound(sound, recording, part.track, publication.metadata.language)
            transcript = format_webvtt(_utterances_in(recording, part.track), publication.metadata.language, context)
            files += [(part.sound, sound), (part.transcript, transcript.encode())]
        files.append((cover.name, cover.data))
        archive.write(target, files)
        findings = () if "audio.clips" in context.sidecars else tuple(recording.findings("audiobook"))
        sounds = placed_sounds.in_tracks(recording, [part.sound for part in parts], cover)
        return WriteResult(findings, sounds.sidecars())


def _write_sound(path: Path, recording: Recording, track: Track, language: str) -> None:
    """Write the packets of a track; players skip the first one, which holds the encoder delay."""
    session = recording.session
    packets = recording.spool.packets(track.first, track.last)
    m4b.write(path, packets, track.chapters, rate=session.rate, bitrate=session.bitrate, language=language)


def _utterances_in(recording: Recording, track: Track) -> Iterator[TimedUtterance]:
    """Yield the utterances of a track, in seconds from its start."""
    packet = recording.session.codec.frame / recording.session.rate
    start = track.first * packet
    for timed in recording.utterances:
        # An utterance at the start of the next track belongs to that one, despite rounding.
        if start - packet / 2 <= timed.begin < start + track.length - packet / 2:
            begin = max(0.0, timed.begin - start)
            yield msgspec.structs.replace(timed, begin=begin, end=min(timed.end - start, track.length))
