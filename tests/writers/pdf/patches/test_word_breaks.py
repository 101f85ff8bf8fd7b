"""Words stay whole where they have room on a line of their own; longer ones break and stay on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.writers.pdf import engine
from tests.write_context import STYLES

SENTENCE = (
    "as the Court ordered in <em>Tzompaxtle Tecpile</em> and <em>García Rodríguez</em> and <b><i>elsewhere</i></b>."
)
WORDS = {"as", "the", "Court", "ordered", "in", "Tzompaxtle", "Tecpile", "and", "García", "Rodríguez", "elsewhere."}


def lines(folder: Path, body: str, width: float) -> list[str]:
    from weasyprint.formatting_structure import boxes

    document = engine.render(
        f'<html lang="en"><head><title>t</title></head><body>{body}</body></html>',
        [(f"p {{ width: {width}pt; overflow-wrap: anywhere; font: 11pt 'Source Serif 4' }}", STYLES / "x.css")],
        styles=STYLES,
        asset=lambda name: (b"", name),
        scratch=folder,
    )
    return [
        "".join(text.text for text in box.descendants() if isinstance(text, boxes.TextBox))
        for page in document.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.LineBox)
    ]


@pytest.mark.parametrize("around", ["{}", "<span>{}</span>", "<a><span>{}</span></a>"])
def test_no_word_is_torn_that_fits_on_a_line(around: str, tmp_path: Path) -> None:
    for width in range(70, 200, 10):
        found = lines(tmp_path, f"<p>{around.format(SENTENCE)}</p>", width)
        assert len(found) > 2
        assert {word for line in found for word in line.split()} == WORDS


@pytest.mark.parametrize("around", ["{}", "<span>{}</span>", "<a><span>see <em>{}</em></span></a>"])
def test_a_word_longer_than_the_line_still_breaks(around: str, tmp_path: Path) -> None:
    word = "Rechtsschutzversicherungsgesellschaften" * 2
    found = lines(tmp_path, f"<p>{around.format(word)}</p>", 100)
    assert len(found) > 3
    assert "".join(found).removeprefix("see ").replace("see", "").strip() == word
