"""The structure tree of WeasyPrint, which `tests/writers/pdf/test_tagging.py` shows replaced."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from unittest.mock import Mock

import pikepdf
import pytest

from exporter import model as m
from exporter.writers.pdf import engine
from exporter.writers.pdf.patches import tags
from tests.writers.pdf.made import make
from tests.writers.sample import p


def paragraphs(folder: Path) -> int:
    """Return the number of structure elements of one paragraph on several pages."""
    publication = m.Publication(m.Metadata(title="T", language="en"), body=(p("Words of a long paragraph. " * 600),))
    with pikepdf.open(make(folder, publication).path) as file:
        elements = [each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/P"]
        assert len(file.pages) > 3
        return sum(1 for element in elements if len(str(element.get("/K", ""))) > 0 and "/Pg" in str(element.keys()))


def test_weasyprint_still_makes_one_element_for_each_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, read issue 2903 of WeasyPrint and compare its tags with ours."""
    ours = paragraphs(tmp_path / "patched")
    monkeypatch.setattr(tags, "patched", lambda *_: nullcontext())
    # WeasyPrint looks for the tags of margin boxes in the streams of the pages.
    monkeypatch.setattr(engine, "MarginBoxes", lambda _: Mock())
    assert paragraphs(tmp_path / "plain") > ours
