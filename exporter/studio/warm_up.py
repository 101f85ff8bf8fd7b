"""A check before anybody waits for one: what it loads stays in its process, and in that of the studio."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

from exporter import service


def warm_up(pool: service.Pool, styles: Path, is_cancelled: Callable[[], bool]) -> None:
    """Check a small Word manuscript.

    Args:
        pool: Returns the executor of the steps.
        styles: The folder of styles.
        is_cancelled: Returns whether to stop.

    Raises:
        ExporterError: It cannot be checked.
        KeyboardInterrupt: It was stopped.
    """
    with tempfile.TemporaryDirectory(prefix="exporter-studio-") as name:
        manuscript = Path(name, "manuscript.docx")
        manuscript.write_bytes(_manuscript())
        request = service.Request(
            sources=(manuscript,),
            output=Path(name, "output"),
            styles=styles,
            store=Path(name, "store"),
            is_cancelled=is_cancelled,
        )
        service.check(request, lambda _event: None, pool)


def read_once() -> None:
    """Read a small Word manuscript in this process, as pages do that show its images."""
    with tempfile.TemporaryDirectory(prefix="exporter-studio-") as name:
        manuscript = Path(name, "manuscript.docx")
        manuscript.write_bytes(_manuscript())
        service.pictures(manuscript)


def _manuscript() -> bytes:
    """Return a Word file with a heading, a picture and a table."""
    from docx import Document
    from PIL import Image

    picture, out = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    document = Document()
    document.add_heading("One", 1)
    document.add_paragraph("Words of a small text that is checked before another.")
    document.add_picture(picture)
    for row in document.add_table(2, 2).rows:
        for cell in row.cells:
            cell.text = "Word"
    document.save(out)
    return out.getvalue()
