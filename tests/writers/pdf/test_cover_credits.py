"""Names on the cover: a publisher that is its own author is named once, and nobody else is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter import model as m
from exporter.writers.pdf.design import screen
from exporter.writers.pdf.document import document
from exporter.writers.pdf.options import Notes, PageOptions, When
from tests.write_context import write_context


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("Open Record", ["Open Record"]),
        ("Open Record Organisation", ["By Open Record Organisation", "Open Record"]),
        ("Open Record, Ana Soto", ["By Open Record and Ana Soto", "Open Record"]),
        ("Open Record, Ben Open Record (trl)", ["Translated by Ben Open Record", "Open Record"]),
        ("Open Record (trl)", ["Open Record"]),
        ("Open Recording, Open Record (trl)", ["By Open Recording", "Translated by Open Record", "Open Record"]),
    ],
)
def test_names_on_the_cover(authors: str, names: list[str], tmp_path: Path) -> None:
    people = tuple(
        m.Contributor(name.removesuffix(" (trl)"), "trl" if name.endswith(" (trl)") else m.AUTHOR)
        for name in authors.split(", ")
    )
    about = m.Metadata(title="T", language="en", authors=people, publisher="Open Record")
    options = PageOptions(cover=When.ALWAYS)
    text, _ = document(m.Publication(about), write_context(tmp_path, "en"), options, screen(options), notes=Notes.PAGE)
    foot = text.partition('class="cover-foot"')[2].partition("</div>")[0]
    assert re.findall(r"<p[^>]*>(.*)</p>", foot) == names
