"""Pages of a small document, with the patches or without one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from exporter.writers.pdf import engine
from tests.write_context import STYLES


def render(folder: Path, body: str, css: str = "", root: str = 'lang="en"') -> Any:
    """Return WeasyPrint's document."""
    folder.mkdir(exist_ok=True)
    return engine.render(
        f"<html {root}><head><title>t</title></head><body>{body}</body></html>",
        [(css, STYLES / "x.css")],
        styles=STYLES,
        asset=lambda name: (Path(name).read_bytes(), "image/svg+xml"),
        scratch=folder,
    )


def words(box: Any) -> str:
    """Return the text of a box."""
    from weasyprint.formatting_structure import boxes

    return "".join(text.text for text in box.descendants() if isinstance(text, boxes.TextBox))
