"""Every defect that is planted in a good PDF is found by a check of ours; in the good PDF nothing is found."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from exporter.validate import pdf
from tests.parity.compared import compare
from tests.sampling import sampled
from tests.validate.pdf.defects import DEFECTS, Defect
from tests.validate.pdf.planting import Book, attribute, kids
from tests.writers.pdf.made import Made


@pytest.fixture(scope="session")
def good(everything: Made) -> Made:
    return everything


def found(made: Made, path: Path) -> set[str]:
    """Return the rules that find something: without the manuscript, and against it."""
    return {finding.rule for finding in (*pdf.check(path), *compare(made.publication, {"pdf": path}))}


def test_nothing_is_found_in_the_good_file_and_saving_it_anew_changes_nothing(good: Made, tmp_path: Path) -> None:
    assert found(good, good.path) == set()
    with pikepdf.open(good.path) as file:
        file.save(tmp_path / "again.pdf")
    assert found(good, tmp_path / "again.pdf") == set()


@pytest.mark.parametrize("planted", sampled(DEFECTS), ids=lambda planted: planted.name)
def test_a_planted_defect_is_found(planted: Defect, good: Made, tmp_path: Path) -> None:
    path = tmp_path / "spoilt.pdf"
    with pikepdf.open(good.path) as file:
        planted.plant(Book(file))
        file.save(path)
    rules = {finding.rule for finding in pdf.check(path)}
    if not planted.found_by or not rules >= set(planted.found_by):
        rules = found(good, path)
    assert rules >= set(planted.found_by)
    if not planted.found_by:
        assert rules == set(), "then it is no longer a matter for people alone"


def test_a_file_that_keeps_reading_software_out_is_named(good: Made, tmp_path: Path) -> None:
    # Later revisions always let reading software in.
    permissions = pikepdf.Permissions(accessibility=False)
    locked = pikepdf.Encryption(owner="o", R=3, allow=permissions, aes=False, metadata=False)
    with pikepdf.open(good.path) as file:
        file.save(tmp_path / "locked.pdf", encryption=locked)
    assert "pdf-locked" in {finding.rule for finding in pdf.check(tmp_path / "locked.pdf")}


@pytest.mark.parametrize("bullet", ["•", "o"])
def test_bullets_need_no_numbering(good: Made, tmp_path: Path, bullet: str) -> None:
    with pikepdf.open(good.path) as file:
        for node in Book(file).elements("L"):
            numbering = attribute(node, "ListNumbering")
            if numbering is not None and numbering.ListNumbering == "/Disc":
                del numbering["/ListNumbering"]
                for item in kids(node):
                    kids(item)[0].ActualText = pikepdf.String(bullet)
        file.save(tmp_path / "bullets.pdf")
    assert {finding.rule for finding in pdf.check(tmp_path / "bullets.pdf")} == set()


def test_nearly_all_are_found_and_most_without_the_manuscript() -> None:
    by_us = [planted for planted in DEFECTS if planted.found_by]
    alone = [planted for planted in by_us if any(rule.startswith("pdf-") for rule in planted.found_by)]
    assert len({planted.name for planted in DEFECTS}) == len(DEFECTS) >= 60
    assert len(by_us) >= len(DEFECTS) - 1
    assert len(alone) >= 40
