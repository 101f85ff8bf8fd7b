"""Maintenance: emptying the store, and crash reports about bugs in exporter itself."""

from __future__ import annotations

from pathlib import Path

from exporter.config import Location, store_folder
from exporter.errors import UsageError
from exporter.pipeline import scratch
from exporter.pipeline.crash_reports import write_crash_report
from exporter.pipeline.store import Store, is_store


def clean(store: Location | None = None) -> tuple[Path, int]:
    """Empty the store; return its folder and the number of bytes freed.

    Raises:
        UsageError: The folder is not a store, or another export is using it.
    """
    root, *_ = store_folder(store)
    if not root.exists():
        return root, 0
    if not is_store(root):
        raise UsageError(f"“{root}” is not a store of exporter.", advice="Name the folder that --store named before.")
    return root, scratch.empty(Store(root))


def report_bug(action: str, details: str) -> str:
    """Write a crash report about a bug in exporter; return its path, or "" if it cannot be written.

    Args:
        action: What was being done.
        details: The traceback.
    """
    root, *_ = store_folder()
    return write_crash_report(Store(root) if (root / "details").is_dir() else None, action, details)
