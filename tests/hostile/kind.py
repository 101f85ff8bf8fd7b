"""What a kind of hostile publication is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from tests.pipeline.bench import FRONT_MATTER

HEAD = f"{FRONT_MATTER}\n"
PART = "# Part\n\nText.\n\n"


class Command(Enum):
    """What is done with a publication."""

    EXPORT = auto()
    VERIFY = auto()
    """Its files are editions."""
    DESCRIBE = auto()
    """`table.csv` has alternative texts for its manuscript."""
    UPLOAD = auto()
    """Its file is uploaded to the studio."""


class Kind(NamedTuple):
    """Publications of one kind."""

    write: Callable[[Path], object]
    """Writes the files of one into its folder."""
    editions: str = "pdf,html"
    check: str = "off"
    """The gate: most reach the writers only without it."""
    command: Command = Command.EXPORT
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


def file(name: str, data: Callable[[], bytes], *, command: Command = Command.EXPORT, cheap: bool = False) -> Kind:
    """Return a kind of one file."""
    return Kind(lambda folder: (folder / name).write_bytes(data()), command=command, cheap=cheap)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Return an archive; `mimetype` is not compressed (OpenDocument 1.3, 2, 3.3; EPUB OCF 4.3)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def zeros(name: str, megabytes: int, others: Mapping[str, str | bytes] | None = None, fill: bytes = b"\0") -> bytes:
    """Return an archive with a member of one byte repeated, packed while it is made, after other members."""
    out = io.BytesIO(packed(others or {}))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as member,
    ):
        for _ in range(megabytes):
            member.write(fill * 1_000_000)
    return out.getvalue()
