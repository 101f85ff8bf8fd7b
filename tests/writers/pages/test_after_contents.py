"""Text that begins without a heading is seen not to belong to the contents or the imprint before it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter import model as m
from exporter import programs
from exporter.writers.pdf.options import When
from tests.writers.pdf.made import make
from tests.writers.sample import p, section


@pytest.mark.usefixtures("poppler")
def test_text_without_a_heading_is_below_a_space_after_the_contents(tmp_path: Path) -> None:
    chapters = (section(name, name.title(), p("Words.")) for name in ("first", "second", "third"))
    publication = m.Publication(m.Metadata(title="T", language="en"), body=(p("Foreword"), *chapters))
    made = make(tmp_path, publication, contents=When.ALWAYS, cover=When.ALWAYS)
    boxes = programs.run(["pdftotext", "-bbox", str(made.path), "-"], seconds=60).stdout.decode()
    found = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(Third|Foreword)<', boxes)
    (_, end, _), (top, _, _), *_ = found
    assert float(top) - float(end) > 45


@pytest.mark.usefixtures("poppler")
def test_text_without_a_heading_is_below_a_space_after_the_imprint(tmp_path: Path) -> None:
    publication = m.Publication(m.Metadata(title="T", language="en", rights="Mine"), body=(p("Words"),))
    made = make(tmp_path, publication, contents=When.NEVER, cover=When.ALWAYS)
    boxes = programs.run(["pdftotext", "-bbox", str(made.path), "-"], seconds=60).stdout.decode()
    found = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(Mine|Words)<', boxes)
    (_, end, _), (top, _, _) = found
    assert float(top) - float(end) > 45
