"""Every edition of pages comes on every paper."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from exporter import model as m
from exporter.config import styles_folder
from exporter.pipeline.registry import discover
from exporter.service.run_settings import read_run_settings
from exporter.writers.pdf.options import PageSize
from tests.write_context import write_context
from tests.writers import sample

EDITIONS = ("pdf", "large-print", "print")
MILLIMETRES = {PageSize.A4: (210, 297), PageSize.LETTER: (215.9, 279.4), PageSize.A5: (148, 210)}


@pytest.mark.parametrize("size", PageSize)
@pytest.mark.parametrize("name", EDITIONS)
def test_pages_have_the_size_that_was_asked_for(name: str, size: PageSize, tmp_path: Path) -> None:
    (edition,) = discover().select([name])
    publication = m.Publication(
        m.Metadata(title="Short", language="en"),
        body=(sample.section("a", "Heading", sample.p("Words."), sample.table()),),
    )
    target = tmp_path / "made.pdf"
    edition.writer.write(publication, write_context(tmp_path), edition.writer.Options(page_size=size), target)
    with pikepdf.open(target) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(value) for value in page.trimbox)
            found = ((right - left) / 72 * 25.4, (top - bottom) / 72 * 25.4)
            assert found == pytest.approx(MILLIMETRES[size], abs=0.05)


@pytest.mark.parametrize("size", PageSize)
def test_the_command_line_sets_the_paper_of_those_that_have_it(size: PageSize) -> None:
    settings = read_run_settings([], {"page_size": size.value}, {}, discover(), styles_folder())
    assert settings.errors == ()
    assert set(settings.command_line.tables) == {*EDITIONS, "docx", "side-by-side-pdf", "side-by-side-print"}
