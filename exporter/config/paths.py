"""Where the folder of styles, the store and the voices are."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from exporter.errors import SettingsError

STYLES_VARIABLE = "EXPORTER_STYLES"
STORE_VARIABLE = "EXPORTER_STORE"
VOICES_VARIABLE = "EXPORTER_VOICES"
PIPER_VARIABLE = "EXPORTER_PIPER_VOICES"


def styles_folder(given: Path | None = None, environment: Mapping[str, str] | None = None) -> Path:
    """Return the folder of styles: as given, of EXPORTER_STYLES, of the checkout, or of the installed package.

    Args:
        given: What the command line says.
        environment: Environment variables; those of the process by default.

    Raises:
        SettingsError: The folder that was named does not exist or holds no styles.
    """
    environment = os.environ if environment is None else environment
    named = given or (Path(environment[STYLES_VARIABLE]) if environment.get(STYLES_VARIABLE) else None)
    if named is not None:
        if not (named / "labels" / "en.toml").is_file():
            raise SettingsError(
                f"The folder of styles “{named}” has no labels/en.toml.",
                advice="Name a copy of the folder “styles” that comes with the exporter.",
            )
        return named.resolve()
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "styles", package / "_styles"):
        if (folder / "labels" / "en.toml").is_file():
            return folder
    raise SettingsError(
        "The folder of styles that belongs to the exporter is missing.",
        advice=f"Install the exporter again, or name the folder with --styles or {STYLES_VARIABLE}.",
    )


def store_folder(given: Path | None = None, environment: Mapping[str, str] | None = None) -> tuple[Path, bool]:
    """Return the folder of the store, and whether somebody named it: as given, of EXPORTER_STORE, or the user's cache.

    Args:
        given: What the command line says.
        environment: Environment variables; those of the process by default.
    """
    environment = os.environ if environment is None else environment
    named = given or (Path(environment[STORE_VARIABLE]) if environment.get(STORE_VARIABLE) else None)
    if named is not None:
        return named.expanduser().resolve(), True
    from platformdirs import user_cache_path

    return user_cache_path("exporter", appauthor=False), False


def voices_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Return the folder of voices that come as files: of EXPORTER_VOICES, or beside the installed packages.

    Args:
        environment: Environment variables; those of the process by default.
    """
    environment = os.environ if environment is None else environment
    if environment.get(VOICES_VARIABLE):
        return Path(environment[VOICES_VARIABLE]).expanduser().resolve()
    return Path(sys.prefix) / "share" / "exporter" / "voices"


def piper_places(environment: Mapping[str, str] | None = None) -> tuple[Path, ...]:
    """Return where voices of Piper lie: what EXPORTER_PIPER_VOICES names, then the folder `piper` beside other voices.

    Args:
        environment: Environment variables; those of the process by default. EXPORTER_PIPER_VOICES names folders or
            voice files, parted as in PATH.
    """
    environment = os.environ if environment is None else environment
    named = [part for part in environment.get(PIPER_VARIABLE, "").split(os.pathsep) if part]
    return (*(Path(part).expanduser().resolve() for part in named), voices_folder(environment) / "piper")
