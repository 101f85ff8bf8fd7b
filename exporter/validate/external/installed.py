"""Which validators are installed, where, and the line that installs those that are not."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

FOLDER = "EXPORTER_VALIDATORS"
"""Variable that names the folder with the `node_modules` of validators, when it is not that of the project."""
_CHECKOUT = Path(__file__).parents[3]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def install() -> str:
    """Return the sentence that says how all validators are installed."""
    if (_CHECKOUT / "Makefile").is_file():
        return "Run: make validators"
    return f"Run: pip install 'exporter[validators]', and install those of npm into the folder that {FOLDER} names."


def lacking(title: str, packages: Iterable[str], modules: Iterable[str]) -> str:
    """Say that packages of Python are missing; empty when all are there.

    Args:
        title: The validator.
        packages: As pip knows them, with their versions.
        modules: As Python imports them.
    """
    gone = [package for package, module in zip(packages, modules, strict=True) if find_spec(module) is None]
    return f"{title} is not installed ({', '.join(gone)}). {install()}" if gone else ""


def package_version(package: str) -> str:
    """Return the version of a package of Python; empty when it is missing."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def npm_file(path: str) -> Path | None:
    """Return a file of an npm package, such as `@daisy/ace-cli/bin/ace.js`; None when it is not there."""
    named = os.environ.get(FOLDER)
    folders = ((Path(named), Path(named, "node_modules")) if named else ()) + (_CHECKOUT / "node_modules",)
    return next((folder / path for folder in folders if (folder / path).is_file()), None)


def npm_version(package: str) -> str:
    """Return the version of an npm package; empty when it is missing or does not say."""
    file = npm_file(f"{package}/package.json")
    try:
        return str(json.loads(file.read_bytes())["version"]) if file else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def browser() -> str:
    """Return the path of Chromium; empty when there is none."""
    named = os.environ.get("PUPPETEER_EXECUTABLE_PATH", "")
    if named:
        return named if Path(named).is_file() else ""
    return next(filter(None, map(shutil.which, _BROWSERS)), "")
