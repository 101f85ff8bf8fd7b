"""Style sheets from the folder of styles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.errors import SettingsError
from exporter.model import Source

DEFAULT_THEME = "house"
ThemeName = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]*$")]
"""Name of a file in `styles/themes/`."""
LISTS = "lists.css"
"""Style sheet of list markers, which follows those of each edition."""


def read(styles: Path, *names: str) -> str:
    """Return style sheets as one text.

    Args:
        styles: The folder of styles.
        names: Files in it, such as `pdf/text.css`, in cascade order.

    Raises:
        SettingsError: A style sheet is missing or no text.
    """
    return "".join(_read(styles, name) for name in names)


def themes(styles: Path, name: str) -> Iterator[str]:
    """Yield the style sheet of the default theme, which names everything, and that of a theme.

    Raises:
        SettingsError: The theme is unknown or no text.
    """
    for theme in dict.fromkeys((DEFAULT_THEME, name)):
        yield _read(styles, theme_file(styles, theme))


def theme_file(styles: Path, name: str) -> str:
    """Return where the style sheet of a theme is in the folder of styles.

    Raises:
        SettingsError: The theme is unknown.
    """
    folder = styles / "themes"
    if not (folder / f"{name}.css").is_file():
        names = ", ".join(sorted(file.stem for file in folder.glob("*.css")))
        raise SettingsError(f"Unknown theme “{name}”.", advice=f"Choose one of: {names}.")
    return f"themes/{name}.css"


def _read(styles: Path, name: str) -> str:
    try:
        return (styles / name).read_text("utf-8")
    except OSError as error:
        raise SettingsError(
            f"Style sheet not found: {name}.",
            advice="Restore it in the folder of styles.",
            source=Source(name),
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"The style sheet {name} is not text in UTF-8.", advice="Save it as UTF-8.", source=Source(name)
        ) from error
