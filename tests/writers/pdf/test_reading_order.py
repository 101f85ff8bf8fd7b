"""The order in which the text is read, and its headings, whatever is printed where."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter.writers.pdf.options import Notes
from tests.parity.compared import compare
from tests.write_context import Pictures
from tests.writers.pdf.made import make
from tests.writers.pdf.test_hard_cases import read
from tests.writers.sample import PARAGRAPH, p, picture, section


@pytest.mark.parametrize("credit", [(), (p("Photo: Open Record"),)])
def test_a_figure_that_is_printed_later_is_read_in_its_place(credit: tuple[m.Block, ...], tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("a.png", picture(600, 600), "image/png", 600, 600)
    described = m.Figure(
        (m.Image(asset.name, m.Described("A picture.")),), (m.Text("A caption"),), description=(p("What it shows."),)
    )
    below = p(f"The next. {PARAGRAPH * 3}"), p(PARAGRAPH)
    body = (section("a", "A", *[p(PARAGRAPH * 2)] * 5, described, *credit, *below),)
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=body, assets=(asset,)))
    assert compare(made.publication, {"pdf": made.path}) == []
    document = read(made.path)
    (shown,) = document.all("Figure")
    after = document.all("P")[-2]
    assert min(after.pages) < min(shown.pages)


TITLE = "The title, " + "divided-after-a-hyphen-" * 8 + "at the end of a line"


@pytest.mark.parametrize(
    ("kind", "title", "headings"),
    [
        (m.Kind.DISPATCH, TITLE, ["H1", "H2", "H3"]),
        (m.Kind.REPORT, TITLE, ["H1", "H2"]),
        (m.Kind.DISPATCH, "", ["H1", "H2"]),
        (m.Kind.REPORT, "", ["H1", "H2"]),
    ],
)
def test_the_title_is_the_first_heading_where_there_is_no_cover(
    kind: m.Kind, title: str, headings: list[str], tmp_path: Path
) -> None:
    body = (section("a", "A chapter", section("b", "A section", p(PARAGRAPH))),)
    made = make(tmp_path, m.Publication(m.Metadata(title=title, language="en", kind=kind), body=body))
    assert [heading.type for heading in read(made.path).all("H1", "H2", "H3")] == headings
    assert compare(made.publication, {"pdf": made.path}) == []


def test_long_descriptions_are_not_folded_where_notes_stand_behind_the_text(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("a.png", picture(60, 60), "image/png", 60, 60)
    figure = m.Figure(
        (m.Image(asset.name, m.Decorative()),), description=(p("What it shows."),), at=m.At(language="fr")
    )
    about = m.Metadata(title="T", language="en")
    made = make(tmp_path, m.Publication(about, body=(figure,), assets=(asset,)), notes=Notes.END)
    assert compare(made.publication, {"pdf": made.path}) == []
