"""Where the judges are. One that is missing fails the proof with the line that installs it; it is never skipped."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "node_modules"

CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",  # it will not start for root otherwise, and it opens nothing but our own editions
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class JudgeMissing(Exception):
    """A judge is not installed; the message says what to run."""


def module(path: str) -> Path:
    """Return a file of an npm package, such as `foliate-js/view.js`."""
    found = MODULES / path
    if not found.exists():
        raise JudgeMissing(f"node_modules/{path} is missing. Run: npm ci --ignore-scripts")
    return found


def node() -> str:
    """Return the program that runs JavaScript."""
    return program("node", "apt-get install --no-install-recommends nodejs npm")


def chromium() -> str:
    """Return the browser."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise JudgeMissing("Chromium is not installed. Run: apt-get install --no-install-recommends chromium")


def libreoffice() -> str:
    """Return LibreOffice."""
    return program("soffice", "apt-get install --no-install-recommends libreoffice-writer-nogui")


def document_type(path: str) -> Path:
    """Return a document type of the W3C, such as `REC-smil-19980615/smil10.dtd`."""
    found = Path("/usr/share/xml/w3c-sgml-lib/schema/dtd") / path
    if not found.exists():
        raise JudgeMissing(f"{found} is missing. Run: apt-get install --no-install-recommends w3c-sgml-lib")
    return found


def program(name: str, line: str) -> str:
    if found := shutil.which(name):
        return found
    raise JudgeMissing(f"{name} is not installed. Run: {line}")
