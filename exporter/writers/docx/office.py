"""Which LibreOffice there is; it counts the pages of the finished document."""

from __future__ import annotations

import shutil
from pathlib import Path

PROGRAM = "soffice"
INSTALL = "sudo apt-get install --no-install-recommends libreoffice-writer-nogui libreoffice-math-nogui"


def state() -> str:
    """Give its path, and when it was changed; empty when there is none."""
    found = shutil.which(PROGRAM)
    if found is None:
        return ""
    path = Path(found).resolve()
    return f"{path} {path.stat().st_mtime_ns}"
