"""The tables of a manuscript, as they are listed to be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.service.tables import tables

CELL = "<table><tr><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(CELL.format("One") + CELL.format("Two"), ["One", "Two"], id="in one line"),
        pytest.param(CELL.format(CELL.format("Inner")), ["Inner"], id="one in another"),
    ],
)
def test_tables_of_a_line_are_all_listed(text: str, words: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html lang=en><title>A</title><h1>A</h1>\n{text}\n</html>")
    assert [row.rows[0][0] for row in tables(page)] == words
