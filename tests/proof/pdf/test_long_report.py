"""A report of about 150 pages: told node by node as the tree is, with nothing lost over so many pages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from exporter.inspect.pdf import open_pdf
from exporter.validate import pdf
from exporter.validate.external import verapdf
from exporter.validate.external.claimed_standards import Profile
from tests.parity.compared import compare
from tests.proof.benchmark import COUNTS
from tests.proof.built_editions import BENCHMARK, BuiltEditions

STANDARDS = {
    "ua-1": {Profile.UA_1, Profile.A_2A},
    "ua-2": {Profile.UA_2, Profile.A_4, Profile.WTPDF_ACCESSIBILITY, Profile.WTPDF_REUSE},
}
EDITIONS = {"pdf": ".pdf", "large-print": "-large-print.pdf"}

pytestmark = [
    pytest.mark.parametrize("standard", STANDARDS),
    pytest.mark.parametrize("edition", EDITIONS),
]


def made(built: BuiltEditions, slug: str, edition: str, standard: str) -> Path:
    folder = built.silent(slug) if standard == "ua-1" else built.pdf_2(slug)
    return folder / f"{slug}{EDITIONS[edition]}"


def test_everything_that_was_written_is_counted(built: BuiltEditions, edition: str, standard: str) -> None:
    with open_pdf(made(built, BENCHMARK, edition, standard)) as file:
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


def test_every_publication_is_told_as_its_tree_and_nothing_is_found_in_it(
    built: BuiltEditions, slug: str, edition: str, standard: str
) -> None:
    path = made(built, slug, edition, standard)
    assert compare(built.tree(slug), {edition: path}) == []
    assert pdf.check(path) == []


def test_no_rule_of_any_standard_is_broken(
    built: BuiltEditions, slug: str, edition: str, standard: str, java: str
) -> None:
    path = made(built, slug, edition, standard)
    profiles = STANDARDS[standard]
    with open_pdf(path) as file:
        if "pdfaid:conformance" in file.xmp and standard == "ua-2":
            profiles = profiles - {Profile.A_4} | {Profile.A_4F}  # it holds the MathML of its formulas as files
    findings = verapdf.check({path: profiles}, java_address=java)
    assert [finding.message for finding in findings[path]] == []
