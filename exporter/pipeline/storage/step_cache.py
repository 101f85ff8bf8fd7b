"""Cache of a step for its costly parts: the memos of the store."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from exporter.errors import OutputError

if TYPE_CHECKING:
    from exporter.pipeline.storage.store import Store

FOLDER = "memos"


class StoreCache:
    """Cache of one step; implements `contracts.StepCache`.

    Args:
        store: The store.
        namespace: Name of the step, with everything that determines its results besides the keys that it uses.
    """

    def __init__(self, store: Store, namespace: str) -> None:
        self._store = store
        self._namespace = namespace
        self.used: set[str] = set()
        """Names of the memos that were read or written."""

    def get(self, key: str) -> bytes | None:
        """Return the bytes cached under `key`, or None if they are absent or damaged."""
        return self._store.read_sealed(FOLDER, self._name(key))

    def holds(self, key: str) -> bool:
        """Return whether bytes are cached under `key`, damaged or not."""
        return self._store.holds_sealed(FOLDER, self._name(key))

    def put(self, key: str, data: bytes) -> None:
        """Cache `data` under `key`; failure to write it is ignored."""
        with suppress(OutputError):
            # Without sync, as a step may write hundreds: the seal detects a truncated file.
            self._store.write_sealed(FOLDER, self._name(key), data, sync=False)

    def _name(self, key: str) -> str:
        name = hashlib.sha256(f"{self._namespace}\0{key}".encode()).hexdigest()
        self.used.add(name)
        return name
