"""Pages of PDF files as images, drawn by Poppler, and Word files laid out by LibreOffice."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from exporter import programs
from exporter.errors import ExporterError
from exporter.installation import which
from exporter.pipeline.file_writing import replace_file

PROGRAM = "pdftoppm"
_DENSITY = 96
"""Pixels of an inch of paper."""
_SECONDS = 60.0
_AT_A_TIME = threading.BoundedSemaphore(2)


def can_draw() -> bool:
    """Return whether pages can be drawn."""
    return which(PROGRAM) is not None


def page_image(folder: Path, pdf: Path, number: int) -> Path:
    """Return the image of a page.

    Args:
        folder: Folder of the images of the publication.
        pdf: The file, which exporter or LibreOffice has made.
        number: Of the page, from 1.

    Raises:
        MissingToolError: Poppler is not installed.
        ExporterError: There is no such page, or it takes too long.
    """
    path = _named(folder, pdf, f"-{number}.png")
    if not path.exists():
        program = programs.find(PROGRAM)
        page = ["-f", str(number), "-l", str(number), "-singlefile"]
        command: list[str | Path] = [program, "-png", "-r", str(_DENSITY), *page, pdf]
        with _AT_A_TIME:
            data = programs.run(command, seconds=_SECONDS).stdout
        if not data.startswith(b"\x89PNG"):
            raise ExporterError(f"Page {number} cannot be drawn.", advice="Open the file itself.")
        replace_file(path, data, mode=0o600)
    return path


def laid_out(folder: Path, docx: Path) -> Path | None:
    """Return the PDF of a Word file if it has been laid out, or None."""
    path = _named(folder, docx, ".pdf")
    return path if path.exists() else None


def lay_out(folder: Path, docx: Path) -> None:
    """Create the PDF of a Word file with LibreOffice, which takes seconds.

    Raises:
        MissingToolError: LibreOffice is not installed.
        SourceError: It cannot read the file, or takes too long.
    """
    from exporter.readers.docx.other_formats import conversion

    if laid_out(folder, docx) is None:
        replace_file(_named(folder, docx, ".pdf"), conversion.pages(docx.read_bytes()), mode=0o600)


def _named(folder: Path, file: Path, suffix: str) -> Path:
    """Return the path of what was made from the present state of a file; what was made from earlier ones is removed."""
    state = file.stat()
    digest = hashlib.sha256(f"{state.st_size} {state.st_mtime_ns}".encode()).hexdigest()[:16]
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.glob(f"{file.stem}{file.suffix}.*"):
        if not old.name.startswith(f"{file.name}.{digest}"):
            old.unlink(missing_ok=True)
    return folder / f"{file.name}.{digest}{suffix}"
