"""Narrators that the metadata of an edition with sounds name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from exporter.inspect.archive import Archive
from exporter.inspect.sound import open_mp3, open_mp4
from exporter.inspect.xml import parse
from exporter.parity.extraction import normal

_NARRATOR = "TXXX:NARRATOR"
"""Key of the frame for texts of any name that has it (ID3v2.4.0, 4.2.6; TXXX is its identifier)."""

_MP4 = frozenset({".m4a", ".m4b"})
_MP4_TAGS = ("\xa9nrt", "\xa9wrt")
"""Narrator and composer: players that know no narrator show the composer."""


class _Person(msgspec.Struct):
    name: str = ""


class _Manifest(msgspec.Struct):
    readers: list[_Person] = msgspec.field(default_factory=list, name="readBy")


def read(path: Path) -> set[str]:
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
            yield str(tags.get(_NARRATOR, "")) if tags else ""
