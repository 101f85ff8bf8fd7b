"""Tables in the cells of others are as legible as those around them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter import model as m
from exporter import programs
from tests.parity.compared import compare
from tests.writers.large_print.test_large_print import make as make_large
from tests.writers.pdf.made import make
from tests.writers.sample import cell, p


def tables(depth: int, number: int = 0) -> m.Table:
    """Return a table of three columns with another in a cell, and so on."""
    names = tuple(cell(f"{name} {number}", m.Scope.COLUMN) for name in ("Region", "Complaints", "Authority"))
    inner = m.Cell((p("Of these:"), tables(depth - 1, number + 1))) if depth else cell("twelve")
    rows = (
        m.Row((cell(f"District {number}", m.Scope.ROW), inner, cell("Prosecutor of the province"))),
        m.Row((cell("Capital", m.Scope.ROW), cell("3"), cell("Ombudsman"))),
    )
    return m.Table(tuple(m.Column() for _ in names), (m.Row(names),), (rows,))


def publication(depth: int) -> m.Publication:
    return m.Publication(m.Metadata(title="T", language="en"), body=(tables(depth),))


def test_nothing_of_them_is_outside_of_the_page_in_large_print(tmp_path: Path) -> None:
    nested = publication(3)
    assert compare(nested, {"large-print": make_large(tmp_path, nested)}) == []


@pytest.mark.usefixtures("poppler")
def test_their_type_is_not_smaller(tmp_path: Path) -> None:
    path = str(make(tmp_path, publication(2)).path)
    boxes = programs.run(["pdftotext", "-bbox", path, "-"], seconds=60).stdout.decode()
    heights = [
        round(float(end) - float(top), 1)
        for top, end in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">Ombudsman<', boxes)
    ]
    assert len(heights) == 3
    assert len(set(heights)) == 1
