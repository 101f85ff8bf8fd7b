"""Scripts without slanted letters, and those whose characters are twice as wide as Latin letters."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from exporter import model as m
from exporter.inspect.pdf import open_pdf
from exporter.model.table_grid import place_cells
from exporter.writers.pdf import column_widths, glyph_map, glyph_runs
from exporter.writers.pdf.complex_scripts import is_shaped
from tests.writers import sample
from tests.writers.pdf.made import make


@pytest.mark.parametrize(
    ("language", "family", "inline"),
    [
        *(
            (*pair, inline)
            for pair in (("hi", "Serif"), ("th", "Serif"), ("ja", "Sans"))
            for inline in (m.Emphasis, m.Strong)
        ),
        ("zh-Hans", "Sans", m.Strong),
        ("zh-Hans", "Serif", m.Emphasis),
    ],
)
def test_emphasis_is_bold_and_without_serifs_where_fonts_may_have_one_weight(
    language: str, family: str, inline: type[m.Emphasis | m.Strong], tmp_path: Path
) -> None:
    text = m.Paragraph((m.Text("217 "), inline((m.Text("48"),)), m.Text(" 30")))
    made = make(tmp_path, m.Publication(m.Metadata(title="1", language=language), body=(text,)))
    with open_pdf(made.path) as file:
        runs = [run for page in file.contents() for run in page.runs.values()]
    (font,) = {run.font for run in runs if run.text.strip() == "48"}
    assert font is not None
    # In Chinese, dots below the words stress them.
    assert font.is_bold is (language != "zh-Hans" or inline is m.Strong)
    assert not font.is_italic
    assert family in font.name


def test_the_two_signs_of_a_thai_vowel_are_named_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {1: "ค", 2: "\u0e4d", 3: "า"}
    face = glyph_map.Face({name: glyph for glyph, name in names.items()}, names, None, None)
    monkeypatch.setattr(glyph_map, "face", lambda font: face)
    font = SimpleNamespace(to_unicode={})
    glyphs = tuple(glyph_runs.Glyph(glyph, 0, 0) for glyph in names)
    cluster = glyph_runs.GlyphCluster("คำ", glyphs, 0, 9)
    glyph_runs.name_glyphs(glyph_runs.GlyphRun(font, 9, (cluster,), rtl=False, edge=None))
    assert font.to_unicode == names
    assert is_shaped("คำ")
    assert not is_shaped("กา")


def table(*rows: tuple[str, ...]) -> m.Table:
    body = tuple(m.Row(tuple(sample.cell(text) for text in row)) for row in rows)
    return m.Table(tuple(m.Column() for _ in rows[0]), bodies=(body,))


def test_a_character_of_chinese_takes_two_letters_and_lines_end_beside_it() -> None:
    assert column_widths.letters("a year") == 6
    assert column_widths.letters("1966年12月16日") == 14
    (long, date) = ("市民的及び政治的権利に関する国際規約", "1966年12月16日")
    lines = place_cells(table((long, date), ("条約", "日")).groups)
    # In Latin letters, 18 would be few enough to stay on one line.
    assert column_widths.brief(lines, 60) == {1}
    assert column_widths.words(lines, 0) == 2 + 4
    assert column_widths.height(lines, 20) > column_widths.height(lines, 60)
