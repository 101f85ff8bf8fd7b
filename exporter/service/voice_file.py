"""A voice that is named by its file, on the command line alone: manuscripts and settings name what is installed."""

from __future__ import annotations

import os
from pathlib import Path

from exporter.config import PIPER_VARIABLE


def voice_named(wish: str) -> str:
    """Give the name of a voice; a file of Piper that is named instead becomes known to this run under its own name."""
    path = Path(wish)
    if path.suffix != ".onnx":
        return wish
    others = os.environ.get(PIPER_VARIABLE, "")
    os.environ[PIPER_VARIABLE] = os.pathsep.join(part for part in (str(path.expanduser().resolve()), others) if part)
    return f"piper/{path.stem}"
