"""What stands on which page: chapters, figures, tables, boxes and what belongs to them."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from exporter.writers.pdf.patches import page_breaks
from tests.writers.pdf.patches.pages import render, words

CSS = (
    "@page { size: 200px 220px; margin: 10px } html { font: 10px/20px 'Source Serif 4' }"
    "body, h1, p { margin: 0; font: inherit }"
    "p { orphans: 2; widows: 2 } h1 { break-after: avoid } .chapter { break-before: page; break-inside: auto }"
    "figure, table, aside { margin: 0; break-inside: avoid } .description { break-before: avoid }"
)
"""Ten lines a page."""


def lines(name: str, count: int) -> str:
    """Return a paragraph of some lines."""
    return f"<p>{'<br/>'.join(f'{name}{number}' for number in range(1, count + 1))}</p>"


def chapter(name: str, count: int) -> str:
    return f'<section class="chapter"><h1>{name}</h1>{lines(name.lower(), count)}</section>'


def figure(count: int, name: str = "F") -> str:
    return f'<figure><div style="height: {20 * count}px">{name}</div></figure>'


def layout(folder: Path, body: str) -> list[str]:
    """Return the words on each page."""
    return [
        " ".join(filter(None, (words(box) for box in page._page_box.descendants() if type(box).__name__ == "LineBox")))
        for page in render(folder, body, CSS).pages
    ]


def test_a_chapter_begins_a_page_unless_a_third_of_the_one_before_would_stay_empty(tmp_path: Path) -> None:
    assert layout(tmp_path, chapter("A", 6) + chapter("B", 8)) == [
        "A a1 a2 a3 a4 a5 a6",
        "B b1 b2 b3 b4 b5 b6 b7 b8",
    ]
    assert layout(tmp_path, chapter("A", 5) + chapter("B", 8)) == [
        "A a1 a2 a3 a4 a5 B b1 b2 b3",
        "b4 b5 b6 b7 b8",
    ]


def test_a_long_chapter_begins_a_page_wherever_the_one_before_ends(tmp_path: Path) -> None:
    long = chapter("B", 8).replace('"chapter"', '"chapter long-chapter"')
    for body in (chapter("A", 1) + long, f"{chapter('A', 1)}<main>{long}</main>"):
        assert layout(tmp_path, body) == ["A a1", "B b1 b2 b3 b4 b5 b6 b7 b8"]


def test_a_chapter_that_fits_on_the_page_stays_on_it(tmp_path: Path) -> None:
    assert layout(tmp_path, chapter("A", 6) + chapter("B", 2)) == ["A a1 a2 a3 a4 a5 a6 B b1 b2"]
    assert layout(tmp_path, chapter("A", 6) + chapter("B", 3)) == ["A a1 a2 a3 a4 a5 a6", "B b1 b2 b3"]


def test_a_break_of_the_author_is_always_kept(tmp_path: Path) -> None:
    body = lines("a", 2) + '<div style="break-after: page"></div>' + chapter("B", 2)
    assert layout(tmp_path, body) == ["a1 a2", "B b1 b2"]


def test_the_text_after_a_figure_fills_the_page_before_it(tmp_path: Path) -> None:
    body = lines("a", 4) + figure(7) + lines("b", 2) + lines("c", 8)
    assert layout(tmp_path, body) == ["a1 a2 a3 a4 b1 b2 c1 c2 c3 c4", "F c5 c6", "c7 c8"]


@pytest.mark.parametrize("caption", ["", "<caption>T</caption>"])
def test_the_text_after_a_table_fills_the_page_before_it(tmp_path: Path, caption: str) -> None:
    rows = "".join(f"<tr><td>r{number}</td></tr>" for number in range(1, 6))
    table = f'<table style="break-inside: avoid; border-spacing: 0">{caption}{rows}</table>'
    body = lines("a", 6) + table + lines("b", 6)
    whole = "T r1 r2 r3 r4 r5" if caption else "r1 r2 r3 r4 r5"
    assert layout(tmp_path, body)[:2] == ["a1 a2 a3 a4 a5 a6 b1 b2 b3 b4", f"{whole} b5 b6"]


def test_a_figure_that_a_sentence_announces_stays_behind_it(tmp_path: Path) -> None:
    body = f"{lines('a', 3)}<p>As it shows:</p>{figure(7)}{lines('b', 2)}"
    assert layout(tmp_path, body) == ["a1 a2 a3 As it shows:", "F b1 b2"]


def test_a_line_that_says_where_a_figure_comes_from_stays_below_it(tmp_path: Path) -> None:
    note = "<p>Photo: Open Record</p>"
    assert layout(tmp_path, lines("a", 4) + figure(7) + note) == ["a1 a2 a3 a4", "F Photo: Open Record"]
    for below in (note, f"<p>Note: {'per cent of households ' * 3}</p>"):
        body = lines("a", 4) + figure(7) + below + lines("b", 2)
        assert layout(tmp_path, body) == ["a1 a2 a3 a4 b1 b2", f"F {below[3:-4].strip()}"]
    assert layout(tmp_path, lines("a", 3) + figure(7) + note + lines("b", 2)) == ["a1 a2 a3 b1 b2", f"F {note[3:-4]}"]
    assert layout(tmp_path, figure(10) + note) == ["F", note[3:-4]]


@pytest.mark.parametrize("caption", ["Figure 3: The quay", "Рис. 2", "Gráfico 1 – Casos", "图1：地图"])
def test_a_caption_that_is_only_typed_stays_below_its_figure(caption: str, tmp_path: Path) -> None:
    below = f"<p>{caption}</p>"
    assert layout(tmp_path, lines("a", 4) + figure(7) + below + lines("b", 1)) == ["a1 a2 a3 a4 b1", f"F {caption}"]
    source = "<p>Source: census</p>"
    body = lines("a", 4) + figure(6) + below + source + lines("b", 2)
    assert layout(tmp_path, body) == ["a1 a2 a3 a4 b1 b2", f"F {caption} Source: census"]


@pytest.mark.parametrize(
    "line",
    ["She died.", "They asked:", "Her words: no", "Source:", "Figure 3 shows it", "In 2024: no", "Table 1: x", "3: a"],
)
def test_any_other_line_after_a_figure_is_read_before_what_follows_it(line: str, tmp_path: Path) -> None:
    body = lines("a", 4) + figure(7) + f"<p>{line}</p>" + lines("b", 2)
    assert layout(tmp_path, body) == [f"a1 a2 a3 a4 {line} b1 b2", "F"]


def test_a_figure_is_never_moved_out_of_its_section(tmp_path: Path) -> None:
    body = f"<section>{lines('a', 4)}{figure(7)}</section><section>{lines('b', 2)}</section>"
    assert layout(tmp_path, body) == ["a1 a2 a3 a4", "F b1 b2"]


def test_a_description_moves_with_its_figure(tmp_path: Path) -> None:
    body = lines("a", 5) + figure(5) + f'<div class="description">{lines("d", 2)}</div>' + lines("b", 3)
    assert layout(tmp_path, body) == ["a1 a2 a3 a4 a5 b1 b2 b3", "F d1 d2"]


def test_a_description_may_be_divided_if_the_figure_fits(tmp_path: Path) -> None:
    body = lines("a", 3) + figure(6) + f'<div class="description">{lines("d", 4)}</div>'
    assert layout(tmp_path, body) == ["a1 a2 a3 F d1", "d2 d3 d4"]


def test_a_description_of_which_nothing_fits_is_on_the_next_page_if_the_figure_fits(tmp_path: Path) -> None:
    body = lines("a", 3) + figure(7) + f'<div class="description">{lines("d", 4)}</div>'
    assert layout(tmp_path, body) == [
        "a1 a2 a3 F",
        "d1 d2 d3 d4",
    ]


def test_a_box_is_divided_only_where_it_would_leave_a_gap(tmp_path: Path) -> None:
    box = f"<aside>{lines('b', 6)}</aside>"
    assert layout(tmp_path, lines("a", 4) + box) == ["a1 a2 a3 a4 b1 b2 b3 b4 b5 b6"]
    assert layout(tmp_path, lines("a", 6) + box) == ["a1 a2 a3 a4 a5 a6 b1 b2 b3 b4", "b5 b6"]
    assert layout(tmp_path, lines("a", 9) + box) == ["a1 a2 a3 a4 a5 a6 a7 a8 a9", "b1 b2 b3 b4 b5 b6"]


def test_nothing_is_lost_between_a_divided_table_and_what_it_stays_with(tmp_path: Path) -> None:
    table = "<table>" + "".join(f"<tr><td>t{number}</td></tr>" for number in range(1, 5)) + "</table>"
    body = lines("a", 5) + table + f'<div class="description">{lines("d", 3)}</div>' + lines("b", 2)
    text = " ".join(layout(tmp_path, body))
    assert sorted(text.split()) == sorted(
        f"{name}{n + 1}" for name, most in zip("atdb", (5, 4, 3, 2), strict=True) for n in range(most)
    )


def test_weasyprint_still_leaves_pages_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, WeasyPrint has page floats: see whether the patch can be deleted."""
    monkeypatch.setattr(page_breaks, "patched", nullcontext)
    assert layout(tmp_path, lines("a", 4) + figure(7) + lines("b", 2)) == ["a1 a2 a3 a4", "F b1 b2"]
    assert layout(tmp_path, chapter("A", 1) + chapter("B", 1)) == ["A a1", "B b1"]


