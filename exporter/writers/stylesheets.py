"""Style sheets from the folder of styles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter.errors import SettingsError
from exporter.model import Source

DEFAULT_THEME = "house"
LISTS = "lists.css"
"""Style sheet of list markers, which follows those of each edition."""


def read(styles: Path, *names: str) -> str:
    """Return style sheets as one text.

    Args:
        styles: The folder of styles.
        names: Files in it, such as `pdf/text.css`, in cascade order.

    Raises:
        SettingsError: A style sheet is missing.
    """
    return "".join(_read(styles, name) for name in names)


def themes(styles: Path, name: str) -> Iterator[str]:
    """Yield the style sheet of the default theme, which names everything, and that of a theme.

    Raises:
        SettingsError: The theme is unknown.
    """
    folder = styles / "themes"
    for theme in dict.fromkeys((DEFAULT_THEME, name)):
        path = folder / f"{theme}.css"
        if not path.is_file():
            names = ", ".join(sorted(file.stem for file in folder.glob("*.css")))
            raise SettingsError(f"Unknown theme “{theme}”.", advice=f"Choose one of: {names}.")
        yield path.read_text("utf-8")


def _read(styles: Path, name: str) -> str:
    try:
        return (styles / name).read_text("utf-8")
    except OSError as error:
        raise SettingsError(
            f"Style sheet not found: {name}.",
            advice="Restore it in the folder of styles.",
            source=Source(name),
        ) from error
