"""What the catalogue knows of a publication: `entry.json` in its folder, written with the editions that it speaks of.

The catalogue is made from these files alone, so a run over one publication leaves the others in it, and a publication
whose export fails keeps the entry of the editions that stand there.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import Editions
from exporter.files import read_regular
from exporter.labels import Labels
from exporter.model import Metadata

FORMAT = 1
"""Version of the shape of entry.json; changes when a field changes its meaning."""
ENTRY = "entry.json"
PAGE = "index.html"
"""The page of a publication, in its folder."""
LARGEST = 1_000_000
"""Bytes of an entry; a longer file is none of ours."""

EPUB_TYPE = "application/epub+zip"

Name = Annotated[str, msgspec.Meta(pattern=r"^[^/\\\x00-\x1f]+$", max_length=255)]
"""A file beside the entry: no way out of the folder."""
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Pixels = Annotated[int, msgspec.Meta(gt=0)]


class EditionFile(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One edition that stands in the folder."""

    name: str
    """Of the edition, such as `large-print`."""
    file: Name
    media_type: str
    size: Annotated[int, msgspec.Meta(gt=0)]
    """Bytes."""
    sha256: Digest
    pages: Annotated[int, msgspec.Meta(ge=0)] = 0
    """0 for an edition that has none."""
    seconds: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    """Length of its sound; 0.0 for an edition that is silent."""


class CoverImage(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The cover as a picture in the folder."""

    file: Name
    media_type: str
    width: Pixels
    height: Pixels
    alt: str = ""
    """Empty when it shows nothing but what stands beside it."""
    sha256: Digest | None = None
    """None: not known."""


class Accessibility(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What the EPUB says of itself (EPUB Accessibility 1.1, 3 and 4), in the words of schema.org."""

    modes: tuple[str, ...] = ()
    sufficient: tuple[tuple[str, ...], ...] = ()
    """Sets of modes, each of which is enough."""
    features: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()
    summary: str = ""
    conforms_to: str = ""
    """Such as `EPUB Accessibility 1.1 - WCAG 2.2 Level AA`; empty unless somebody certifies it."""
    certifier: str = ""


class CatalogueEntry(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One publication as it stands in the output folder."""

    format: int = FORMAT
    slug: Name
    """The name of its folder."""
    metadata: Metadata
    """As the editions have it; without its cover, which is `cover`."""
    files: tuple[EditionFile, ...]
    cover: CoverImage | None = None
    accessibility: Accessibility | None = None
    """None without an EPUB."""
    page: str = ""
    """The page of the publication, in its folder; empty when there is none. Found out on reading."""

    @property
    def title(self) -> str:
        """The title; the name of the folder where there is none."""
        return self.metadata.title or self.slug

    def of_type(self, media_type: str) -> EditionFile | None:
        """Return the first edition whose media type begins so, such as `text/html` or `audio/`, or None."""
        return next((file for file in self.files if file.media_type.startswith(media_type)), None)


def encode(entry: CatalogueEntry) -> bytes:
    """Return `entry.json`; equal entries give equal bytes."""
    metadata = msgspec.structs.replace(entry.metadata, cover=None, source=None)
    bare = msgspec.structs.replace(entry, metadata=metadata, page="")
    # The format is written always, so that whoever reads it need not know what is left out.
    table = {"format": bare.format, **msgspec.to_builtins(bare)}
    return msgspec.json.format(msgspec.json.encode(table), indent=2) + b"\n"


def entries_of(output: Path) -> tuple[CatalogueEntry, ...]:
    """Return the publications that stand in an output folder, the newest first.

    What stands there decides: an edition whose file is missing or has another length is left out, and so is a
    publication without editions, one whose folder has been given another name, and an entry that is damaged.
    """
    try:
        folders = sorted(folder for folder in output.iterdir() if folder.is_dir())
    except OSError:
        return ()
    found = [entry for folder in folders if (entry := read(folder)) is not None]
    return tuple(sorted(sorted(found, key=_name), key=_date, reverse=True))


def ordered(files: Iterable[EditionFile], editions: Editions) -> tuple[EditionFile, ...]:
    """Return the files of editions in the order of lists."""
    return tuple(sorted(files, key=lambda file: (editions[file.name].order, file.name)))


def name_of(file: EditionFile, labels: Labels) -> str:
    """Return what readers call an edition; one without a label is called by its suffix."""
    try:
        return labels(f"editions.{file.name}")
    except KeyError:
        return file.file.rpartition(".")[2].upper()


def read(folder: Path) -> CatalogueEntry | None:
    """Return the publication that stands in a folder; None when there is none, or its entry is none of ours."""
    try:
        data = read_regular(folder / ENTRY, folder, limit=LARGEST + 1)
        entry = msgspec.json.decode(data, type=CatalogueEntry) if len(data) <= LARGEST else None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    if entry is None or entry.format != FORMAT or entry.slug != folder.name:
        return None
    files = tuple(one for one in entry.files if _size(folder / one.file) == one.size)
    if not files:
        return None
    return msgspec.structs.replace(
        entry,
        files=files,
        cover=entry.cover if entry.cover and _size(folder / entry.cover.file) else None,
        accessibility=entry.accessibility if any(file.media_type == EPUB_TYPE for file in files) else None,
        page=PAGE if _size(folder / PAGE) else "",
    )


def _size(path: Path) -> int:
    """Return the size of a regular file in bytes; 0 if there is none, or only a link."""
    try:
        return path.stat().st_size if path.is_file() and not path.is_symlink() else 0
    except OSError:
        return 0


def _date(entry: CatalogueEntry) -> str:
    return entry.metadata.date.isoformat() if entry.metadata.date else ""


def _name(entry: CatalogueEntry) -> tuple[str, str]:
    return (entry.title.casefold(), entry.slug)
