"""Paths of the folder of styles, the store and the voices."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from exporter.errors import SettingsError

Location = Path | str
"""A folder, or the address of one that several machines share, such as `s3://bucket/folder`."""

STYLES_VARIABLE = "EXPORTER_STYLES"
STORE_VARIABLE = "EXPORTER_STORE"
VOICES_VARIABLE = "EXPORTER_VOICES"
PIPER_VARIABLE = "EXPORTER_PIPER_VOICES"


def styles_folder(given: Path | None = None, environment: Mapping[str, str] | None = None) -> Path:
    """Return the folder of styles: as given, in EXPORTER_STYLES, of the checkout, or of the installed package.

    Args:
        given: Folder in the command line.
        environment: Environment variables; those of the process by default.

    Raises:
        SettingsError: The given folder does not exist or contains no styles.
    """
    environment = os.environ if environment is None else environment
    requested = given or (Path(environment[STYLES_VARIABLE]) if environment.get(STYLES_VARIABLE) else None)
    if requested is not None:
        if not (requested / "labels" / "en.toml").is_file():
            raise SettingsError(
                f"The folder of styles “{requested}” has no labels/en.toml.",
                advice="Use a copy of the folder “styles” of the exporter.",
            )
        return requested.resolve()
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "styles", package / "_styles"):
        if (folder / "labels" / "en.toml").is_file():
            return folder
    raise SettingsError(
        "The folder of styles of the exporter is missing.",
        advice=f"Install the exporter again, or set the folder by --styles or {STYLES_VARIABLE}.",
    )


def location(text: str) -> Location:
    """Return the address, such as `s3://bucket/folder`, or else the path that a text is."""
    return text if "://" in text else Path(text)


def local_folder(given: Location) -> Path:
    """Return a folder, or that of this machine's copy of the folder at an address."""
    if isinstance(given, Path):
        return given
    from platformdirs import user_cache_path

    return user_cache_path("exporter-copies", appauthor=False) / sha256(given.encode()).hexdigest()[:16]


def store_folder(given: Location | None = None, environment: Mapping[str, str] | None = None) -> tuple[Path, bool, str]:
    """Return the folder of the store, as given, in EXPORTER_STORE or in the user's cache.

    Args:
        given: Folder or address in the command line.
        environment: Environment variables; those of the process by default.

    Returns:
        The folder, whether it was requested, and the address of which it is a copy, if any.
    """
    environment = os.environ if environment is None else environment
    requested = given or (location(environment[STORE_VARIABLE]) if environment.get(STORE_VARIABLE) else None)
    if requested is not None:
        address = requested if isinstance(requested, str) else ""
        return local_folder(requested).expanduser().resolve(), True, address
    from platformdirs import user_cache_path

    return user_cache_path("exporter", appauthor=False), False, ""


def voices_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Return the folder of voice files: in EXPORTER_VOICES, or next to the installed packages.

    Args:
        environment: Environment variables; those of the process by default.
    """
    environment = os.environ if environment is None else environment
    if environment.get(VOICES_VARIABLE):
        return Path(environment[VOICES_VARIABLE]).expanduser().resolve()
    return Path(sys.prefix) / "share" / "exporter" / "voices"


def piper_paths(environment: Mapping[str, str] | None = None) -> tuple[Path, ...]:
    """Return the paths of Piper voices: those in EXPORTER_PIPER_VOICES, then the folder `piper` next to other voices.

    Args:
        environment: Environment variables; those of the process by default. EXPORTER_PIPER_VOICES contains folders or
            voice files, separated as in PATH.
    """
    environment = os.environ if environment is None else environment
    requested = [part for part in environment.get(PIPER_VARIABLE, "").split(os.pathsep) if part]
    return (*(Path(part).expanduser().resolve() for part in requested), voices_folder(environment) / "piper")
