"""Defects in what recordings state about themselves: tags, playlists, manifests, numbers of a talking book."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.parity.audio.planted import InFile, _chapters, _id3, _inside, _rules, _say, _sub, _tag, _text


def _manifest(**values: Any) -> Callable[[Path], None]:
    def changed(data: bytes) -> bytes:
        return json.dumps(json.loads(data) | values).encode()

    return lambda path: _inside(path, "publication", changed)


def _in_track(frame: str, value: str) -> Callable[[Path], None]:
    return lambda path: _inside(path, "^02", _id3(frame, _say(value)))


def _in_index(pattern: str, new: str) -> Callable[[Path], None]:
    return lambda path: _inside(path, "ncc", _sub(pattern, new))


def _stated(name: str, value: str) -> InFile:
    """Return a change of a number or a name in the navigation of a talking book."""
    change = _in_index(f'(name="{name}" content=")[^"]*', rf"\g<1>{value}")
    return InFile(f"another {name}", "daisy", change, _rules("metadata"))


def _more(path: Path) -> None:
    """Add a track that is not in the playlist."""
    with zipfile.ZipFile(path) as archive:
        track = next(archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".mp3"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("99 More.mp3", track)


def _other_language(path: Path) -> None:
    """Mark the sound as Welsh (ISO/IEC 14496-12, 8.4.2)."""
    data = bytearray(path.read_bytes())
    begin = 0
    while (begin := data.find(b"mdhd", begin + 1)) > 0:
        data[begin + 24 : begin + 26] = (3 << 10 | 25 << 5 | 13).to_bytes(2, "big")
    path.write_bytes(data)


def _exchange_entries(data: bytes) -> bytes:
    first, second = re.findall(rb'<span class="noteref".*?</span>', data)[:2]
    return data.replace(first, b"@").replace(second, first).replace(b"@", second)


IN_FILE = (
    *(
        InFile(f"another tag {key}", "audio", lambda p, key=key: _tag(p, key, "Else"), _rules("metadata"))
        for key in ("desc", "ldes", "\xa9cmt", "\xa9alb", "aART", "\xa9gen", "\xa9lyr")
    ),
    InFile("another series", "audio",
           lambda p: _tag(p, "----:com.apple.iTunes:SERIES", b"Else"), _rules("metadata")),
    InFile("another length in the playlist", "mp3",
           lambda p: _inside(p, "m3u8", _sub(r"#EXTINF:\d+", "#EXTINF:9999")), _rules("clips")),
    InFile("a track that is not in the playlist", "mp3", _more, _rules("headings")),
    InFile("another number of a track", "mp3", _in_track("TRCK", "7/9"), _rules("metadata")),
    InFile("another title of a track", "mp3", _in_track("TIT2", "Else"), _rules("headings", "chapters")),
    InFile("another language of a track", "mp3", _in_track("TLAN", "fre"), _rules("metadata")),
    InFile("another author of a track", "mp3", _in_track("TPE1", "Else"), _rules("metadata")),
    InFile("another length of the whole", "audiobook", _manifest(duration="PT9S"), _rules("clips")),
    InFile("a hazard", "audiobook", _manifest(accessibilityHazard=["flashing"]), _rules("metadata")),
    InFile("another mode", "audiobook", _manifest(accessMode=["visual"]), _rules("metadata")),
    InFile("a feature that it does not have", "audiobook",
           _manifest(accessibilityFeature=["captions"]), _rules("metadata")),
    InFile("another direction", "audiobook", _manifest(readingProgression="rtl"), _rules("directions")),
    InFile("an abridged text", "audiobook", _manifest(abridged=True), _rules("metadata")),
    InFile("another day of the last change", "audiobook", _manifest(dateModified="1999-01-01"), _rules("metadata")),
    InFile("a kind of music", "audio", lambda p: _tag(p, "stik", 1), _rules("metadata")),
    InFile("sound in another language", "audio", _other_language, _rules("language")),
    InFile("a track with another cover", "mp3",
           lambda p: _inside(p, r"\.mp3", _id3("APIC", lambda frame: setattr(frame, "desc", "Else"))),
           _rules("metadata", "pictures")),
    InFile("a cue in a comment", "transcript",
           lambda p: _text(p, r"\n\n([^\n]*\n[^\n]*-->[^\n]*\nI waited\.)", r"\n\nNOTE \1"), _rules("transcript")),
    InFile("a cue of a class", "transcript",
           lambda p: _text(p, "I waited", "<c.gone>I waited</c>"), _rules("transcript")),
    InFile("cues that are hidden", "transcript",
           lambda p: _text(p, "WEBVTT\n", "WEBVTT\n\nSTYLE\n::cue { visibility: hidden }\n"), _rules("transcript")),
    InFile("a cue off the picture", "transcript",
           lambda p: _text(p, r"(-->[^\n]*)", r"\1 size:1% position:0%"), _rules("transcript")),
    InFile("a hidden chapter", "chapters", lambda p: _chapters(p, lambda c: c[2].update(toc=False)),
           _rules("chapters")),
    InFile("a chapter with an address", "chapters",
           lambda p: _chapters(p, lambda c: c[2].update(url="https://example.org/x")), _rules("chapters")),
    *(
        _stated(name, value)
        for name, value in (
            *(("ncc:pageNormal", "99"), ("ncc:maxPageNormal", "99"), ("ncc:tocItems", "99"), ("ncc:depth", "6")),
            *(("ncc:files", "99"), ("ncc:footnotes", "99"), ("ncc:charset", "latin-1"), ("dc:format", "Daisy 3")),
            ("ncc:multimediaType", "audioNcc"),
        )
    ),
    InFile("another title of the navigation", "daisy", _in_index("<title>[^<]*", "<title>Else"), _rules("title")),
    InFile("entries of the navigation exchanged", "daisy", lambda p: _inside(p, "ncc", _exchange_entries),
           _rules("order")),
    InFile("a page of another number", "daisy",
           _in_index(r'(class="page-normal"[^>]*><a[^>]*>)\d+', r"\g<1>77"), _rules("pages", "metadata")),
    InFile("another title in the list of parts", "daisy",
           lambda p: _inside(p, "master", _sub(r'(<ref title=")[^"]*', r"\1Else")), _rules("chapters")),
    InFile("another length of a sequence", "daisy",
           lambda p: _inside(p, r"d0003\.smil", _sub(r'(<seq dur=")[^"]*', r"\g<1>1.0s")), _rules("clips")),
)  # fmt: skip
