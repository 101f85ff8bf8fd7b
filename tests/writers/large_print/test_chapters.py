"""Chapters of large print begin a page only where little of the page before stays empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter.writers import large_print, pdf
from exporter.writers.large_print import design as large
from exporter.writers.pdf import design, document
from exporter.writers.pdf.options import Notes
from tests.write_context import write_context
from tests.writers.sample import PARAGRAPH, p, section


@pytest.mark.parametrize(
    ("options", "paper", "always"),
    [
        (pdf.Options(), design.screen(pdf.Options()), True),
        (large_print.Options(), large.design(large_print.Options()), False),
    ],
)
def test_long_chapters_always_begin_a_page_but_in_large_print(
    options: pdf.Options, paper: design.Design, always: bool, tmp_path: Path
) -> None:
    chapter = section("a", "A", *(p(f"{number} ", PARAGRAPH) for number in range(40)))
    publication = m.Publication(m.Metadata(title="T", language="en", kind=m.Kind.REPORT), body=(chapter,))
    markup, _ = document.document(publication, write_context(tmp_path), options, paper, notes=Notes.PAGE)
    assert ('class="chapter long-chapter"' in markup) is always
