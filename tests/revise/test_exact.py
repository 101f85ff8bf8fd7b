"""Each change is made exactly, or refused with a sentence: what the whole way with unusual manuscripts has found."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter.model.walk import images, plain_text, walk
from exporter.pipeline import direct_reading
from exporter.revise import (
    CaptionParagraph,
    Change,
    FigureCaption,
    HeaderRows,
    HeadingLevel,
    LongDescription,
    PassageLanguage,
    SpeakerName,
    TableCaption,
    revise,
)
from exporter.revise.places import table_keys
from exporter.service.tables import tables
from tests.readers.docx.files import cell, p, package, part, picture, row, table
from tests.revise import test_text, test_word
from tests.revise.test_captions import PAGE, captions
from tests.revise.test_text import at
from tests.revise.test_word import source_of

INNER = table(row("in", "ner"), row("1", "2"))
NESTED = table(row(cell(INNER + p("below")), "b"), row("3", "4"))
CAPTIONED = p("Words.") + p(picture("")) + p("Old", "Caption") + p("Beside.")


@pytest.mark.parametrize("change", ["caption", "paragraph"])
def test_what_has_a_caption_gets_no_second_one_in_word(tmp_path: Path, change: str) -> None:
    data = package(CAPTIONED)
    tree = test_word.read_again(data)
    (figure,) = [node for node in walk(tree) if isinstance(node, m.Figure)]
    made = FigureCaption(source_of(next(images(tree))), "New")
    typed = CaptionParagraph(m.Source("manuscript.docx", anchor=5), source_of(figure))
    revision, after = test_word.revised(tmp_path, data, made if change == "caption" else typed)
    assert after == data
    assert revision.results[0].reason == "It has a caption. Change that one."


def test_what_has_a_caption_gets_no_second_one_in_a_web_page(tmp_path: Path) -> None:
    text = PAGE.format('<figure><img src="a.png" alt="A"><figcaption>Old</figcaption></figure>\n<p>Beside.</p>')
    revision, new = test_text.revised(tmp_path, text, CaptionParagraph(at(5), at(4)), name="manuscript.html")
    assert new == text
    assert revision.results[0].reason == "It has a caption. Change that one."


def test_of_nested_tables_that_begin_together_the_innermost_is_changed(tmp_path: Path) -> None:
    data = package(p("Words.") + NESTED)
    path = tmp_path / "manuscript.docx"
    path.write_bytes(data)
    assert [row.rows[0][0] for row in tables(path)] == ["in"]
    ((inner, (_, index)),) = table_keys(test_word.read_again(data))
    changes: list[Change] = [
        HeaderRows(source_of(inner), 1, index),
        TableCaption(source_of(inner), "Inner", index=index),
    ]
    revision, after = test_word.revised(tmp_path, data, *changes)
    assert [result.is_applied for result in revision.results] == [True, True]
    found = [node for node in walk(test_word.read_again(after)) if isinstance(node, m.Table)]
    assert [(len(node.head), plain_text(node.caption)) for node in found] == [(0, ""), (1, "Inner")]


def test_a_cell_of_a_table_in_word_has_no_heading(tmp_path: Path) -> None:
    data = package(p("Above") + table(row("a", "b"), row("1", "2")) + p("Below."))
    sources = [m.Source("manuscript.docx", anchor=number) for number in (1, 3)]
    revision, after = test_word.revised(tmp_path, data, *(HeadingLevel(source, 2) for source in sources))
    assert [result.is_applied for result in revision.results] == [True, False]
    assert revision.results[1].reason.startswith("The cells of this table have no headings.")
    assert test_word.parts_of(after)["word/document.xml"].count(b'"Heading2"') == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- item\n\n  | a | b |\n  |---|---|\n", "- item\n\n  Table: New\n\n  | a | b |\n  |---|---|\n"),
        ("Words\n| a | b |\n|---|---|\n", "Words\n\nTable: New\n\n| a | b |\n|---|---|\n"),
        ("1. | a | b |\n   |---|---|\n", None),
    ],
)
def test_a_caption_stays_where_its_table_is_in_markdown(tmp_path: Path, before: str, after: str | None) -> None:
    text = f"# A\n\n{before}"
    (owner,) = [node for node in walk(test_text.read_again(text)) if isinstance(node, m.Table)]
    revision, new = test_text.revised(tmp_path, text, TableCaption(source_of(owner), "New"))
    assert revision.results[0].is_applied == (after is not None), revision.results[0].reason
    assert new == (text if after is None else f"# A\n\n{after}")
    assert captions(test_text.read_again(new)) == ["New" if after else ""]


def test_a_change_that_would_change_a_list_is_refused(tmp_path: Path) -> None:
    text = "# A\n\n![](a.png)\n\n: What it is\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    revision, new = test_text.revised(tmp_path, text, LongDescription(at(3), "Long."))
    assert new == text
    assert revision.results[0].reason


@pytest.mark.parametrize("above", [True, False])
def test_a_cell_with_the_words_of_the_caption_is_not_the_caption(tmp_path: Path, above: bool) -> None:
    caption, cells = p("Prices", "Caption"), table(row("Prices", "b"), row("1", "2"))
    data = package(p("Words.") + (caption + cells if above else cells + caption) + p("Words."))
    (owner,) = [node for node in walk(test_word.read_again(data)) if isinstance(node, m.Table)]
    revision, after = test_word.revised(tmp_path, data, TableCaption(source_of(owner), "Costs", old="Prices"))
    assert revision.results[0].is_applied, revision.results[0].reason
    (changed,) = [node for node in walk(test_word.read_again(after)) if isinstance(node, m.Table)]
    assert plain_text(changed.caption) == "Costs"
    assert b">Prices</w:t></w:r></w:p></w:tc>" in test_word.parts_of(after)["word/document.xml"]


def test_two_changes_of_the_same_words_in_word_are_not_mixed(tmp_path: Path) -> None:
    data = package(p("Words.") + p("ANA: El agua"))
    source = m.Source("manuscript.docx", anchor=2)
    changes: list[Change] = [SpeakerName(source, "ANA", "Ana"), PassageLanguage(source, "es", "El agua")]
    revision, after = test_word.revised(tmp_path, data, *changes)
    assert [result.is_applied for result in revision.results] == [True, False]
    assert revision.results[1].reason == "Another change is at the same position. Make this one afterwards."
    assert b">Ana: El agua</w:t>" in test_word.parts_of(after)["word/document.xml"]


@pytest.mark.parametrize("name", ["manuscript.docx", "manuscript.html", "manuscript.md"])
def test_of_two_captions_for_one_table_only_one_is_made(tmp_path: Path, name: str) -> None:
    if name.endswith(".docx"):
        data = package(p("Above 1") + table(row("a", "b"), row("1", "2")) + p("Below 2"))
        sources = [m.Source(name, anchor=number) for number in (1, 2, 7)]
    elif name.endswith(".html"):
        data = PAGE.format("<p>Above 1</p>\n<table><tr><td>a<td>b<tr><td>1<td>2</table>\n<p>Below 2</p>").encode()
        sources = [at(line) for line in (4, 5, 6)]
    else:
        data = b"# A\n\nAbove 1\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nBelow 2\n"
        sources = [at(line) for line in (3, 5, 9)]
    path = tmp_path / name
    path.write_bytes(data)
    above, owner, below = sources
    changes = [CaptionParagraph(above, owner), CaptionParagraph(below, owner), TableCaption(owner, "New 3")]
    revision = revise(path, changes)
    assert sum(result.is_applied for result in revision.results) == 1
    tree = direct_reading.read(path, revision.files[name]).publication
    (caption,) = captions(tree)
    (made,) = [result.change for result in revision.results if result.is_applied]
    assert caption == {above: "Above 1", below: "Below 2"}.get(made.source, "New 3")
    assert {"Above 1", "Below 2"} - {caption} <= {
        plain_text(node) for node in walk(tree) if isinstance(node, m.Paragraph)
    }


def test_a_paragraph_with_a_note_becomes_a_heading(tmp_path: Path) -> None:
    words = '<w:r><w:t>What the court said</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = part("footnotes", f'<w:footnote w:id="2">{p("A note.")}</w:footnote>')
    data = package(p(words) + p("Below."), parts={"footnotes.xml": notes})
    revision, after = test_word.revised(tmp_path, data, HeadingLevel(m.Source("manuscript.docx", anchor=1), 2))
    assert [result.is_applied for result in revision.results] == [True]
    assert test_word.parts_of(after)["word/document.xml"].count(b'"Heading2"') == 1
