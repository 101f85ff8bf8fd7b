"""Text in drawings: letters of a word together, in their order, and where the drawing has put them."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from exporter import model as m
from exporter.inspect.pdf import open_pdf
from exporter.validate import pdf
from exporter.writers.pdf.patches import svg_text
from tests.images.pictures import SVG
from tests.write_context import Pictures
from tests.writers.pdf.made import Made, make

HEBREW, VIETNAMESE, SPACED, PLACED = "אבגד", "chờ đợi", "xyz", "uvw"
PARTS = "הוז", "חטי"
TEXTS = (
    f"<text font-size='4' y='4'>{HEBREW}</text><text font-size='4' y='9'>{VIETNAMESE}</text>"
    f"<text font-size='4' y='14' letter-spacing='3'>{SPACED}</text>"
    f"<text font-size='4' y='19' x='1 2 30'>{PLACED}12</text>"
    f"<text font-size='4' y='4' x='38' direction='rtl'>{PARTS[0]} <tspan font-weight='bold'>{PARTS[1]}</tspan></text>"
    f"<text font-size='4' y='9' x='22'><tspan>{PARTS[1]}</tspan> {PARTS[0]}</text>"
    "<defs><text id='t' font-size='4'>k<tspan>l</tspan>m</text></defs><use href='#t' x='22' y='14'/>"
)


def drawn(folder: Path) -> tuple[Made, str]:
    """Return a PDF with the texts in a picture, and its characters as they are drawn from the left.

    A decorative picture beside it has other words, and a shape.
    """
    pictures = Pictures(folder / "pictures")
    other = "<path d='M0 0h9v9z'/><text font-size='4' y='9'>Only an ornament</text>"
    words = {"a.svg": TEXTS, "b.svg": other}
    assets = tuple(
        pictures.add(name, SVG.format(text).encode(), "image/svg+xml", 40, 40) for name, text in words.items()
    )
    figures = m.Figure((m.Image("a.svg", m.Described("Words")),)), m.Figure((m.Image("b.svg", m.Decorative()),))
    made = make(folder, m.Publication(m.Metadata(title="T", language="en"), body=figures, assets=assets))
    with open_pdf(made.path) as file:
        return made, "".join(run.text for content in file.contents() for run in content.runs.values())


def test_words_of_a_drawing_are_whole_and_from_right_to_left(tmp_path: Path) -> None:
    made, text = drawn(tmp_path)
    assert made.written.findings == ()
    for words in (HEBREW[::-1], VIETNAMESE, " ".join(PARTS)[::-1]):
        assert words in text
    assert " ".join(reversed(PARTS))[::-1] in text
    assert [letter for letter in text if letter in "klm"] == [*"klm"]
    assert [letter for letter in text if letter in SPACED + PLACED] == [*SPACED, *PLACED]
    # They are told by the description, or by nothing.
    assert not {"pdf-text-artifact", "pdf-language-script"} & {finding.rule for finding in pdf.check(made.path)}


def test_weasyprint_still_draws_single_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patch can be deleted."""
    monkeypatch.setattr(svg_text, "patched", nullcontext)
    assert HEBREW[::-1] not in drawn(tmp_path)[1]


@pytest.mark.parametrize(
    ("attributes", "runs"),
    [
        ({}, ["abcd"]),
        ({"x": "1"}, ["abcd"]),
        ({"x": "1, 2", "dy": "3 4 5"}, ["a", "b", "cd"]),
        ({"letter-spacing": "2"}, ["a", "b", "c", "d"]),
        ({"textLength": "90"}, ["a", "b", "c", "d"]),
        ({"rotate": "30"}, ["a", "b", "c", "d"]),
    ],
)
def test_letters_that_a_drawing_places_are_single(attributes: dict[str, str], runs: list[str]) -> None:
    assert list(svg_text.Text("abcd", attributes)) == runs
    assert list(svg_text.Text("לד", {"letter-spacing": "2"})) == ["לד"]
