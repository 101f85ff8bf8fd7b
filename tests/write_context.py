"""A workshop for writers under test: pictures in a folder, a memory that ends with the test, labels and styles."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from exporter.contracts import WriteContext
from exporter.labels import Labels
from exporter.model import Asset

STYLES = Path(__file__).parents[1] / "styles"
LANGUAGES = sorted(path.stem for path in (STYLES / "labels").glob("*.toml"))
"""The languages of the house: where labels are, all that depends on the language has to be."""


class Pictures:
    """Pictures in a folder, by their digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, digest: str) -> Path:
        return self.folder / digest

    def add(self, name: str, data: bytes, media_type: str, width: int = 0, height: int = 0) -> Asset:
        digest = hashlib.sha256(data).hexdigest()
        self.path(digest).write_bytes(data)
        return Asset(name, digest, media_type, width, height, len(data))


class Memory(dict[str, bytes]):
    """A memo that counts what is put into it."""

    puts = 0

    def holds(self, key: str) -> bool:
        return key in self

    def put(self, key: str, data: bytes) -> None:
        self.puts += 1
        self[key] = data


@cache
def _labels(language: str) -> Labels:
    return Labels.load(STYLES, language)


def write_context(
    folder: Path,
    language: str = "en",
    *,
    pictures: Pictures | None = None,
    memory: Memory | None = None,
    facts: Mapping[str, bytes] | None = None,
) -> WriteContext:
    """Return a workshop in a folder of the test; its pictures lie in `folder/pictures` unless they are given."""
    scratch = folder / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    memory = memory if memory is not None else Memory()
    return WriteContext(
        assets=pictures or Pictures(folder / "pictures"),
        memo=memory,
        recordings=memory,
        labels=_labels(language),
        styles=STYLES,
        scratch=scratch,
        sidecars=facts or {},
    )
