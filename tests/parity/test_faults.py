"""Faults of what readers meet are found in every edition that can have them, and nothing in the good ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from exporter import model as m
from tests.parity.compared import compare
from tests.parity.faults import manuscript
from tests.parity.faults.planted import ALL, Planted
from tests.shared_builds import build_once

Good = tuple[m.Publication, Mapping[str, Path], Mapping[str, bytes]]


@pytest.fixture(scope="module")
def good(shared: Path) -> Good:
    """The manuscript and its text editions, written once for all processes of this run."""
    return build_once(shared / "faults", manuscript.write)


def test_nothing_is_found_in_good_editions(good: Good) -> None:
    tree, paths, sounds = good
    assert [str(finding) for finding in compare(tree, paths, sounds=sounds)] == []


@pytest.mark.parametrize("planted", ALL)
def test_a_fault_is_found(planted: Planted, good: Good, tmp_path: Path) -> None:
    tree, paths, sounds = good
    bad = planted.plant(paths[planted.edition], tmp_path)
    others = {"pdf": paths["pdf"]} if planted.rule == "pages" and planted.edition != "pdf" else {}
    found = {finding.rule for finding in compare(tree, {**others, planted.edition: bad}, sounds=sounds)}
    assert f"parity-{planted.rule}" in found
