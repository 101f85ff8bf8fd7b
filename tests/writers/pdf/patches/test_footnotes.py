"""Footnotes are on the page of their line, whole, and on the paper."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from exporter.writers.pdf.patches import footnotes
from tests.writers.pdf.patches.pages import render, words

CSS = (
    "@page { size: 200px 200px; margin: 10px } html { font: 10px/1.2 'Source Serif 4' }"
    "p { margin: 0; orphans: 2; widows: 2 } aside { float: footnote; footnote-policy: line }"
)


def note_areas(folder: Path, lead: int, *notes: tuple[int, int]) -> list[tuple[str, float]]:
    """Return the text of the notes on each page, and the height that they leave to the page.

    Args:
        folder: For the font cache.
        lead: Words of a paragraph before the notes.
        notes: Words before each note, and words of the note.
    """
    parts = (f"{'word ' * before}<aside>note{i} {'text ' * length}</aside>" for i, (before, length) in enumerate(notes))
    document = render(folder, f"<p>{'word ' * lead}</p><p>{''.join(parts)}{'word ' * 12}</p>", CSS)
    areas: list[tuple[str, float]] = []
    for page in document.pages:
        box: Any = page._page_box
        areas += [
            (words(area), area.position_y - box.content_box_y())
            for area in box.children
            if type(area).__name__ == "FootnoteAreaBox" and area.children
        ]
    return areas


def loses_notes(folder: Path) -> bool:
    for lead in range(36, 48):
        text = " ".join(words for words, _ in note_areas(folder, lead, (2, 21), (4, 12), (5, 20)))
        if not all(f"note{number} " in text for number in range(3)):
            return True
    return False


def leaves_the_page(folder: Path) -> bool:
    return any(height < 0 for _, height in note_areas(folder, 5, (5, 100), (3, 30)))


def test_no_note_is_lost(tmp_path: Path) -> None:
    assert not loses_notes(tmp_path)
    assert not leaves_the_page(tmp_path)


def test_weasyprint_still_loses_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patches of `_linebox_layout` and `iter_line_boxes` can be deleted."""
    monkeypatch.setattr(footnotes, "patched", nullcontext)
    assert loses_notes(tmp_path)


def test_weasyprint_still_draws_notes_off_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patch of `layout_footnote` can be deleted."""
    monkeypatch.setattr(footnotes, "patched", nullcontext)
    assert leaves_the_page(tmp_path)


def long_note(folder: Path, length: int) -> tuple[list[str], float]:
    """Return the words of a note, and the largest gap on the pages before the end of the text, in lines."""
    text = f"<p>{'word ' * 60}</p><p>word<aside>{' '.join(f'n{n}' for n in range(length))}</aside> {'word ' * 60}</p>"
    document = render(folder, text, CSS + "body { margin: 0 } aside { orphans: 1; widows: 1 }")
    notes: list[str] = []
    gaps: list[float] = []
    for page in document.pages:
        box: Any = page._page_box
        lines = [part for part in box.children[0].descendants() if type(part).__name__ == "LineBox"]
        bottom = max([box.content_box_y(), *(line.position_y + line.height for line in lines)])
        areas = [area for area in box.children if type(area).__name__ == "FootnoteAreaBox" and area.children]
        end = areas[0].position_y if areas else box.content_box_y() + box.height
        noted = [part for area in areas for part in area.descendants() if type(part).__name__ == "LineBox"]
        notes += [word for line in noted for word in words(line).removeprefix("1.").split()]
        gaps += [(end - bottom) / 12] if lines else []
    return notes, max(gaps[:-1])


@pytest.mark.parametrize("length", [20, 40, 60, 80, 200])
def test_a_note_continues_on_the_next_page_and_leaves_no_gap(length: int, tmp_path: Path) -> None:
    notes, gap = long_note(tmp_path, length)
    assert notes == [f"n{number}" for number in range(length)]
    assert gap < 2


def test_notes_of_cells_with_padding_are_divided(tmp_path: Path) -> None:
    css = CSS + "td { padding: 12px 0 } aside { orphans: 1; widows: 1 }"
    for lead in range(4, 60, 4):
        row = f"<tr><td>{'word ' * 6}<aside>{'text ' * 30}end</aside></td></tr>"
        document = render(tmp_path, f"<p>{'word ' * lead}</p><table>{row * 2}</table>", css)
        assert sum(words(page._page_box).count("end") for page in document.pages) == 2


def test_each_note_is_laid_out_twice_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once to measure it, and once for the page, however many notes the page has."""
    from weasyprint.layout import block

    notes = 0
    lay_out = block.block_box_layout

    def counted(context: Any, box: Any, *arguments: Any) -> Any:
        nonlocal notes
        notes += box.element_tag == "aside"
        return lay_out(context, box, *arguments)

    monkeypatch.setattr(block, "block_box_layout", counted)
    body = "word<aside>note</aside> " * 40
    render(tmp_path, f"<p>{body}</p>", CSS.replace("200px 200px", "200px 2000px"))
    assert 40 <= notes <= 80


