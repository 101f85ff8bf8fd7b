"""The time of a long text grows with its length, and its lines are those of WeasyPrint."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from weasyprint.text import line_break

from exporter.writers.pdf.patches import long_texts
from tests.writers.pdf.patches.pages import render, words

CSS = "td { overflow-wrap: anywhere; font: 10pt 'Source Serif 4' } table, p { width: 90pt }"
WORD = "Rechtsschutzversicherungsgesellschaften"


def lines(folder: Path, body: str) -> list[tuple[str, float]]:
    """Return the text and the width of each line."""
    from weasyprint.formatting_structure import boxes

    return [
        (words(box), box.width)
        for page in render(folder, body, CSS).pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.LineBox)
    ]


def letters_shaped(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> int:
    """Return how many letters the layout of a page is given."""
    total = 0
    original: Callable[..., object] = line_break.Layout.set_text

    def set_text(layout: object, text: str, *arguments: object, **options: object) -> object:
        nonlocal total
        total += len(text)
        return original(layout, text, *arguments, **options)

    with monkeypatch.context() as context:
        context.setattr(line_break.Layout, "set_text", set_text)
        render(folder, body, CSS)
    return total


@pytest.mark.parametrize(
    "text",
    [
        WORD * 6,
        f"{WORD} and some ordinary words " * 3,
        f"ordinary words and {WORD * 4}",
        f"<b>one</b>two<i>{WORD}</i>three <code>{WORD}</code>",
        "e\u0301" * 150,
        "10\u00a0000/" * 30,
    ],
)
def test_lines_are_those_of_weasyprint(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = f"<table><tr><td>{text}</td><td>short words</td></tr></table><p>{text}</p>"
    patched = lines(tmp_path, body)
    monkeypatch.setattr(long_texts, "patched", nullcontext)
    assert patched == lines(tmp_path, body)


WIDE = "<table><tr><td style='overflow-wrap: normal' lang='zh'>{}</td><td>short words</td></tr></table>"


@pytest.mark.parametrize(
    "text",
    [
        "法院在两年后“才”审理，理由不明。" * 8,
        f"法院在两年后 ordinary and {WORD} words 才审理（2025年）。" * 4,
        f"<b>法院</b>{'在两年后审理，' * 12}<i>理由</i>不明",
    ],
)
def test_lines_of_chinese_are_those_of_weasyprint(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patched = lines(tmp_path, WIDE.format(text))
    monkeypatch.setattr(long_texts, "patched", nullcontext)
    assert patched == lines(tmp_path, WIDE.format(text))


def test_the_smallest_width_of_chinese_is_measured_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = WIDE.format("法院在两年后审理，理由不明。" * 40)
    patched = letters_shaped(tmp_path, monkeypatch, text)
    monkeypatch.setattr(long_texts, "patched", nullcontext)
    assert patched < letters_shaped(tmp_path, monkeypatch, text) / 5


@pytest.mark.parametrize("text", ["x" * 400, f"{WORD} and words " * 8, WORD * 10 + " "])
@pytest.mark.parametrize("markup", ["<table><tr><td>{}</td><td>short</td></tr></table>", "<p>{}</p>"])
def test_the_letters_of_a_long_text_are_shaped_a_few_times(
    text: str, markup: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = letters_shaped(tmp_path, monkeypatch, markup.format(text))
    assert letters_shaped(tmp_path, monkeypatch, markup.format(text * 4)) < 6 * once


def test_weasyprint_still_shapes_the_rest_of_a_text_for_each_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If this fails, the patch of `split_first_line` can be deleted."""
    monkeypatch.setattr(long_texts, "patched", nullcontext)
    markup = "<table><tr><td>{}</td><td>short</td></tr></table>"
    once = letters_shaped(tmp_path, monkeypatch, markup.format("x" * 80))
    assert letters_shaped(tmp_path, monkeypatch, markup.format("x" * 320)) > 10 * once
