"""Switches that keep libraries and programs from sending anything and from leaving files in the user's home.

Set when the package is imported: before any library, in every process, and for every program that one of them starts.
"""

from __future__ import annotations

import os
from pathlib import Path

SWITCHES = {
    # ONNX Runtime sends events to its vendor and keeps a device id, unless this is set before it is loaded.
    "ORT_DISABLE_TELEMETRY": "1",
    # Libraries of Hugging Face, which the recogniser of `make bench` uses, ask for newer models and count their users.
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    # Programs for Node.js ask for newer versions of themselves.
    "NO_UPDATE_NOTIFIER": "1",
    # .NET opens sockets for debuggers in the temporary folder, and its tools send what they are used for.
    "DOTNET_EnableDiagnostics": "0",
    "DOTNET_CLI_TELEMETRY_OPTOUT": "1",
    # Settings of the desktop, which Chromium and LibreOffice read through GLib, in memory instead of in the home.
    "GSETTINGS_BACKEND": "memory",
    # The request that many tools follow, those among them that are not known yet.
    "DO_NOT_TRACK": "1",
}
"""Environment variables and their values."""
_FOLDERS = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")


def switch_off() -> None:
    """Set all switches, whatever the user has set."""
    os.environ.update(SWITCHES)


def private(folder: Path) -> dict[str, str]:
    """Return variables by which a program keeps its settings, caches and temporary files in a folder."""
    return dict.fromkeys(_FOLDERS, str(folder))
