"""Style sheets of the folder of styles, as they are written there."""

from __future__ import annotations

from pathlib import Path

from exporter.errors import SettingsError
from exporter.model import Source

LISTS = "lists.css"
"""What stands around the numbers of lists; goes behind the sheets of each edition."""


def read(styles: Path, *names: str) -> str:
    """Return sheets as one text.

    Args:
        styles: The folder of styles.
        names: Files in it, such as `pdf/text.css`, in the order in which they hold.

    Raises:
        SettingsError: One is missing.
    """
    return "".join(_read(styles, name) for name in names)


def _read(styles: Path, name: str) -> str:
    try:
        return (styles / name).read_text("utf-8")
    except OSError as error:
        raise SettingsError(
            f"The style sheet {name} is missing.",
            advice="Put it back into the folder of styles.",
            source=Source(name),
        ) from error
