"""What glyphs of joined scripts stand for, which `tests/writers/pdf/test_words.py` shows with the patch."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import page
import pytest

from exporter import model as m
from exporter.inspect.pdf import open_pdf
from exporter.validate.pdf import links
from exporter.writers.pdf.patches import actual_text
from tests.parity.compared import compare
from tests.writers.pdf.made import make
from tests.writers.pdf.test_words import ARABIC
from tests.writers.sample import p


def letters(folder: Path, text: str, language: str) -> list[str]:
    """Return the letters of a page as its marked contents hold them, in the order of the alphabet."""
    direction = m.Direction.RTL if language == "ar" else m.Direction.LTR
    publication = m.Publication(m.Metadata(title="1", language=language, direction=direction), body=(p(text),))
    with open_pdf(make(folder, publication).path) as file:
        drawn = "".join(run.text for content in file.contents() for run in content.runs.values())
    return sorted(drawn.replace("1", "").replace(" ", ""))


def draws_unknown_glyphs(folder: Path) -> bool:
    """Return whether a line refers to a glyph that its font does not have."""
    publication = m.Publication(m.Metadata(title="1", language="en"), body=(p("No font has \ue000."),))
    report = page.validate_pdf(str(make(folder, publication).path), profile="ua1")
    return not report.is_compliant


def test_weasyprint_still_gives_letters_to_the_wrong_glyphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, read issue 2841 of WeasyPrint, and test whether glyphs apart still need ActualText."""
    expected = sorted(ARABIC.replace(" ", ""))
    assert letters(tmp_path / "patched", ARABIC, "ar") == expected
    monkeypatch.setattr(actual_text, "patched", nullcontext)
    assert letters(tmp_path / "plain", ARABIC, "ar") != expected


def test_weasyprint_still_draws_glyphs_that_no_font_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, `forget_missing_glyphs` can be deleted."""
    assert not draws_unknown_glyphs(tmp_path / "patched")
    monkeypatch.setattr(actual_text, "patched", nullcontext)
    assert draws_unknown_glyphs(tmp_path / "plain")


@pytest.mark.usefixtures("bundled_fonts")
def test_a_letter_drawn_as_two_glyphs_does_not_rename_the_first(tmp_path: Path) -> None:
    body = (m.Paragraph((m.Code("ὐ"),)), m.Paragraph((m.Code("φου"),)))
    made = make(tmp_path, m.Publication(m.Metadata(title="1", language="en"), body=body))
    with open_pdf(made.path) as file:
        drawn = "".join(run.text for content in file.contents() for run in content.runs.values())
    assert drawn.replace(" ", "").endswith("ὐφου")


@pytest.mark.usefixtures("bundled_fonts")
def test_letters_that_look_like_quotation_marks_are_not_missed(tmp_path: Path) -> None:
    link = m.Link((m.Text("Oʻzbekcha soʻz"),), "https://e.org/uz")
    paragraph = m.Paragraph((m.Text("Soʻz ‘bir’ va maʼno: "), link), at=m.At(id="one"))
    made = make(tmp_path, m.Publication(m.Metadata(title="1", language="uz"), body=(paragraph,)))
    found = [*compare(made.publication, {"pdf": made.path})]
    with open_pdf(made.path) as file:
        found += links.check(file)
    assert [finding.message for finding in found] == []
