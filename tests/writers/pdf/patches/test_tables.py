"""Header and footer rows are printed, however high they are, and cells are printed once."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from exporter.writers.pdf.patches import tables
from tests.writers.pdf.patches.pages import render, words

CSS = "@page { size: 200px 200px; margin: 10px } html { font: 10px/1.2 'Source Serif 4' } tr { break-inside: avoid }"


def text(folder: Path) -> str:
    """Return the text of a table whose header and footer rows are longer than a page."""
    rows = [f"<{group}><tr><td>{'word ' * 300}{group}</td></tr></{group}>" for group in ("thead", "tbody", "tfoot")]
    document = render(folder, f"<p>before</p><table>{''.join(rows)}</table>", CSS)
    return " ".join(words(page._page_box) for page in document.pages)


def test_rows_higher_than_a_page_are_printed_once(tmp_path: Path) -> None:
    printed = text(tmp_path)
    assert [printed.count(group) for group in ("thead", "tbody", "tfoot")] == [1, 1, 1]
    assert printed.count("word") == 900


def divided(folder: Path) -> str:
    """Return the text of a row with a cell whose rest does not fit below the header row of the next page."""
    first = '<td>first<aside>note</aside><div style="height: 150px; break-inside: avoid">rest</div></td>'
    head = "<thead><tr><td>head<br/>head<br/>head</td></tr></thead>"
    table = f"<table>{head}<tr>{first}<td>{'word ' * 130}</td></tr></table>"
    css = CSS.replace("tr {", "aside { float: footnote } .x {")
    return " ".join(words(page._page_box) for page in render(folder, f"<p>before</p>{table}", css).pages)


def test_the_rest_of_a_cell_that_does_not_fit_is_on_the_next_page(tmp_path: Path) -> None:
    printed = divided(tmp_path)
    assert [printed.count(text) for text in ("first", "note", "rest", "word")] == [1, 1, 1, 130]


def test_weasyprint_still_begins_cells_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patch of `block_container_layout` can be deleted."""
    monkeypatch.setattr(tables, "patched", nullcontext)
    assert divided(tmp_path).count("first") > 1


def beginnings(folder: Path) -> list[tuple[bool, bool]]:
    """Return for each page whether the cells of a row begin on it; the note of the second does not fit on the first."""
    note = f"<aside><div style='display: inline-block'>{'note<br/>' * 5}</div></aside>"
    rows = f"<tr><td>{'row<br/>' * 7}</td><td></td></tr><tr><td>left<br/>word</td><td>right{note}</td></tr>"
    css = CSS.replace("tr {", "aside { float: footnote; footnote-policy: line } .x {")
    pages = [words(page._page_box) for page in render(folder, f"<p>before</p><table>{rows}</table>", css).pages]
    return [("left" in page, "right" in page) for page in pages]


def test_the_cells_of_a_row_begin_on_one_page(tmp_path: Path) -> None:
    assert beginnings(tmp_path) == [(False, False), (True, True)]


def test_a_row_that_begins_on_the_next_page_changes_no_other_row(tmp_path: Path) -> None:
    note = f"<aside><div style='display: inline-block'>{'note<br/>' * 5}</div></aside>"
    first = f"<tr><td>{'row<br/>' * 7}</td><td></td></tr><tr><td>left<br/>word</td><td>right{note}</td></tr>"
    second = f"<tr><td>{'long<br/>' * 12}</td><td></td></tr>"
    css = CSS.replace("tr {", "aside { float: footnote; footnote-policy: line } .x {")
    tables_of_both = f"<p>before</p><table>{first}</table><div style='height: 20px'></div><table>{second}</table>"
    pages = [words(page._page_box).count("long") for page in render(tmp_path, tables_of_both, css).pages]
    assert [count for count in pages if count] == [4, 8]


def test_weasyprint_still_begins_a_row_on_two_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the part of the patch of `block_container_layout` about rows can be deleted."""
    monkeypatch.setattr(tables, "patched", nullcontext)
    assert beginnings(tmp_path)[0] == (True, False)


def test_weasyprint_still_loses_header_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patch of `table_layout` can be deleted."""
    monkeypatch.setattr(tables, "patched", nullcontext)
    assert "thead" not in text(tmp_path)


def widths(folder: Path, direction: str) -> set[tuple[float, ...]]:
    """Return the widths of the columns of a table on each of its pages, where its first rows do not fit."""
    from weasyprint.formatting_structure.boxes import TableRowBox

    note = '<aside style="float: footnote; height: 150px">note</aside>'
    rows = [f"<tr><td>{number}</td><td>{'word ' * 12}{note * (number == 1)}</td><td>V</td></tr>" for number in range(9)]
    head = "<thead><tr><td>head</td><td>head</td><td>V</td></tr></thead>"
    table = f"<table style='width: 100%'>{head}{''.join(rows)}</table>"
    document = render(folder, f"<p>{'before ' * 60}</p>{table}", CSS, f'lang="he" dir="{direction}"')
    rows_laid_out = [
        box for page in document.pages for box in page._page_box.descendants() if isinstance(box, TableRowBox)
    ]
    return {tuple(round(cell.width, 1) for cell in row.children) for row in rows_laid_out}


def test_columns_have_their_own_widths_from_right_to_left_too(tmp_path: Path) -> None:
    assert widths(tmp_path / "rtl", "rtl") == widths(tmp_path / "ltr", "ltr")
    assert len(widths(tmp_path / "rtl", "rtl")) == 1
