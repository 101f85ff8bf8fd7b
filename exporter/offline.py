"""Environment variables that prevent libraries and programs from sending data or writing files in the user's home.

They are set when the package is imported, so before other libraries, in all processes and for all programs they start.
"""

from __future__ import annotations

import os

SWITCHES = {
    # ONNX Runtime sends events to its vendor and keeps a device id, unless this is set before it is loaded.
    "ORT_DISABLE_TELEMETRY": "1",
    # Libraries of Hugging Face, which the recogniser of `make bench` uses, check for newer models and send telemetry.
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    # Programs for Node.js check for newer versions.
    "NO_UPDATE_NOTIFIER": "1",
    # .NET opens sockets for debuggers in the temporary folder, and its tools send telemetry.
    "DOTNET_EnableDiagnostics": "0",
    "DOTNET_CLI_TELEMETRY_OPTOUT": "1",
    # Desktop settings, which Chromium and LibreOffice read through GLib, in memory instead of in the user's home.
    "GSETTINGS_BACKEND": "memory",
    # A convention that many other tools follow.
    "DO_NOT_TRACK": "1",
}
"""Environment variables and their values."""
_FOLDERS = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")


def switch_off() -> None:
    """Set all variables, overriding those of the user."""
    os.environ.update(SWITCHES)


def private(folder: os.PathLike[str]) -> dict[str, str]:
    """Return variables that redirect the settings, caches and temporary files of a program to a folder."""
    return dict.fromkeys(_FOLDERS, os.fspath(folder))
