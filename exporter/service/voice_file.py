"""A voice that is named by its file, on the command line alone: manuscripts and settings name what is installed."""

from __future__ import annotations

import os
from pathlib import Path

from exporter.config import PIPER_VARIABLE
from exporter.errors import SettingsError, UsageError
from exporter.speech.voice_selection import refuse_unknown


def voice_named(wish: str) -> str:
    """Return the name of a voice; a file of Piper that is named instead becomes known to this run under its own name.

    Raises:
        UsageError: There is no voice of that name: better said now than after all other editions are made.
    """
    path = Path(wish)
    if path.suffix != ".onnx":
        try:
            refuse_unknown(wish)
        except SettingsError as error:
            raise UsageError(error.message, advice=error.advice) from error
        return wish
    others = os.environ.get(PIPER_VARIABLE, "")
    os.environ[PIPER_VARIABLE] = os.pathsep.join(part for part in (str(path.expanduser().resolve()), others) if part)
    return f"piper/{path.stem}"