def test_markers_stay_on_the_page_when_what_follows_their_list_does_not_fit(tmp_path: Path) -> None:
    """A box that must not be parted from the list before it takes an item of the list off the page, and is put back."""
    items = "".join(f"<li>i{number}</li>" for number in range(1, 5))
    together = f'<aside style="break-before: avoid">{lines("s", 4)}</aside>'
    document = render(tmp_path, lines("a", 3) + figure(8) + f"<ul>{items}</ul>" + together, CSS)
    markers = [
        box for page in document.pages for box in page._page_box.descendants() if box.element_tag == "li::marker"
    ]
    assert len(markers) == 4
    assert all(hasattr(marker, "border_top_width") for marker in markers)


def test_tables_inside_tables_are_not_tried_again_at_each_level(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not fit on the page is laid out again by each table around it, and again by those around that."""
    from weasyprint.layout import block

    layouts = 0
    lay_out = block.block_level_layout_switch

    def counted(*arguments: object) -> object:
        nonlocal layouts
        layouts += 1
        return lay_out(*arguments)

    monkeypatch.setattr(block, "block_level_layout_switch", counted)
    inner = figure(9)
    for _ in range(10):
        inner = f"<table><tr><td>{inner}</td></tr></table>"
    css = CSS + "td { padding: 0 } table { border-spacing: 0 }"
    assert len(render(tmp_path, lines("a", 3) + inner, css).pages) == 2
    assert layouts < 2_500
