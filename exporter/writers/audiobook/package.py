"""The files of the package: manifest, page of contents, a sound file and a transcript for each section, cover."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from exporter.contracts import WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import archive, audio
from exporter.writers.audio import m4b
from exporter.writers.audio.cover import cover
from exporter.writers.audio.recording import Recording, Track, tape
from exporter.writers.audio.timing import TimedUtterance
from exporter.writers.audio.webvtt import webvtt
from exporter.writers.audiobook import Options
from exporter.writers.audiobook.contents import contents
from exporter.writers.audiobook.manifest import AudiobookPart, manifest

MANIFEST, CONTENTS = "publication.json", "index.html"
"""Names that the package must have, and that its primary entry page must have (LPF, 2)."""


def package(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Record the publication, write a file for each section, and pack them with the manifest."""
    wishes = context.settings.get(audio.NAME) or audio.Options()
    with tape(publication, context, wishes, options.bitrate or wishes.bitrate) as made:
        tracks = made.tracks()
        chapters = [
            AudiobookPart(track, f"audio/{track.number:03}.m4a", f"text/{track.number:03}.vtt") for track in tracks
        ]
        picture = cover(publication, context)
        said = manifest(publication, context.labels, chapters, made.performance.cast.credits(), picture)
        files: list[tuple[str, bytes | Path]] = [
            (MANIFEST, msgspec.json.format(msgspec.json.encode(said), indent=2)),
            (CONTENTS, contents(publication.metadata, context.labels, chapters)),
        ]
        for chapter in chapters:
            sound = context.scratch / f"{chapter.track.number:03}.m4a"
            _sound(sound, made, chapter.track, publication.metadata.language)
            spoken = webvtt(list(_heard(made, chapter.track)), publication.metadata.language)
            files += [(chapter.sound, sound), (chapter.transcript, spoken.encode())]
        if picture:
            files.append((picture.name, picture.path))
        archive.write(target, files)
        return WriteResult(() if "audio.clips" in context.sidecars else tuple(made.findings("audiobook")))


def _sound(path: Path, recording: Recording, track: Track, language: str) -> None:
    """Write the packets of a track: with the first the encoder starts, so it is the one that players skip."""
    told = recording.performance
    packets = recording.spool.packets(track.first, track.last)
    m4b.write(path, packets, track.marks, rate=told.rate, bitrate=told.bitrate, language=language)


def _heard(recording: Recording, track: Track) -> Iterator[TimedUtterance]:
    """Yield what is heard in a track, in seconds from its start."""
    packet = recording.performance.codec.frame / recording.performance.rate
    start = track.first * packet
    for each in recording.heard:
        # What begins with the next track is in that one alone, whatever the last digit of a sum says.
        if start - packet / 2 <= each.begin < start + track.length - packet / 2:
            begin = max(0.0, each.begin - start)
            yield msgspec.structs.replace(each, begin=begin, end=min(each.end - start, track.length))
