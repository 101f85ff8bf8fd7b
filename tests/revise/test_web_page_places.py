"""Web pages whose tables share a line, and comments that look like captions."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.revise import CaptionParagraph, Change, FigureCaption, HeaderRows, TableCaption
from exporter.service.tables import tables
from exporter.studio.revising import keep_fixes
from tests.revise.test_captions import PAGE
from tests.revise.test_text import at, revised

NAME = "manuscript.html"
HEAD = '<table><tr><th scope="col">{0}<th scope="col">{0}<tr><td>1<td>2</table>'
PLAIN = "<table><tr><td>{0}<td>{0}<tr><td>1<td>2</table>"
CAPTIONED = "<table><caption>{1}</caption><tr><td>{0}<td>{0}<tr><td>1<td>2</table>"
AROUND = "<table><tr><td>Outer{}<tr><td>1</table>"


def test_tables_of_one_line_are_told_apart(tmp_path: Path) -> None:
    inner = PLAIN.format("d")
    text = PAGE.format(CAPTIONED.format("a", "Old") + PLAIN.format("b") + PLAIN.format("c") + AROUND.format(inner))
    path = tmp_path / NAME
    path.write_text(text)
    assert [(row.index, row.rows[0][0]) for row in tables(path)] == [(0, "a"), (1, "b"), (2, "c"), (3, "d")]
    changes: list[Change] = [
        TableCaption(at(4), "New", "Old"),
        TableCaption(at(4), "Of b", index=1),
        HeaderRows(at(4), 1, index=2),
        TableCaption(at(4), "Of d", index=3),
        TableCaption(at(4), "Of none", index=4),
    ]
    revision, new = revised(tmp_path, text, *changes, name=NAME)
    assert [result.is_applied for result in revision.results] == [True, True, True, True, False]
    assert revision.results[-1].reason == "The table was not found in its line. Change it there."
    first, second, last = CAPTIONED.format("a", "New"), CAPTIONED.format("b", "Of b"), CAPTIONED.format("d", "Of d")
    assert new == PAGE.format(first + second + HEAD.format("c") + AROUND.format(last))


@pytest.mark.parametrize(("change", "after"), [("caption", CAPTIONED), ("header", HEAD)])
def test_a_fix_of_one_of_several_tables_of_a_line_is_made_again(tmp_path: Path, change: str, after: str) -> None:
    texts = [PAGE.format(PLAIN.format("a") + table + "{}") for table in (PLAIN.format("b"), after.format("b", "Of b"))]
    path = tmp_path / NAME
    path.write_text(texts[0].format("<p>More."))
    assert keep_fixes(path, texts[0].format("").encode(), texts[1].format("").encode()).counts.total() == 1, change
    assert path.read_text() == texts[1].format("<p>More.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{a}{b}\n<p>Table 2</p>", "{a}{c}"),
        ("<p>Table 2</p>\n{b}{a}", "{c}{a}"),
        ("{a}\n<p>Table 2</p>\n{b}{a}", "{a}\n{c}{a}"),
        ("{a}<p>Table 2</p>{b}", None),
        ("{a}{b}\n<p>More.</p>\n<p>Table 2</p>", None),
    ],
)
def test_a_typed_line_belongs_to_the_table_that_is_directly_beside_it(
    tmp_path: Path, before: str, after: str | None
) -> None:
    forms = {"a": PLAIN.format("a"), "b": PLAIN.format("b"), "c": CAPTIONED.format("b", "Table 2")}
    text = PAGE.format(before.format(**forms))
    lines = {words: text[: text.index(words)].count("\n") + 1 for words in ("Table 2", PLAIN.format("b"))}
    change = CaptionParagraph(*(at(line) for line in lines.values()))
    revision, new = revised(tmp_path, text, change, name=NAME)
    assert revision.results[0].is_applied == (after is not None), revision.results[0].reason
    assert new.replace("\n\n", "\n") == (text if after is None else PAGE.format(after.format(**forms)))


FIGURE = '<figure><img src="a.png" alt="A">{}<figcaption>{}</figcaption></figure>'


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (
            FigureCaption(at(4), "New", old="Old"),
            FIGURE.format("<!-- <figcaption>Old</figcaption> </figure> -->", "Old"),
            FIGURE.format("<!-- <figcaption>Old</figcaption> </figure> -->", "New"),
        ),
        (
            FigureCaption(at(4), "New"),
            '<!-- <figure> --><p><img src="a.png" alt="A"></p>',
            '<!-- <figure> --><figure><img src="a.png" alt="A"><figcaption>New</figcaption></figure>',
        ),
        (
            FigureCaption(at(4), "New"),
            '<figure><!-- <figcaption></figcaption> --><img src="a.png" alt="A"></figure>',
            '<figure><!-- <figcaption></figcaption> --><img src="a.png" alt="A"><figcaption>New</figcaption></figure>',
        ),
        (
            TableCaption(at(4), "New", old="Old"),
            "<table><!-- <caption>Old</caption> --><caption>Old</caption><tr><td>1</table>",
            "<table><!-- <caption>Old</caption> --><caption>New</caption><tr><td>1</table>",
        ),
        (
            TableCaption(at(4), "New"),
            "<table><!-- <caption>Old</caption> --><caption> </caption><tr><td>1</table>",
            "<table><!-- <caption>Old</caption> --><caption>New</caption><tr><td>1</table>",
        ),
        (
            TableCaption(at(4), "New"),
            "<!-- <table><caption>Old</caption> --><table><!-- </table> --><tr><td>1</table>",
            "<!-- <table><caption>Old</caption> --><table><caption>New</caption><!-- </table> --><tr><td>1</table>",
        ),
        (
            HeaderRows(at(4), 1),
            "<table><!-- <tr><td>0</tr> </table> --><tr><td>a<!-- <td> --><tr><td>1</table>",
            '<table><!-- <tr><td>0</tr> </table> --><tr><th scope="col">a<!-- <td> --><tr><td>1</table>',
        ),
    ],
)
def test_comments_are_no_captions_rows_or_cells(tmp_path: Path, change: Change, before: str, after: str) -> None:
    revision, new = revised(tmp_path, PAGE.format(before), change, name=NAME)
    assert revision.results[0].is_applied, revision.results[0].reason
    assert new == PAGE.format(after)


def test_a_change_that_cannot_be_made_stops_no_other(tmp_path: Path) -> None:
    text = PAGE.format(f"{PLAIN.format('a')}\n{PLAIN.format('b')}\n<pre>\n<table>x</table></pre>")
    changes = [TableCaption(at(line), f"Of {line}") for line in (4, 5, 7)]
    revision, new = revised(tmp_path, text, *changes, name=NAME)
    assert [result.is_applied for result in revision.results] == [True, True, False]
    assert new == text.replace("<table><", "<table><caption>Of 4</caption><", 1).replace(
        f"\n{PLAIN.format('b')}", f"\n{CAPTIONED.format('b', 'Of 5')}"
    )
