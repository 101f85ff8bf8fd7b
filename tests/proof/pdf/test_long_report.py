"""A report of about 150 pages: nothing is lost over so many pages."""

from __future__ import annotations

from collections import Counter

import pytest

from exporter.inspect.pdf import open_pdf
from tests.proof.benchmark import COUNTS
from tests.proof.built_editions import BENCHMARK, BuiltEditions

EDITIONS = {"pdf": ".pdf", "large-print": "-large-print.pdf"}


@pytest.mark.parametrize("standard", ["ua-1", pytest.param("ua-2", marks=pytest.mark.soak)])
@pytest.mark.parametrize("edition", EDITIONS)
def test_everything_that_was_written_is_counted(built: BuiltEditions, edition: str, standard: str) -> None:
    folder = built.silent(BENCHMARK) if standard == "ua-1" else built.pdf_2(BENCHMARK)
    with open_pdf(folder / f"{BENCHMARK}{EDITIONS[edition]}") as file:
        nodes = list(file.structure.root.all())
        decorative = sum(artifact.pictures for content in file.contents() for artifact in content.artifacts)
    types = Counter(node.written for node in nodes)
    assert types["Table"] == COUNTS.tables
    assert types["TR"] == COUNTS.rows
    assert sum(node.attributes.get("Scope") == "Column" for node in nodes if node.type == "TH") == COUNTS.columns
    assert types["Note"] + types["FENote"] == COUNTS.notes
    assert sum(node.lang is not None and node.type == "Span" for node in nodes) == COUNTS.passages
    assert sum(bool(node.alt) for node in nodes if node.type == "Figure") == types["Figure"] == COUNTS.described
    assert decorative == COUNTS.decorative
    assert sum(types[f"H{level}"] for level in range(1, 7)) == COUNTS.headings
    assert types["Formula"] == COUNTS.formulas
