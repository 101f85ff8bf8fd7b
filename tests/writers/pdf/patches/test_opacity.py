"""Transparent elements, whose text has its tags."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from exporter.inspect.pdf import open_pdf
from exporter.writers.pdf.patches import opacity
from tests.parity.compared import compare
from tests.writers.pdf.patches.test_text_case import publication, styled

CSS = "h1 { opacity: 0.8 } p { opacity: 0.6 } em { opacity: 0.5 }"


def test_transparent_text_has_its_tags_and_its_opacity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = styled(tmp_path, monkeypatch, CSS, publication())
    assert compare(made.publication, {"pdf": made.path}) == []
    with open_pdf(made.path) as file:
        states = [state for page in file.pdf.pages for state in page.Resources.get("/ExtGState", {}).values()]
    assert {float(state.ca) for state in states if "/ca" in state} >= {0.8, 0.6, 0.3}


def test_weasyprint_still_draws_it_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patch can be deleted."""
    monkeypatch.setattr(opacity, "patched", nullcontext)
    made = styled(tmp_path, monkeypatch, CSS, publication())
    assert compare(made.publication, {"pdf": made.path}) != []
