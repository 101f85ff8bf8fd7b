"""Empty the store."""

from __future__ import annotations

from pathlib import Path

from exporter.config import store_folder
from exporter.pipeline import scratch
from exporter.pipeline.store import TAG, Store


def clean(store: Path | None = None) -> tuple[Path, int]:
    """Empty the store; give its folder and the bytes that were freed.

    Raises:
        UsageError: The folder is no store of ours, or another export is using it.
    """
    root, _ = store_folder(store)
    if not root.exists():
        return root, 0
    if not (root / TAG).is_file():
        # Says what is wrong with it when it holds other things.
        Store.open(root)
    return root, scratch.empty(Store(root))
