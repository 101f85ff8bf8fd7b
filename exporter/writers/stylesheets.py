"""Style sheets from the folder of styles."""

from __future__ import annotations

from pathlib import Path

from exporter.errors import SettingsError
from exporter.model import Source

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


def _read(styles: Path, name: str) -> str:
    try:
        return (styles / name).read_text("utf-8")
    except OSError as error:
        raise SettingsError(
            f"Style sheet not found: {name}.",
            advice="Restore it in the folder of styles.",
            source=Source(name),
        ) from error
