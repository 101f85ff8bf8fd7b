"""What a recording says: its chapters, read with mutagen; its words, from the list of utterances if given."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from exporter.parity.facts import Facts, Heading, Picture, normal


class _Utterance(msgspec.Struct):
    text: str = ""
    kind: str = ""
    node: str = ""
    """The node of the tree that is read."""


class _Script(msgspec.Struct):
    utterances: list[_Utterance]


def read(path: Path, utterances: bytes | None = None) -> Facts:
    """Read a recording in M4B or MP3.

    Args:
        path: The file.
        utterances: The script of the recording as JSON, a list of utterances or a record with one.

    Raises:
        mutagen.MutagenError, OSError, msgspec.MsgspecError: It is none.
    """
    title, language, chapters = _mp3(path) if path.suffix == ".mp3" else _mp4(path)
    return Facts(
        title=normal(title),
        language=language or None,
        headings=tuple(Heading(normal(chapter)) for chapter in chapters),
        pictures=tuple(_pictures(_script(utterances))) if utterances is not None else None,
    )


def _script(data: bytes) -> list[_Utterance]:
    script = msgspec.json.decode(data, type=_Script | list[_Utterance])
    return script if isinstance(script, list) else script.utterances


def _pictures(utterances: Iterable[_Utterance]) -> Iterable[Picture]:
    # A long alt text is spoken in several sentences.
    for (node, kind), parts in groupby(utterances, key=lambda each: (each.node, each.kind)):
        if kind == "alt" and node:
            yield Picture(normal(" ".join(part.text for part in parts)))


def _mp4(path: Path) -> tuple[str, str, list[str]]:
    from mutagen.mp4 import MP4

    file: Any = MP4(path)  # type: ignore[no-untyped-call]  # mutagen has few types
    tags: Any = file.tags or {}
    chapters = [chapter.title for chapter in file.chapters or ()]
    return str(next(iter(tags.get("\xa9nam", ())), "")), "", chapters


def _mp3(path: Path) -> tuple[str, str, list[str]]:
    from mutagen.id3 import ID3

    tags: Any = ID3(path)  # type: ignore[no-untyped-call]  # mutagen has few types
    frames = sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time)
    chapters = [str(title) for frame in frames for title in frame.sub_frames.getall("TIT2")]
    return str(tags.get("TIT2", "")), str(tags.get("TLAN", "")), chapters
