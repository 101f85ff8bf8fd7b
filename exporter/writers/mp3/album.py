"""Files of the MP3 edition: tracks with tags, and the playlist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from exporter.contracts import WriteContext, WriteResult
from exporter.model import Metadata, Publication
from exporter.speech.codec import MP3
from exporter.writers import archive, audio, cover_image
from exporter.writers.audio import placed_sounds
from exporter.writers.audio.recording import Track, open_recording
from exporter.writers.audio.spool import Spool
from exporter.writers.mp3 import Options, id3

_LONGEST_NAME = 60
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


def album(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Record a publication and write an archive with a file for each section and the playlist."""
    settings = context.settings.get(audio.NAME) or audio.Options()
    with open_recording(publication, context, settings, options.bitrate, MP3) as recording:
        tracks = recording.tracks()
        names = [file_name(track, len(tracks)) for track in tracks]
        narrator = recording.session.voice_selection.narrator_credit()
        cover = cover_image.make(publication, context.assets, context.labels, context.styles)
        album_tags = id3.AlbumTags(len(tracks), publication.metadata, narrator, cover)
        paths = []
        for track, name in zip(tracks, names, strict=True):
            path = context.scratch / name
            write_sound(path, recording.spool, track)
            id3.write(path, track, album_tags)
            paths.append(path)
        playlist_text = playlist(tracks, names, publication.metadata)
        archive.write(target, [("playlist.m3u8", playlist_text.encode()), *zip(names, paths, strict=True)])
        sounds = placed_sounds.in_tracks(recording, names, cover).sidecars()
        return WriteResult(tuple(recording.findings("mp3", loudness_too=False)), sounds)


def write_sound(path: Path, spool: Spool, track: Track) -> None:
    """Write the packets of a track, which are an MP3 file."""
    with path.open("wb") as file:
        file.writelines(spool.packets(track.first, track.last))


def file_name(track: Track, count: int) -> str:
    """Return a file name with number and title, valid on every system, that sorts in the order of the tracks."""
    title = " ".join(_NOT_IN_NAMES.sub(" ", track.title).split())[:_LONGEST_NAME].rstrip(". ")
    number = f"{track.number:0{max(2, len(str(count)))}}"
    return f"{number} {title}.mp3" if title else f"{number}.mp3"


def playlist(tracks: Sequence[Track], names: Sequence[str], metadata: Metadata) -> str:
    """Return the extended M3U playlist in UTF-8."""

    def lines() -> Iterator[str]:
        yield "#EXTM3U"
        yield f"#PLAYLIST:{_line(metadata.title)}"
        for track, name in zip(tracks, names, strict=True):
            yield f"#EXTINF:{round(track.length)},{_line(track.title)}"
            yield name

    return "\n".join(lines()) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())
