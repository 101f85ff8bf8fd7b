"""Where something stands in a Word file, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import name
from exporter.model.walk import images
from exporter.readers import docx
from tests.readers.docx.files import p, package, picture, row, table
from tests.write_context import STYLES

PICTURE = p(picture(""))
FACTS = p("Facts", "Heading1")


@pytest.mark.parametrize(
    "body",
    [
        PICTURE + FACTS,
        p("One") + PICTURE,
        p("One") + FACTS + PICTURE,
        FACTS + p("One") + p("") + PICTURE,
        FACTS + p("One") + p("", "Heading2") + PICTURE,
        FACTS + table(row("a", "b")) + p("One") + PICTURE,
        FACTS + p("One") + FACTS.replace("Facts", "More") + PICTURE,
    ],
)
def test_a_picture_is_under_one_heading_for_the_reader_and_for_the_check(body: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package(body))
    (image,) = images(docx.read(path.read_bytes(), path.name, styles=STYLES).publication)
    assert image.at.source is not None
    word = DocxFile(path)
    drawing = next(word.document.iter(name("drawing")))
    under = [place.partition("”, ")[0] for place in (word.location(drawing), image.at.source.place) if "under" in place]
    assert len(under) == (2 if "Facts" in body.partition("<w:drawing>")[0] else 0)
    assert len(set(under)) < 2


def test_a_cell_is_told_by_its_table_and_an_empty_heading_by_what_stands_above_it(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package(FACTS + table(row("a", "b")) + p("x") + table(row("Year", "c")) + p("", "Heading2")))
    word = DocxFile(path)
    places = [word.location(each) for each in word.document.iter(name("p"))]
    assert places[0] == "heading “Facts”"
    assert places[1] == "under “Facts”, table 1: “a”"
    assert places[4] == "under “Facts”, table 2: “Year”"
    assert places[6] == "under “Facts”, an empty heading after paragraph 1"
