"""Easy read on pages: large letters, and each picture beside the text that it belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter.inspect.pdf import open_pdf
from exporter.writers.pdf.design import PAPERS, text_size
from exporter.writers.pdf.options import Options, PageSize
from tests.write_context import Pictures
from tests.writers.pdf.made import make
from tests.writers.sample import p, picture, section

EASY = m.Metadata(title="Your rights", kind=m.Kind.EASY_READ, language="en")
START = 58 / 25.4 * 72
"""Points between the edge of the paper and the text."""


@pytest.mark.parametrize(
    ("kind", "chosen", "size"), [(m.Kind.EASY_READ, None, 14), (m.Kind.EASY_READ, 18, 18), (m.Kind.REPORT, None, 11)]
)
def test_letters_are_large_unless_the_settings_say_otherwise(kind: m.Kind, chosen: float | None, size: float) -> None:
    metadata = m.Metadata(kind=kind)
    assert text_size(metadata, Options(text_size=chosen), PAPERS[PageSize.A4]) == size


def test_pictures_are_beside_their_text_and_read_before_it(tmp_path: Path) -> None:
    asset = Pictures(tmp_path / "pictures").add("img/a.png", picture(400, 300), "image/png", 400, 300)
    figure = m.Figure((m.Image("img/a.png", m.Described("A court.")),))
    body = (section("one", "The court", figure, p("You can go."), figure, p("They wait."), figure, p("We help.")),)
    made = make(tmp_path, m.Publication(EASY, body=body, assets=(asset,)))
    with open_pdf(made.path) as file:
        nodes = list(file.structure.root.all("Figure", "P"))[-6:]
        boxes = [node.attributes["BBox"] for node in nodes[::2]]
        tops = [next(file.run(marked).y for marked in node.contents()) for node in nodes[1::2]]
    assert [node.type for node in nodes] == ["Figure", "P"] * 3
    assert all(right < START for _, _, right, _ in boxes)
    # The first line of each text is beside the upper half of its picture.
    assert all((bottom + top) / 2 < y < top for (_, bottom, _, top), y in zip(boxes, tops, strict=True))
