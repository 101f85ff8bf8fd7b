"""Content of the store, what the last run found in it, its size limit, and how it is emptied."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from exporter.config import HOUSE_FILE, Location, read_toml, store_folder, store_limit, styles_folder
from exporter.errors import UsageError
from exporter.pipeline.events import Listener, Notice
from exporter.pipeline.execution.step_history import HistoryEntry, last_run
from exporter.pipeline.storage import scratch
from exporter.pipeline.storage.store import Store, is_store
from exporter.pipeline.storage.store_size import StoredFile, shrink, stored_files


class StoreRow(msgspec.Struct, frozen=True):
    """The files of one kind in the store."""

    kind: str
    files: int
    size: int
    """In bytes."""
    last_use: float
    """In seconds since 1970."""


class StoreContent(msgspec.Struct, frozen=True):
    """Content of the store, and the steps of the last run."""

    folder: Path
    limit: int | None
    """Size limit in bytes; None for none."""
    rows: tuple[StoreRow, ...]
    """The largest first."""
    last_run: tuple[HistoryEntry, ...]
    """The steps of the last run."""

    @property
    def size(self) -> int:
        """The size of the store in bytes."""
        return sum(row.size for row in self.rows)


def store_content(store: Location | None = None, limit: str = "", styles: Path | None = None) -> StoreContent:
    """Return what is in the store; if it is larger than its limit, what was not used for longest is removed first.

    Args:
        store: Folder of the store; None for the default.
        limit: Its size limit, such as `20 GB`; empty for that of the settings, which removes nothing.
        styles: Folder of styles, with the settings of the publisher; None for the default.

    Raises:
        UsageError: The folder exists and is not a store, or the limit is not a size.
        SettingsError: The publisher settings are invalid.
    """
    root, *_ = store_folder(store)
    size_limit = store_limit(read_toml(styles_folder(styles) / HOUSE_FILE, HOUSE_FILE), limit)
    opened = _open(root)
    if opened is None:
        return StoreContent(root, size_limit, (), ())
    if limit and size_limit is not None:
        shrink(opened, size_limit)
    return StoreContent(root, size_limit, tuple(_rows(stored_files(opened))), last_run(opened))


def clean(store: Location | None = None) -> tuple[Path, int]:
    """Empty the store; return its folder and the number of bytes freed.

    Raises:
        UsageError: The folder is not a store, or another export is using it.
    """
    root, *_ = store_folder(store)
    opened = _open(root)
    return root, scratch.empty(opened) if opened else 0


def _open(root: Path) -> Store | None:
    if not root.exists():
        return None
    if not is_store(root):
        raise UsageError(f"“{root}” is not a store of exporter.", advice="Name the folder that --store named before.")
    return Store(root)


def limit_size(store: Store, limit: int | None, began: float, listener: Listener) -> None:
    """Remove from the store what has not been used for longest if it is larger than its limit.

    Args:
        store: The store.
        limit: In bytes; None for none.
        began: When the run that has just ended began, in seconds since 1970.
        listener: Receives a notice if something that the run has used was removed.
    """
    if limit is not None and shrink(store, limit).last_use >= began:
        listener(
            Notice(
                "The store is too small for this export: results of this run were removed, and the next one has to "
                "repeat them. Allow more, for example with: --store-limit 50GB"
            )
        )


def _rows(files: Iterable[StoredFile]) -> list[StoreRow]:
    by_kind: dict[str, list[StoredFile]] = {}
    for file in files:
        by_kind.setdefault(file.kind, []).append(file)
    rows = [
        StoreRow(kind, len(of_kind), sum(file.size for file in of_kind), max(file.used for file in of_kind))
        for kind, of_kind in by_kind.items()
    ]
    return sorted(rows, key=lambda row: row.size, reverse=True)
