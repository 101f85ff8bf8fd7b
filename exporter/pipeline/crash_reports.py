"""What helps to mend a crash, kept in a file instead of on the screen."""

from __future__ import annotations

import platform
import secrets
import tempfile
from pathlib import Path

from exporter import __version__
from exporter.pipeline.store import Store, replace_file


def write_crash_report(store: Store | None, what: str, details: str) -> str:
    """Keep details of a failure and give the path of their file; empty when there are none or no place for them.

    Args:
        store: Where to; None for the folder of temporary files.
        what: The step, or what was done.
        details: A traceback, or what a process printed last.
    """
    if not details:
        return ""
    head = f"exporter {__version__}, Python {platform.python_version()}, {platform.platform()}\n{what}\n\n"
    folders = [store.root / "details"] if store else []
    for folder in [*folders, Path(tempfile.gettempdir())]:
        path = folder / f"exporter-{secrets.token_hex(4)}.txt"
        try:
            replace_file(path, (head + details).encode("utf-8", "backslashreplace"), sync=False)
        except OSError:
            continue
        return str(path)
    return ""
