"""Crash reports: details of a failure for developers, written to a file instead of the screen."""

from __future__ import annotations

import platform
import secrets
import tempfile
from pathlib import Path

from exporter import __version__
from exporter.config import store_folder
from exporter.pipeline.file_writing import replace_file
from exporter.pipeline.storage.store import Store


def write_crash_report(store: Store | None, action: str, details: str) -> str:
    """Write the details of a failure to a file; return its path, or "" if there are none or it cannot be written.

    Args:
        store: The store that holds the file; None for the folder of temporary files.
        action: The step, or what was being done.
        details: A traceback, or the last output of a process.
    """
    if not details:
        return ""
    head = f"exporter {__version__}, Python {platform.python_version()}, {platform.platform()}\n{action}\n\n"
    folders = [store.root / "details"] if store else []
    for folder in [*folders, Path(tempfile.gettempdir())]:
        path = folder / f"exporter-{secrets.token_hex(4)}.txt"
        try:
            replace_file(path, (head + details).encode("utf-8", "backslashreplace"), sync=False)
        except OSError:
            continue
        return str(path)
    return ""


def report_bug(action: str, details: str) -> str:
    """Write a crash report about a bug in exporter itself; return its path, or "" if it cannot be written.

    Args:
        action: What was being done.
        details: The traceback.
    """
    root, *_ = store_folder()
    return write_crash_report(Store(root) if (root / "details").is_dir() else None, action, details)
