"""The background of a box that goes on on the next page ends below its words."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from exporter.writers.pdf.patches import divided_boxes
from tests.write_context import STYLES
from tests.writers.pdf.patches.pages import render, words

CSS = (
    "@page { size: 200px 220px; margin: 10px } html { font: 10px/20px 'Source Serif 4' }"
    "body, p, blockquote { margin: 0; font: inherit } blockquote { padding: 2px 0 3px 4px; border-left: 1px solid }"
    "aside { background: #eee; padding: 5px; box-decoration-break: clone } p { break-inside: avoid }"
)
"""Ten lines a page."""
WORDS = f"<p>{'one<br/>' * 5}</p><p>{'two<br/>' * 6}</p>"


def boxes(folder: Path, body: str, tag: str) -> list[tuple[float, float]]:
    """Return where each part of an element ends on its page, and where its last words do."""
    found = []
    for page in render(folder, body, CSS).pages:
        for box in page._page_box.descendants():
            if box.element_tag == tag and type(box).__name__ == "BlockBox":
                lines = [line for line in box.descendants() if type(line).__name__ == "LineBox"]
                found.append((box.border_box_y() + box.border_height(), lines[-1].position_y + lines[-1].height))
    return found


@pytest.mark.parametrize("is_patched", [True, False])
def test_a_divided_box_ends_below_its_words(is_patched: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not is_patched:
        monkeypatch.setattr(divided_boxes, "patched", nullcontext)
    (first, end), (last, end_of_last) = boxes(tmp_path, f"<aside>{WORDS}</aside>", "aside")
    assert (first - end, last - end_of_last) == ((5, 5) if is_patched else (210 - end, 5))


def test_so_does_a_quotation_and_a_box_in_a_box(tmp_path: Path) -> None:
    body = f"<aside><blockquote>{WORDS}</blockquote></aside>"
    (quotation, end), _ = boxes(tmp_path, body, "blockquote")
    (box, _), _ = boxes(tmp_path, body, "aside")
    assert quotation == end
    assert box == quotation + 5


@pytest.mark.parametrize(("decoration", "padding"), [("clone", 5), ("slice", 0)])
def test_so_does_a_box_that_is_divided_since_what_follows_it_does_not_fit(
    decoration: str, padding: int, tmp_path: Path
) -> None:
    kept = "<p style='break-before: avoid'>three<br/>three</p>"
    body = f"<aside style='box-decoration-break: {decoration}'><p>{'one<br/>' * 5}</p><p>two<br/>two</p></aside>{kept}"
    (first, end), _ = boxes(tmp_path, body.replace("two", "two<br/>two"), "aside")
    assert first == end + padding


def test_a_box_that_its_lines_fill_to_the_end_of_the_page_stays_as_it_is(tmp_path: Path) -> None:
    body = f"<aside><p style='break-inside: auto; orphans: 1; widows: 1'>{'one<br/>' * 12}</p></aside>"
    (first, end), _ = boxes(tmp_path, body, "aside")
    assert first == end + 5


def _with_styles(margins: str) -> str:
    css = (STYLES / "pdf" / "boxes.css").read_text()
    return f"{css}{CSS} {margins} {{ margin: 0; border: 0; padding: 0 }}"


def test_the_second_of_two_figures_in_a_box_that_need_two_pages_is_alone(tmp_path: Path) -> None:
    figures = "<figure style='break-inside: avoid'>one<br/>one<br/>one<br/>one<br/>one<br/>one</figure>" * 2
    body = f"<p>two<br/>two</p><aside class='aside'>{figures}</aside>"
    pages = render(tmp_path, body, _with_styles("figure, .aside")).pages
    assert [words(page._page_box).count("one") for page in pages] == [6, 6]


@pytest.mark.parametrize("content", ["<ul>{}</ul>", "{}"])
def test_the_last_item_or_line_of_a_box_is_not_alone_on_the_next_page(content: str, tmp_path: Path) -> None:
    lines = "".join(f"<{tag}>one</{tag}>" for tag in ["li" if "ul" in content else "p"] * 4)
    body = f"<div>{'words<br/>' * 7}</div><aside class='aside'>{content.format(lines)}</aside>"
    assert [
        words(page._page_box).count("one") for page in render(tmp_path, body, _with_styles("ul, .aside")).pages
    ] == [2, 2]
