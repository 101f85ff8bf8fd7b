"""Which LibreOffice there is; it counts the pages of the finished document."""

from __future__ import annotations

import shutil
from pathlib import Path

PROGRAM = "soffice"
INSTALL = "sudo apt-get install --no-install-recommends libreoffice-writer-nogui libreoffice-math-nogui"


def program() -> Path | None:
    """Return the program itself, not what starts it: so it can be stopped; None when there is none."""
    found = shutil.which(PROGRAM)
    if found is None:
        return None
    own = Path(found).resolve().with_name("soffice.bin")
    return own if own.is_file() else Path(found)


def state() -> str:
    """Return its path, and when it was changed; empty when there is none."""
    found = program()
    return f"{found} {found.stat().st_mtime_ns}" if found else ""
