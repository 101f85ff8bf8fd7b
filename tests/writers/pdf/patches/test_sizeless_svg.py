"""Images without a size in right-to-left text, which `tests/writers/pdf/test_images.py` writes with the patch."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from exporter.writers.pdf.patches import sizeless_svg
from tests.writers.pdf.patches.pages import render

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'


def test_weasyprint_still_fails_on_an_image_without_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patch can be deleted."""
    image = tmp_path / "a.svg"
    image.write_text(SVG, "utf-8")
    body, root = f'<p>نص <img src="asset:{image}" alt="a"/> آخر</p>', 'lang="ar" dir="rtl"'
    render(tmp_path, body, root=root)
    monkeypatch.setattr(sizeless_svg, "patched", nullcontext)
    with pytest.raises(AttributeError, match="position_x"):
        render(tmp_path, body, root=root)
