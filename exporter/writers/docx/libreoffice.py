"""The installed LibreOffice, which counts the pages of the document."""

from __future__ import annotations

from pathlib import Path

from exporter.installation import which

PROGRAM = "soffice"


def program() -> Path | None:
    """Return the executable rather than its launcher, so that it can be stopped, or None if it is not installed."""
    launcher = which(PROGRAM)
    if launcher is None:
        return None
    executable = Path(launcher).resolve().with_name("soffice.bin")
    return executable if executable.is_file() else Path(launcher)


def state() -> str:
    """Return its path and modification time; empty if it is not installed."""
    executable = program()
    return f"{executable} {executable.stat().st_mtime_ns}" if executable else ""