def test_weasyprint_still_leaves_a_gap_above_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, notes need not be divided any more."""
    monkeypatch.setattr(footnotes, "patched", nullcontext)
    assert long_note(tmp_path, 60)[1] > 2


def test_the_caption_of_a_table_in_a_note_stays_with_its_table(tmp_path: Path) -> None:
    caption = f"<caption>{'caption ' * 60}</caption>"
    table = f"<table>{caption}<tr><td>cell</td></tr></table>"
    document = render(tmp_path, f"<p>{'word ' * 40}<aside><div>note</div>{table}</aside></p>", CSS)
    text = " ".join(words(page._page_box) for page in document.pages)
    assert text.count("caption") == 60
    assert "cell" in text


@pytest.mark.proof
@pytest.mark.parametrize("captions", ["", "<caption>caption</caption>"], ids=["bare", "with a caption"])
def test_tables_inside_tables_of_a_divided_note_are_whole(captions: str, tmp_path: Path) -> None:
    inner = f"<table>{captions}<tr><td>inner</td></tr></table>"
    rows = "".join(f"<tr><td>n{number} {'word ' * 8}</td><td>{inner}</td></tr>" for number in range(12))
    note = f"<aside><table>{captions}<thead><tr><td>head</td></tr></thead>{rows}</table></aside>"
    document = render(tmp_path, f"<p>{'word ' * 40}{note}</p>", CSS)
    pages = [words(page._page_box) for page in document.pages]
    text = " ".join(pages)
    assert text.count("inner") == 12
    assert [f"n{number} " in text for number in range(12)] == [True] * 12
    assert text.count("caption") == (13 if captions else 0)
    assert sum("inner" in page for page in pages) > 1


@pytest.mark.proof
def test_the_cells_of_a_divided_row_continue_below_each_other(tmp_path: Path) -> None:
    cells = "".join(f"<td>{f'c{number} ' * length}</td>" for number, length in enumerate((2, 300, 150)))
    note = f"<aside><table><tr>{cells}</tr></table></aside>"
    document = render(tmp_path, f"<p>{'word ' * 40}{note}</p>", CSS + "td { vertical-align: top }")
    text = " ".join(words(page._page_box) for page in document.pages)
    assert [text.count(f"c{number}") for number in range(3)] == [2, 300, 150]


def test_the_header_of_a_table_in_a_divided_note_is_printed_once(tmp_path: Path) -> None:
    head = f"<thead><tr><td>{'head ' * 60}</td></tr></thead>"
    rows = "".join(f"<tr><td>n{number} {'word ' * 12}</td></tr>" for number in range(9))
    document = render(tmp_path, f"<p>{'word ' * 40}<aside><table>{head}{rows}</table></aside></p>", CSS)
    text = " ".join(words(page._page_box) for page in document.pages)
    assert text.count("head") == 60
    assert [text.count(f"n{number}") for number in range(9)] == [1] * 9


def test_a_note_of_a_repeated_header_row_is_printed_once_where_its_page_is_made_again(tmp_path: Path) -> None:
    """A page is made again if it shows the page number of something that comes later."""
    css = CSS + ".page::after { content: target-counter('#end', page) }"
    rows = f"<tr><td>{'word ' * 12}</td></tr>" * 8 + '<tr><td><a class="page" href="#end">on</a></td></tr>'
    head = "<thead><tr><td>head<aside>note</aside></td></tr></thead>"
    document = render(tmp_path, f'<table>{head}{rows}</table><p id="end">end</p>', css)
    pages = [words(page._page_box) for page in document.pages]
    assert sum("head" in page for page in pages) > 2
    assert [page.count("note") for page in pages] == [1, *[0] * (len(pages) - 1)]


def test_notes_of_rows_that_move_to_the_next_page_are_printed_there(tmp_path: Path) -> None:
    """A row that fits moves with one that does not and stays with it; the caption is on the page before."""
    css = CSS + "tr { break-inside: avoid } tr:first-child, caption { break-after: avoid }"
    rows = f"<tr><td>first<aside>note</aside></td></tr><tr><td>{'word ' * 60}</td></tr>"
    document = render(tmp_path, f"<p>{'word ' * 15}</p><table><caption>caption</caption>{rows}</table>", css)
    pages = [words(page._page_box) for page in document.pages]
    assert ["note" in page for page in pages] == ["first" in page for page in pages]


def test_a_page_asks_only_for_its_own_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import LayoutContext

    asked = 0
    unlayout = LayoutContext.unlayout_footnote

    def counted(context: Any, footnote: Any) -> None:
        nonlocal asked
        asked += 1
        unlayout(context, footnote)

    monkeypatch.setattr(LayoutContext, "unlayout_footnote", counted)
    pages = render(tmp_path, "<p>word<aside>note</aside></p>" * 80, CSS).pages
    assert len(pages) >= 10
    assert asked <= 3 * len(pages)
