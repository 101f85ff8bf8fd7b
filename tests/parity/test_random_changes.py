"""A random change of one node of a random tree is found in every edition that can hold it."""

from __future__ import annotations

import math
import os
import random
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from exporter import formulas
from exporter import model as m
from exporter.model.walk import has_content, rewrite, walk
from exporter.parity import Extraction, Extractor, diff
from exporter.parity.tree_extraction import extract_tree
from exporter.pipeline.registry import discover, load
from tests.parity.compared import extractor_of
from tests.parity.made import drawn, make
from tests.parity.random_changes import random_change
from tests.trees import PUBLICATIONS, examples
from tests.write_context import STYLES

TREES, FEW = 60, 3
"""Trees of an edition in `make proof` and in `make test`: always the same ones, others with EXPORTER_TREES."""
LARGEST = {"pdf": 14}
"""Nodes of a tree: an edition of pages takes long to lay out."""


def _in_chapters(publication: m.Publication) -> m.Publication:
    """Return a publication with its text in a section of a section, so that levels can change."""
    inner = m.Section((m.Text("Inner"),), publication.body[1:])
    return msgspec.structs.replace(publication, body=(m.Section((m.Text("Outer"),), (*publication.body[:1], inner)),))


def _exportable(publication: m.Publication) -> m.Publication:
    """Return a publication with all pictures described and words in all headings: no export lets others through."""

    def complete(node: m.Node) -> m.Node:
        if isinstance(node, m.Image) and isinstance(node.alt, m.Undescribed):
            return msgspec.structs.replace(node, alt=m.Described("Bars"))
        if isinstance(node, m.Section) and not has_content(node.title):
            return msgspec.structs.replace(node, title=(m.Text("Heading"), *node.title))
        return node

    return rewrite(publication, complete)


TREES_WITH_LEVELS = (PUBLICATIONS | PUBLICATIONS | PUBLICATIONS.map(_in_chapters)).map(_exportable)


def _of_tree(tree: m.Publication, edition: str) -> Extraction:
    """Return what an edition can hold of a tree."""
    (description,) = (each.description for each in discover().select([edition]))
    extractor: Extractor = load(description.extractor)
    if extractor.expected is not None:
        return extractor.expected(tree)
    return extract_tree(tree, name_formula=formulas.names(tree, STYLES))


def _targets(tree: m.Publication, extraction: Extraction) -> list[tuple[str, int | None]]:
    """Return the notes and addresses that are referred to, and the items where links within the text lead to."""
    goals = extraction.content.targets if extraction.content is not None else {}
    links = [node.target for node in walk(tree) if isinstance(node, m.Link)]
    notes = [(node.note, None) for node in walk(tree) if isinstance(node, m.NoteReference)]
    return [*notes, *(("", goals[link[1:]]) if link[1:] in goals else (link, None) for link in links)]


def missed(name: str, publication: m.Publication, dice: random.Random) -> str:
    """Return what is wrong with the comparison of an edition with its tree, and with that tree changed."""
    assume(sum(1 for _ in walk((*publication.front, *publication.body))) <= LARGEST.get(name, math.inf))
    with tempfile.TemporaryDirectory() as folder:
        tree = drawn(publication, Path(folder))
        change = random_change(tree, name, dice)
        assume(change)
        assert change
        expected, changed = _of_tree(tree, name), _of_tree(change.tree, name)
        assume(expected != changed)
        # Of nodes that begin in one paragraph, a link to one is a link to the other.
        assume(change.kind != "target" or _targets(tree, expected) != _targets(change.tree, changed))
        path, _ = make(name, tree, Path(folder))
        actual = extractor_of(path, name).extract(path)
        if found := diff(expected, actual, name):
            return f"false alarm: {found[0].message}"
        return "" if diff(changed, actual, name) else f"not found: {change.kind}: {change.node}"


@pytest.mark.parametrize(
    ("name", "trees"),
    [
        *((name, TREES) for name in ("epub", "html", "docx")),
        pytest.param("pdf", TREES // 3, marks=pytest.mark.proof),
        pytest.param("pdf", TREES, marks=(pytest.mark.proof, pytest.mark.soak)),
    ],
)
def test_a_random_change_is_found(name: str, trees: int) -> None:
    @given(TREES_WITH_LEVELS, st.randoms(use_true_random=False))
    @settings(
        max_examples=examples(trees, FEW),
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        deadline=None,
        derandomize="EXPORTER_TREES" not in os.environ,
    )
    def change(publication: m.Publication, dice: random.Random) -> None:
        assert not missed(name, publication, dice)

    change()
