"""A table with several columns is shown row by row where it does not fit, and stays a table."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from exporter import model as m
from tests.writers import sample
from tests.writers.epub.books import NS, Bench

ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


def table(columns: int, word: str) -> m.Table:
    """Return a table with a row header in its only row, which spans two rows."""
    names = tuple(sample.cell(f"{word}{number}", m.Scope.COLUMN) for number in range(columns))
    values = tuple(sample.cell("1") for _ in range(columns - 1))
    head = m.Cell((sample.p("North"),), scope=m.Scope.ROW, rowspan=2)
    body = (m.Row((head, *values)), m.Row(values))
    return m.Table(tuple(m.Column() for _ in names), (m.Row(names),), (body,))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[etree._Element], str]:
    """Return the tables of a book, and its style sheet."""
    tables = (table(2, "Two"), table(3, "N"), table(4, "Remarkable"), table(12, "Unquestionably"))
    section = m.Section((m.Text("One"),), tables)
    book = Bench(tmp_path_factory.mktemp("book")).book(
        m.Publication(m.Metadata(title="T", language="en"), body=(section,))
    )
    tables_of_book = [found for root in book.documents().values() for found in root.iterfind(".//h:table", NS)]
    return tables_of_book, book.data["EPUB/styles/epub.css"].decode()


def widths(element: etree._Element) -> list[int]:
    return [int(width) for width in re.findall(r"by-row-(\d+)", element.get("class", ""))]


def test_a_table_is_a_grid_where_its_words_fit(written: tuple[list[etree._Element], str]) -> None:
    tables, css = written
    assert [widths(found) for found in tables] == [[], [16], [32], [64]]
    for width in (16, 32, 64):
        for condition in ("@media", "@container"):
            assert f"{condition} (max-width: {width}em) {{" in css
        assert f".by-row-{width} > * > tr > td[data-heads]::before" in css
    assert ".by-row " not in css


def test_each_part_states_its_role(written: tuple[list[etree._Element], str]) -> None:
    narrow, *stacked = written[0]
    assert not narrow.xpath("descendant-or-self::*/@role")
    for found in stacked:
        for part in found.iter():
            name = etree.QName(part).localname
            scope = {"col": "columnheader", "row": "rowheader"}.get(part.get("scope", ""))
            if name != "span":
                assert part.get("role") == (scope if name == "th" else ROLES[name])


def test_each_value_has_the_headers_that_are_not_above_it_any_more(
    written: tuple[list[etree._Element], str],
) -> None:
    rows = written[0][1].findall(".//h:tr", NS)
    assert [row.get("data-heads") for row in rows] == [None, None, "North"]
    assert [value.get("data-heads") for value in rows[2]] == ["N1: ", "N2: "]
