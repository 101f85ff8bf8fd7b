"""Software that is no Python package: where each system has it, and the command that installs it there."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path
from typing import NamedTuple


class _Packages(NamedTuple):
    """Names of the packages of a program or library."""

    debian: str
    homebrew: str
    winget: str = ""
    msys2: str = ""
    """Name in MSYS2, for what winget does not have."""


_PACKAGES = {
    "pango": _Packages("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", "pango", msys2="pango"),
    "liblouis": _Packages("liblouis20 liblouis-data", "liblouis"),
    "gs": _Packages("ghostscript colord-data", "ghostscript", "ArtifexSoftware.GhostScript"),
    "soffice": _Packages(
        "libreoffice-writer-nogui libreoffice-math-nogui", "--cask libreoffice", "TheDocumentFoundation.LibreOffice"
    ),
    "pdftoppm": _Packages("poppler-utils", "poppler", "oschwartz10612.Poppler"),
    "ffmpeg": _Packages("ffmpeg", "ffmpeg", "Gyan.FFmpeg"),
    "node": _Packages("nodejs npm", "node", "OpenJS.NodeJS.LTS"),
    "chromium": _Packages("chromium", "--cask google-chrome", "Google.Chrome"),
}
_MSYS2 = r"winget install --exact --id MSYS2.MSYS2; C:\msys64\usr\bin\pacman.exe -S --noconfirm mingw-w64-ucrt-x86_64-"
"""Installs a library of MSYS2, in whose folder WeasyPrint searches."""
_WSL = "wsl --install -d Debian"
"""Installs a Linux on Windows, for what Windows has no package of: exporter has to be run in it."""

_NAMES = {"gs": ("gs", "gswin64c", "gswin32c"), "chromium": ("chromium", "chromium-browser", "google-chrome", "chrome")}
"""Names of the executables of a program."""
_PATHS = {
    "gs": (r"C:\Program Files\gs\gs*\bin\gswin64c.exe",),
    "soffice": (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
    ),
    "chromium": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ),
}
"""Where installers put an executable without changing the PATH."""

_HOMEBREW = ("/opt/homebrew/lib", "/usr/local/lib")
_DLL_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
"""Where WeasyPrint searches unless WEASYPRINT_DLL_DIRECTORIES says otherwise."""
_DLLS = {"fontconfig": "libfontconfig-1.dll", "louis": "liblouis-20.dll"}


def install_command(software: str) -> str:
    """Return the command that installs a program or library on this system."""
    packages = _PACKAGES[software]
    match platform.system():
        case "Darwin":
            return f"brew install {packages.homebrew}"
        case "Windows" if packages.winget:
            return f"winget install --exact --id {packages.winget}"
        case "Windows":
            return _MSYS2 + packages.msys2 if packages.msys2 else f"{_WSL}, and use exporter in it"
    return f"sudo apt-get install --no-install-recommends {packages.debian}"


def pip_command(*packages: str, again: bool = False) -> str:
    """Return the command that installs Python packages beside exporter, or does so again; it has no personal paths."""
    command = "pip install"
    if Path(sys.prefix, "pipx_metadata.json").is_file():
        return f"pipx inject {'--force ' * again}exporter {shell_command(*packages)}"
    if Path(sys.prefix, "uv-receipt.toml").is_file():
        command = 'uv pip install --python "$(uv tool dir)/exporter"'
    return f"{command} {'--force-reinstall ' * again}{shell_command(*packages)}"


def shell_command(*parts: str) -> str:
    """Return a command to copy, quoted for the shell of this system."""
    return " ".join(map(_windows_quoted, parts)) if platform.system() == "Windows" else shlex.join(parts)


def _windows_quoted(part: str) -> str:
    quoted = subprocess.list2cmdline([part])
    # Programs need no quotes around these characters, but the shell does.
    return f'"{part}"' if quoted == part and set("<>&|^") & set(part) else quoted


def which(program: str) -> str | None:
    """Return the path of an executable: on the PATH, or where its installer puts it; None if it is not installed."""
    for name in _NAMES.get(program, (program,)):
        if path := shutil.which(name):
            return path
    installed = [path for pattern in map(Path, _PATHS.get(program, ())) for path in _matches(pattern)]
    return max(map(str, installed), default=None)


def _matches(pattern: Path) -> Iterator[Path]:
    return Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))


def library_path(name: str) -> str:
    """Return the path or name of a library, such as `pango-1.0` or `louis`; empty if it is not installed."""
    if platform.system() != "Windows":
        return find_library(name) or ""
    file = _DLLS.get(name, f"lib{name}-0.dll")
    folders = (os.environ.get("WEASYPRINT_DLL_DIRECTORIES") or _DLL_FOLDERS).split(";")
    folders += os.environ.get("PATH", "").split(os.pathsep)
    return next((str(path) for folder in folders if (path := Path(folder, file)).is_file()), "")


def library_advice() -> str:
    """Return what to do if a library of Pango is not found, as a sentence."""
    if platform.system() == "Darwin":
        for folder in map(Path, _HOMEBREW):
            if (folder / "libpango-1.0.dylib").is_file():
                command = f"export DYLD_FALLBACK_LIBRARY_PATH={folder}"
                return f"It is in {folder}, where this Python does not search. Run: {command}"
    return f"Run: {install_command('pango')}"
