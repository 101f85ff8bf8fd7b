"""The words of a row of a table stand on one line, whatever stands behind them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter import model as m
from exporter import programs, transforms
from tests.writers.pdf.made import make
from tests.writers.sample import cell, text

pytestmark = pytest.mark.usefixtures("poppler")


@pytest.mark.parametrize(
    "behind", [m.NoteReference("n"), m.Superscript((text("a"),)), m.Subscript((text("2"),))], ids=["note", "sup", "sub"]
)
def test_what_stands_behind_a_word_does_not_move_it_down_and_its_note_has_lines(
    behind: m.Inline, tmp_path: Path
) -> None:
    marked = m.Cell((m.Paragraph((text("marked"), behind)),))
    table = m.Table((m.Column(), m.Column()), bodies=((m.Row((cell("plain"), marked)),),))
    mark = m.Paragraph((text("Once more"), m.NoteReference("n")))
    note = m.Note("n", (m.Paragraph((text("A note. " * 40),)),))
    whole = m.Publication(m.Metadata(title="T", language="en"), body=(table, mark), notes=(note,))
    made = make(tmp_path, transforms.apply(whole, "made"))
    boxes = programs.run(["pdftotext", "-bbox", str(made.path), "-"], seconds=60).stdout.decode()
    tops = {word: float(top) for top, word in re.findall(r'yMin="([\d.]+)".*>(plain|marked)<', boxes)}
    assert tops["marked"] == pytest.approx(tops["plain"], abs=0.1)
    width = float(re.findall(r'page width="([\d.]+)"', boxes)[0])
    assert max(map(float, re.findall(r'xMax="([\d.]+)"', boxes))) < width


@pytest.mark.parametrize("alignment", [m.Alignment.CENTER, m.Alignment.END])
def test_the_mark_of_an_item_is_beside_its_words_in_every_column(alignment: m.Alignment, tmp_path: Path) -> None:
    item = m.List((m.ListItem((m.Paragraph((text("item"),)),)),))
    table = m.Table((m.Column(), m.Column(alignment)), bodies=((m.Row((cell("A" * 40), m.Cell((item,)))),),))
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(table,)))
    boxes = programs.run(["pdftotext", "-bbox", str(made.path), "-"], seconds=60).stdout.decode()
    left = {word: float(left) for left, word in re.findall(r'xMin="([\d.]+)".*>(•|item)<', boxes)}
    assert left["item"] - left["•"] < 20


@pytest.mark.parametrize(("word", "is_whole"), [("12/02/2023", True), ("M" * 20, False)])
def test_words_of_many_columns_stay_whole_where_they_fit_and_always_on_the_page(
    word: str, is_whole: bool, tmp_path: Path
) -> None:
    texts = (
        "1",
        word,
        word,
        word,
        "No",
        "Less than 24 h",
        "Police, 3rd unit",
        "Court of First Instance",
        "Pending " * 9,
    )
    table = m.Table(tuple(m.Column() for _ in texts), bodies=((m.Row(tuple(map(cell, texts))),),))
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(table,)))
    boxes = programs.run(["pdftotext", "-bbox", str(made.path), "-"], seconds=60).stdout.decode()
    (width, *_) = map(float, re.findall(r'<page width="([\d.]+)"', boxes))
    assert all(float(right) < width for right in re.findall(r'xMax="([\d.]+)"', boxes))
    assert (boxes.count(f">{word}<") == 3) is is_whole


def test_russian_words_of_many_columns_never_leave_the_page(tmp_path: Path) -> None:
    words = (
        "вооружённой задержанных похищенных осуждённых беженцев погибших обвинением помещения заключения освобождения"
    )
    head = m.Row(tuple(m.Cell((m.Paragraph((text(word),)),), scope=m.Scope.COLUMN) for word in words.split()))
    row = m.Row(tuple(map(cell, words.split())))
    table = m.Table(tuple(m.Column() for _ in words.split()), head=(head,), bodies=((row,),))
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="ru"), body=(table,)))
    boxes = programs.run(["pdftotext", "-bbox", str(made.path), "-"], seconds=60).stdout.decode()
    (width, *_) = map(float, re.findall(r'<page width="([\d.]+)"', boxes))
    assert max(float(right) for right in re.findall(r'xMax="([\d.]+)"', boxes)) < width - 20
