"""Text in the letters of a style sheet, which is read as it was written."""

from __future__ import annotations

import unicodedata
from contextlib import nullcontext
from pathlib import Path

import pytest

from exporter import model as m
from exporter.inspect.pdf import open_pdf
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


def lines(folder: Path, monkeypatch: pytest.MonkeyPatch, css: str, text: str, language: str = "en") -> str:
    """Return the text of a paragraph in a PDF as readers copy it, without spaces."""
    paragraph = m.Publication(m.Metadata(title="Title", language=language), body=(p(text),))
    with open_pdf(styled(folder, monkeypatch, css, paragraph).path) as file:
        words = [run.text for content in file.contents() for run in content.runs.values()]
    return "".join("".join(words).split())


@pytest.mark.parametrize(
    ("css", "text", "copied"),
    [
        ("p::first-letter { font-size: 2em }", "Justice in the city", "Justiceinthecity"),
        ("p::first-letter { font-size: 2em; float: left }", "Justice in the city", "usticeinthecity"),
        ("p::first-letter { font-size: 2em }", "ßtreet", "SSTREET"),
        ("p { text-transform: lowercase }", "The City", "TheCity"),
        ("p { text-transform: capitalize }", "the straße", "thestraße"),
        ("p { font-variant: small-caps; text-transform: none }", "The city", "Thecity"),
    ],
)
def test_letters_are_neither_lost_nor_doubled(
    css: str, text: str, copied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert copied in lines(tmp_path, monkeypatch, f"p {{ text-transform: uppercase }} {css}", text)


@pytest.mark.parametrize("text", ["Ελλάδα", "προϊόν, Αΐδα"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_greek_capitals_have_no_accents_and_lose_no_letter(
    form: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = lines(tmp_path, monkeypatch, "p { text-transform: uppercase }", unicodedata.normalize(form, text), "el")
    assert "".join(text.split()) in unicodedata.normalize("NFC", copied)


@pytest.mark.parametrize("words", ["Internationalization of humanitarian", "Inter\u00adnational\u00adization"])
def test_a_hyphen_that_a_line_adds_is_none_of_the_letters(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    css = "p { text-transform: uppercase; hyphens: auto; width: 7em; text-align: left }"
    copied = lines(tmp_path, monkeypatch, css, words)
    assert "\u2010" not in copied  # as in words that are not changed, which readers join
    assert copied.count("-") > 1
    assert "".join(words.split()).replace("\u00ad", "") in copied.replace("-", "")
