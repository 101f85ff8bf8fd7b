"""Sounds in the files of an edition, compared with what was synthesised, by digest, place, and text shown with them."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Self

import msgspec

from exporter.contracts.sidecars import PlacedSound, PlacedSounds
from exporter.findings import Finding
from exporter.inspect.archive import Archive, resolve
from exporter.inspect.sound import ID3_NARRATOR, open_mp3, open_mp4, open_sound
from exporter.inspect.xml import parse
from exporter.parity import covers
from exporter.parity.audio import mp4
from exporter.parity.audio.recording import Recording, TimedText
from exporter.parity.audio.timing import NEAR, QUOTED
from exporter.parity.extraction import normal
from exporter.parity.rules import CHAPTERS, CLIPS, METADATA, TRANSCRIPT

LATE = 0.15
"""Seconds by which a sound may begin before its clip, or after it: two packets, and the delay of the encoder."""
SHOWN = 20
"""Findings of one kind that are listed."""
_MP4 = frozenset({".m4a", ".m4b"})
_MP4_TAGS = ("\xa9nrt", "\xa9wrt")
"""Narrator and composer: players that know no narrator show the composer."""
_PACKET = 1024
"""Samples of a packet of AAC."""
_LATEST = 0.1
"""Seconds by which an utterance may begin after its first packet, or before it."""


class Clip(NamedTuple):
    """A part of a sound file that is played with a text."""

    target: str
    file: str
    begin: float
    end: float

    def __str__(self) -> str:
        return f"{self.file} from {self.begin:.3f} to {self.end:.3f}"

    @classmethod
    def of(cls, sound: PlacedSound) -> Self:
        """Return the clip that plays an utterance."""
        return cls(sound.target, sound.file, sound.begin, sound.end)

    def is_like(self, other: Clip) -> bool:
        """Return whether it plays the same with the same text."""
        near = max(abs(self.begin - other.begin), abs(self.end - other.end)) < NEAR
        return near and (self.target, self.file) == (other.target, other.file)


def decode(data: bytes) -> PlacedSounds:
    """Return the sounds of an edition."""
    return msgspec.json.decode(data, type=PlacedSounds)


def check(path: Path, placed: PlacedSounds) -> Iterator[Finding]:
    """Yield where other sounds are heard, or another text is shown with them, or another narrator is named."""
    if (named := _narrators(path)) != {normal(placed.narrator)}:
        shown = ", ".join(sorted(named)) or "nobody"
        yield METADATA.finding(f"Metadata, narrator: {shown}; expected “{placed.narrator}”.")
    if placed.cover:
        yield from covers.check_recording(path, placed.cover)
    if placed.sounds:
        yield from _archive(path, placed)
    elif path.suffix in _MP4 and "" in placed.files:
        yield from _pauses(_packets(path)[0], placed.files[""], path.name)


def _archive(path: Path, placed: PlacedSounds) -> Iterator[Finding]:
    sounds = placed.sounds
    with Archive(path) as archive:
        folder = next((posixpath.dirname(name) for name in archive.names if name.endswith(".opf")), "")
        for name, group in groupby(sounds, key=lambda sound: sound.file):
            with archive.open_sound(posixpath.join(folder, name)) as file:
                yield from _sounds(file, name, tuple(group), placed.files.get(name, ""))
                if name.endswith(tuple(_MP4)):
                    yield from mp4.playback(file, name)
        if any(sound.target for sound in sounds):
            yield from _clips([Clip.of(sound) for sound in sounds], sounds, list(_played(archive, folder)))


def check_tracks(recording: Recording, sounds: Sequence[PlacedSound]) -> Iterator[Finding]:
    """Yield the chapters and cues of tracks that do not begin where their utterances are."""
    for track in recording.tracks:
        own = [sound for sound in sounds if sound.file == track.name]
        number = min((sound.chapter for sound in own), default=0)
        for index, chapter in enumerate(track.chapters):
            first = next((sound for sound in own if sound.chapter == number + index), None)
            # The first chapter begins with its track.
            if index and first is not None and abs(first.begin - chapter.begin) > NEAR:
                message = f"The chapter “{chapter.title}” of {track.name} begins at {chapter.begin:.3f}, "
                yield CHAPTERS.finding(f"{message}and is heard at {first.begin:.3f}.")
        for sound, cue in zip(own, track.clips or (), strict=False) if len(own) == len(track.clips or ()) else ():
            if abs(sound.begin - cue.begin) > NEAR:
                message = f"“{cue.text[:QUOTED]}” is heard at {sound.begin:.3f} of {track.name}, "
                yield TRANSCRIPT.finding(f"{message}and stands at {cue.begin:.3f}.")
            if abs(min(sound.end, track.length or sound.end) - cue.end) > NEAR:
                message = f"“{cue.text[:QUOTED]}” is heard until {sound.end:.3f} of {track.name}, "
                yield TRANSCRIPT.finding(f"{message}and stands until {cue.end:.3f}.")


def _sounds(file: BinaryIO, name: str, sounds: Sequence[PlacedSound], whole: str) -> Iterator[Finding]:
    with open_sound(file) as container:
        stream = container.streams.audio[0]
        unit = float(stream.time_base)
        read = [(bytes(packet), packet.pts * unit) for packet in container.demux(stream) if packet.size]
    packets, times = [packet for packet, _ in read], [begin for _, begin in read]
    others = [sound for sound in sounds if sound.digest and _digest(packets, sound) != sound.digest]
    for sound in others[:SHOWN]:
        message = f"At {sound.begin:.3f} of {name} another sound is heard than that of “{sound.text[:QUOTED]}”."
        yield CLIPS.finding(message)
    for sound in sounds:
        if sound.digest and not others and not sound.begin - LATE <= times[sound.packet] <= sound.end + LATE:
            yield CLIPS.finding(f"“{sound.text[:QUOTED]}” is not heard at {sound.begin:.3f} of {name}.")
    if not others and whole:
        yield from _pauses(packets, whole, name)


def _pauses(packets: Sequence[bytes], whole: str, name: str) -> Iterator[Finding]:
    """Yield whether a file has something else before, between or after its utterances."""
    if hashlib.blake2b(b"".join(packets), digest_size=16).hexdigest() != whole:
        yield CLIPS.finding(f"In the pauses of {name}, or at its end, something else is heard than was recorded.")


def _digest(packets: Sequence[bytes], sound: PlacedSound | TimedText) -> str:
    data = b"".join(packets[sound.packet : sound.packet + sound.packets])
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _clips(expected: Sequence[Clip], sounds: Sequence[PlacedSound], played: Sequence[Clip]) -> Iterator[Finding]:
    """Compare the clips of each sound file with those that were placed, in their order."""
    texts = {clip: sound.text for clip, sound in zip(reversed(expected), reversed(sounds), strict=True)}
    wanted = list(texts)[::-1]
    for file in dict.fromkeys(clip.file for clip in wanted):
        before = [clip for clip in wanted if clip.file == file]
        after = [clip for clip in played if clip.file == file]
        pairs = zip(before, after, strict=False)
        for clip, other in [pair for pair in pairs if not pair[0].is_like(pair[1])][:SHOWN]:
            yield CLIPS.finding(f"“{texts[clip][:QUOTED]}” is in {clip}; with {other.target}, {other} is played.")
        if len(before) != len(after):
            yield CLIPS.finding(f"{len(after)} clips play {file}; expected {len(before)}.")


def _played(archive: Archive, folder: str) -> Iterator[Clip]:
    """Yield the clips of all SMIL files (SMIL 1.0 and 3.0), each with its text, in the order of each file."""
    for name in sorted(archive.names):
        if not name.endswith(".smil"):
            continue
        for par in parse(archive.read(name)).iter("{*}par"):
            text, audio = next(par.iter("{*}text"), None), next(par.iter("{*}audio"), None)
            if text is not None and audio is not None:
                target, file = (_address(name, element, folder) for element in (text, audio))
                yield Clip(target, file, _time(audio, "begin", "Begin"), _time(audio, "end", "End"))


def _address(name: str, element: Any, folder: str) -> str:
    """Return what an element of a SMIL file refers to, from a folder."""
    source = element.get("src") or ""
    return posixpath.relpath(resolve(name, source), folder or ".") + "".join(source.partition("#")[1:])


def _time(audio: Any, *names: str) -> float:
    from exporter.parity.audio.daisy import clock

    return clock(audio.get(f"clip-{names[0]}") or audio.get(f"clip{names[1]}") or "0")


class _Person(msgspec.Struct):
    name: str = ""


class _Manifest(msgspec.Struct):
    readers: list[_Person] = msgspec.field(default_factory=list, name="readBy")


def _narrators(path: Path) -> set[str]:
    """Return the names, one for each file or tag that names one."""
    return {normal(name) for name in _names(path)}


def _names(path: Path) -> Iterator[str]:
    if path.suffix in _MP4:
        with path.open("rb") as file:
            tags = open_mp4(file).tags or {}
        yield from (next(iter(tags.get(key, ())), "") for key in _MP4_TAGS)
    else:
        with Archive(path) as archive:
            yield from _names_in(archive)


def _names_in(archive: Archive) -> Iterator[str]:
    for file in archive.names:
        base = file.rpartition("/")[2]
        if base.endswith(".opf"):  # EPUB 3.3, D.8.6
            metas = parse(archive.read(file)).iter("{*}meta")
            yield from (meta.text or "" for meta in metas if meta.get("property") == "media:narrator")
        elif base == "ncc.html":  # DAISY 2.02, 2.1
            metas = parse(archive.read(file)).iter("{*}meta")
            yield from (meta.get("content") or "" for meta in metas if meta.get("name") == "ncc:narrator")
        elif base == "publication.json":  # Audiobooks, 5.2
            manifest = msgspec.json.decode(archive.read(file), type=_Manifest)
            yield ", ".join(person.name for person in manifest.readers)
        elif base.endswith(".mp3") and "ncc.html" not in archive:
            with archive.open_sound(file) as sound:
                tags = open_mp3(sound).tags
            yield str(tags.get(ID3_NARRATOR, "")) if tags else ""


def check_recording(path: Path, clips: Sequence[TimedText]) -> Iterator[Finding]:
    """Yield the utterances in whose place another sound is heard."""
    if not any(clip.digest for clip in clips):
        return
    packets, rate = _packets(path)
    for clip in clips:
        if not clip.digest:
            continue
        shown = f"“{clip.text[:QUOTED]}”"
        if _digest(packets, clip) != clip.digest:
            yield CLIPS.finding(f"At {clip.begin:.3f} another sound is heard than that of {shown}.")
        elif abs(clip.begin - clip.packet * _PACKET / rate) > _LATEST:
            yield CLIPS.finding(f"{shown} is said to begin at {clip.begin:.3f}; its sound begins at another time.")


def _packets(path: Path) -> tuple[list[bytes], int]:
    """Return the packets of the sound of an M4B, and its sampling rate."""
    import av

    with av.open(str(path)) as container:
        stream: Any = container.streams.audio[0]
        return [bytes(packet) for packet in container.demux(stream) if packet.size], int(stream.rate)
