"""The catalogue entry of a publication: `entry.json` in its folder, written together with its editions.

The catalogue is built from these files alone, so an export of one publication keeps the others in it, and a publication
whose export fails keeps the entry of its existing editions.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import Editions
from exporter.files import read_regular
from exporter.labels import Labels, MissingLabelError
from exporter.model import Kind, Metadata

FORMAT = 1
"""Version of entry.json; changes when a field changes its meaning."""
ENTRY = "entry.json"
PAGE = "index.html"
"""The page of a publication, in its folder."""
CONFORMANCE = "conformance.html"
"""The results of its checks, criterion by criterion, in its folder."""
MAX_BYTES = 1_000_000
"""Maximum size of an entry; a larger file was not written by exporter."""

EPUB_TYPE = "application/epub+zip"

Name = Annotated[str, msgspec.Meta(pattern=r"^[^/\\\x00-\x1f]+$", max_length=255)]
"""Name of a file in the folder of the entry, without a path."""
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Pixels = Annotated[int, msgspec.Meta(gt=0)]


class EditionFile(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """File of one edition in the folder."""

    name: str
    """Of the edition, such as `large-print`."""
    file: Name
    media_type: str
    size: Annotated[int, msgspec.Meta(gt=0)]
    """Bytes."""
    sha256: Digest
    pages: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Number of pages; 0 for an edition without pages."""
    seconds: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    """Duration of its audio; 0.0 for an edition without audio."""


class CoverImage(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Image of the cover in the folder."""

    file: Name
    media_type: str
    width: Pixels
    height: Pixels
    alt: str = ""
    """Empty if it only repeats the text next to it."""
    sha256: Digest | None = None
    """None if unknown."""


class Accessibility(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Accessibility metadata of the EPUB (EPUB Accessibility 1.1, 3 and 4), in the vocabulary of schema.org."""

    modes: tuple[str, ...] = ()
    sufficient: tuple[tuple[str, ...], ...] = ()
    """Sets of modes, each of which is sufficient."""
    features: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()
    summary: str = ""
    conforms_to: str = ""
    """Such as `EPUB Accessibility 1.1 - WCAG 2.2 Level AA`; empty without a certifier."""
    certifier: str = ""
    certifier_report: str = ""
    """Web address of the results of the checks."""


class CatalogueEntry(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One publication in the output folder."""

    format: int = FORMAT
    slug: Name
    """The name of its folder."""
    metadata: Metadata
    """Metadata of the editions, without the cover, which is `cover`."""
    files: tuple[EditionFile, ...]
    follows: tuple[str, ...] = ()
    """Names of editions that are not in `files` yet, or whose recording follows."""
    cover: CoverImage | None = None
    accessibility: Accessibility | None = None
    """None if there is no EPUB."""
    page: str = ""
    """The page of the publication, in its folder; empty if there is none. Set when the entry is read."""

    @property
    def title(self) -> str:
        """The title, or the name of the folder if there is none."""
        return self.metadata.title or self.slug

    def of_type(self, media_type: str) -> EditionFile | None:
        """Return the first edition whose media type begins with this, such as `text/html` or `audio/`, or None."""
        return next((file for file in self.files if file.media_type.startswith(media_type)), None)


def encode(entry: CatalogueEntry) -> bytes:
    """Return `entry.json`; equal entries give equal bytes."""
    metadata = msgspec.structs.replace(entry.metadata, cover=None, source=None)
    stored = msgspec.structs.replace(entry, metadata=metadata, page="")
    # The format is written even if it is the default, so that readers of the file need not know the default.
    table = {"format": stored.format, **msgspec.to_builtins(stored)}
    return msgspec.json.format(msgspec.json.encode(table), indent=2) + b"\n"


def read_entries(output: Path) -> tuple[CatalogueEntry, ...]:
    """Return the publications in an output folder, the newest first, and manuals after all others.

    The existing files decide: editions whose file is missing or has another size are left out, and so are publications
    without editions or with a renamed folder, and damaged entries.
    """
    try:
        folders = sorted(folder for folder in output.iterdir() if folder.is_dir())
    except OSError:
        return ()
    entries = [entry for folder in folders if (entry := read(folder)) is not None]
    newest_first = sorted(sorted(entries, key=_title_key), key=_date_key, reverse=True)
    return tuple(sorted(newest_first, key=lambda entry: entry.metadata.kind is Kind.MANUAL))


def sort_files(files: Iterable[EditionFile], editions: Editions) -> tuple[EditionFile, ...]:
    """Return the files of editions, sorted by the order of the editions."""
    return tuple(sorted(files, key=lambda file: (editions[file.name].order, file.name)))


def edition_label(file: EditionFile, labels: Labels) -> str:
    """Return the label of an edition for readers, or its suffix if it has no label."""
    try:
        return labels(f"editions.{file.name}")
    except MissingLabelError:
        return file.file.rpartition(".")[2].upper()


def read(folder: Path) -> CatalogueEntry | None:
    """Return the publication in a folder, or None if there is none or its entry is not valid."""
    try:
        data = read_regular(folder / ENTRY, folder, limit=MAX_BYTES + 1)
        entry = msgspec.json.decode(data, type=CatalogueEntry) if len(data) <= MAX_BYTES else None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    if entry is None or entry.format != FORMAT or entry.slug != folder.name:
        return None
    files = tuple(file for file in entry.files if _size(folder / file.file) == file.size)
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
    """Return the size of a regular file in bytes, or 0 if there is none, or only a symbolic link."""
    try:
        return path.stat().st_size if path.is_file() and not path.is_symlink() else 0
    except OSError:
        return 0


def _date_key(entry: CatalogueEntry) -> str:
    return entry.metadata.date.isoformat() if entry.metadata.date else ""


def _title_key(entry: CatalogueEntry) -> tuple[str, str]:
    return (entry.title.casefold(), entry.slug)
