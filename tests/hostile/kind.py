"""What a kind of hostile publication is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.pipeline.bench import FRONT_MATTER

HEAD = f"{FRONT_MATTER}\n"
PART = "# Part\n\nText.\n\n"


class Kind(NamedTuple):
    """Publications of one kind."""

    write: Callable[[Path], object]
    """Writes the files of one into its folder."""
    editions: str = "pdf,html"
    check: str = "off"
    """The gate: most reach the writers only without it."""
    verify: bool = False
    """Whether its files are editions, which are verified."""
    cheap: bool = False
    """Whether it is tried in every test run."""


def markdown(text: str | bytes, **more: str) -> Callable[[Path], None]:
    """Return what writes a Markdown manuscript, with other files beside it."""

    def write(folder: Path) -> None:
        (folder / "manuscript.md").write_bytes(
            text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        )
        for name, other in more.items():
            (folder / name.replace("_", ".")).write_text(other, "utf-8")

    return write
