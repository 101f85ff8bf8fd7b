"""Mistakes of our own."""

from __future__ import annotations

from exporter.config import store_folder
from exporter.pipeline.crash_reports import write_crash_report
from exporter.pipeline.store import Store


def report_bug(what: str, details: str) -> str:
    """Keep what helps to mend a mistake of ours and give the path of its file; empty when there is no place for it.

    Args:
        what: What was being done.
        details: The traceback.
    """
    root, _ = store_folder()
    return write_crash_report(Store(root) if (root / "details").is_dir() else None, what, details)
