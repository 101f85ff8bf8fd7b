"""An icon on the desktop that opens the studio, so that nobody needs a terminal after the first time.

Linux: Desktop Entry Specification 1.5, on the desktop and in the menu of programs. macOS: a command file. Windows: a
batch file.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from exporter.pipeline.file_writing import writing

_NAME = "exporter studio"


def write(arguments: Sequence[str], picture: Path) -> list[Path]:
    """Write the icon to the desktop; return its files.

    Args:
        arguments: Those of the command `studio`, with absolute paths.
        picture: What the icon shows, in SVG.

    Raises:
        OutputError: The desktop cannot be written.
    """
    command = [sys.executable, "-m", "exporter", "studio", *arguments]
    desktop, files = _desktop(), {}
    if sys.platform == "win32":
        # Read as UTF-8; percent signs stand for themselves when they are written twice.
        line = subprocess.list2cmdline(command).replace("%", "%%")
        files[desktop / f"{_NAME}.bat"] = f"@chcp 65001 >nul\r\n@{line}\r\n"
    elif sys.platform == "darwin":
        files[desktop / f"{_NAME}.command"] = f"#!/bin/sh\nexec {shlex.join(command)}\n"
    else:
        from platformdirs import user_data_path

        entry = _desktop_entry(command, picture)
        files[user_data_path() / "applications" / "exporter-studio.desktop"] = entry
        files[desktop / "exporter-studio.desktop"] = entry
    for path, text in files.items():
        with writing(path, "The icon"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            path.chmod(0o755)
    return list(files)


def _desktop() -> Path:
    from platformdirs import user_desktop_path

    return user_desktop_path()


def _desktop_entry(command: Sequence[str], picture: Path) -> str:
    """Return a desktop entry; in its values, backslashes are written twice ("Value types")."""
    quoted = " ".join(map(_quoted, command)).replace("\\", "\\\\")
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Exporter studio",
        "Name[es]=Estudio de exporter",
        "Comment=From a manuscript to its accessible editions",
        "Comment[es]=Del manuscrito a sus ediciones accesibles",
        f"Exec={quoted}",
        f"Icon={picture}",
        "Terminal=false",
        "Categories=Office;Publishing;",
    ]
    return "\n".join([*lines, ""])


def _quoted(argument: str) -> str:
    """Return an argument in the quotes of desktop entries ("The Exec key")."""
    for character in '\\"`$':
        argument = argument.replace(character, f"\\{character}")
    return f'"{argument.replace("%", "%%")}"'
