"""Size of a store: what it contains by kind, and removal of what has not been used for the longest time.

A record and a memo are used when they are read; an object and the memos of a step when the record of their step is.
Nothing that an active run has used is removed; what is removed is made again when it is needed.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from exporter.pipeline.storage import scratch
from exporter.pipeline.storage.results import StoredObject
from exporter.pipeline.storage.store import Store

_TARGET = 0.9
"""Part of the limit that remains, so that not every run removes something."""
_RESOLUTION = 2.0
"""Seconds of the time stamps of some file systems (FAT)."""
_NAME = 64
"""Characters of the name of a memo."""
_KINDS = {
    "edition": "editions",
    "tree": "texts",
    "media": "images",
    "asset": "images",
    "sidecar": "facts about editions",
    "amounts": "facts about editions",
}
"""By the name of an output, up to its colon."""
_REPORTS, _RECORDS, _MEMOS, _UNUSED = (
    "reports and pages",
    "results of steps",
    "parts of editions: sentences spoken, images converted, fonts",
    "not in use",
)


class StoredFile(msgspec.Struct):
    """A file of a store."""

    path: Path
    size: int
    modified: float
    used: float
    """Time of its last use, in seconds since 1970."""
    kind: str
    digests: tuple[str, ...] = ()
    """Objects that a record needs."""


class Removed(NamedTuple):
    """Files that were removed from a store."""

    size: int = 0
    last_use: float = -math.inf
    """The latest use of what was removed, in seconds since 1970."""


class _Record(msgspec.Struct):
    outputs: dict[str, StoredObject] = {}
    memos: StoredObject | None = None


def stored_files(store: Store) -> tuple[StoredFile, ...]:
    """Return the files of a store with their kinds and their last use."""
    records = [_file(entry, _RECORDS) for _, entry in _entries(store, "records")]
    objects = {name: _file(entry, _UNUSED) for name, entry in _entries(store, "objects")}
    memos = {name: _file(entry, _MEMOS) for name, entry in _entries(store, "memos")}
    for file in records:
        record = _read_record(file.path)
        outputs = {output.digest: _kind(name) for name, output in record.outputs.items()}
        if record.memos:
            outputs[record.memos.digest] = _RECORDS
        file.digests = tuple(outputs)
        for digest, kind in outputs.items():
            if (stored := objects.get(digest)) is not None:
                stored.used, stored.kind = max(stored.used, file.used), kind
        for name in _memos(objects, record):
            if (memo := memos.get(name)) is not None:
                memo.used = max(memo.used, file.used)
    return (*records, *objects.values(), *memos.values())


def size_of_store(store: Store) -> int:
    """Return the bytes of the files of a store."""
    return sum(entry.stat().st_size for name in ("records", "objects", "memos") for _, entry in _entries(store, name))


def shrink(store: Store, limit: int) -> Removed:
    """Remove what has not been used for the longest time if a store is larger than its limit in bytes.

    Nothing that an active run has used or may be using is removed.
    """
    excess = size_of_store(store) - limit
    if excess <= 0:
        return Removed()
    excess += int(limit * (1 - _TARGET))
    since = scratch.active_since(store) - _RESOLUTION
    removed, last_use = 0, -math.inf
    needed: set[str] = set()
    # The order is that of `stored_files` among files of the same time: a record goes before its objects.
    for file in sorted(stored_files(store), key=lambda file: file.used):
        if removed >= excess or file.used >= since:
            break
        if file.path.parent.name + file.path.name in needed:
            continue
        if _remove(file):
            removed, last_use = removed + file.size, file.used
        else:
            needed.update(file.digests)
    return Removed(removed, last_use)


def _remove(file: StoredFile) -> bool:
    """Remove a file unless another run has used it in the meantime; return whether it is absent."""
    try:
        if file.path.stat().st_mtime > file.modified:
            return False
        file.path.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _entries(store: Store, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files of a folder of a store by their names."""
    with suppress(OSError), os.scandir(store.root / folder) as parts:
        for part in parts:
            with suppress(OSError), os.scandir(part.path) as entries:
                yield from ((part.name + entry.name, entry) for entry in entries if entry.is_file())


def _file(entry: os.DirEntry[str], kind: str) -> StoredFile:
    status = entry.stat()
    return StoredFile(Path(entry.path), status.st_size, status.st_mtime, status.st_mtime, kind)


def _read_record(path: Path) -> _Record:
    try:
        return msgspec.json.decode(path.read_bytes()[_NAME:], type=_Record)
    except (OSError, msgspec.MsgspecError):
        return _Record()


def _memos(objects: Mapping[str, StoredFile], record: _Record) -> Iterator[str]:
    """Yield the names of the memos that a step has used."""
    if record.memos is None or record.memos.digest not in objects:
        return
    with suppress(OSError):
        names = objects[record.memos.digest].path.read_text("ascii")
        yield from (names[start : start + _NAME] for start in range(0, len(names), _NAME))


def _kind(output: str) -> str:
    return _KINDS.get(output.partition(":")[0], _REPORTS)
