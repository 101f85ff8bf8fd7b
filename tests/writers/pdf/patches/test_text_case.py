"""Text in the letters of a style sheet, which is read as it was written."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from exporter import model as m
from exporter.writers.pdf import stylesheets
from exporter.writers.pdf.patches import text_case
from tests.parity.compared import compare
from tests.write_context import STYLES
from tests.writers.pdf.made import Made, make
from tests.writers.sample import p

LONG = "the straße of İzmir and of Ἀθῆναι, which is too long for one line of a page, and goes on in the next one"
CSS = "h1, em, td { text-transform: uppercase } p { text-transform: capitalize } strong { text-transform: lowercase }"


def styled(folder: Path, monkeypatch: pytest.MonkeyPatch, css: str, publication: m.Publication) -> Made:
    """Write a publication with a style sheet after all others."""
    load = stylesheets.load
    monkeypatch.setattr(stylesheets, "load", lambda *given: [*load(*given), (css, STYLES / "own.css")])
    return make(folder, publication)


def publication() -> m.Publication:
    text = m.Paragraph((m.Text("One of "), m.Emphasis((m.Text(LONG),)), m.Text(" and "), m.Strong((m.Text("UN"),))))
    return m.Publication(
        m.Metadata(title="Streets", language="en"), body=(m.Section((m.Text("The straße"),), (p("a b"), text)),)
    )


def test_a_text_in_other_letters_is_the_text_of_the_manuscript(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = styled(tmp_path, monkeypatch, CSS, publication())
    assert compare(made.publication, {"pdf": made.path}) == []


def test_weasyprint_still_forgets_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patch can be deleted."""
    monkeypatch.setattr(text_case, "patched", nullcontext)
    made = styled(tmp_path, monkeypatch, CSS, publication())
    assert compare(made.publication, {"pdf": made.path}) != []
