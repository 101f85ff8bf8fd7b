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

from exporter import model as m
from exporter.model.walk import plain_text, rewrite, walk
from exporter.parity import Extraction, Extractor, diff
from exporter.parity.content import letters
from exporter.parity.tree_extraction import extract_tree
from exporter.pipeline.registry import discover, load
from tests.parity.compared import extractor_of
from tests.parity.made import drawn, make
from tests.trees import PUBLICATIONS, examples

TREES = 300
FEW = 3
"""Trees of an edition in `make test`, always the same ones."""
LARGEST = {"pdf": 14}
"""Nodes of a tree: an edition of pages takes long to lay out."""
PLAIN = (m.Emphasis, m.Strong, m.Strikethrough, m.Superscript, m.Subscript, m.Quotation)


def _changed(node: m.Node) -> m.Node | None:
    """Return another node in the place of one, or None for one that is not changed."""
    match node:
        case m.Text(text) | m.Code(text):
            return msgspec.structs.replace(node, text=f"{text}zq")
        case m.Image(alt=m.Described(text)):
            return msgspec.structs.replace(node, alt=m.Described(f"{text}zq"))
        case m.Abbreviation(expansion=expansion):
            return msgspec.structs.replace(node, expansion=f"{expansion}zq")
        case m.Math() | m.MathBlock():
            return msgspec.structs.replace(node, mathml=node.mathml.replace("<mi>x</mi>", "<mi>z</mi>"))
        case m.Link(target=target) if not target.startswith("#"):
            return msgspec.structs.replace(node, target=f"{target}zq")
        case m.Cell(scope=scope):
            return msgspec.structs.replace(node, scope=m.Scope.ROW if scope is not m.Scope.ROW else None)
        case _ if isinstance(node, PLAIN) and letters(plain_text(node)):
            return m.Span(node.children, at=node.at)
        case _:
            return None


def _can_change(node: m.Node, edition: str) -> bool:
    """Return whether a node is changed: what a page shows of emphasis depends on its fonts; it is planted elsewhere."""
    return not (edition == "pdf" and isinstance(node, PLAIN)) and _changed(node) is not None


def _of_tree(tree: m.Publication, edition: str) -> Extraction:
    """Return what an edition can hold of a tree."""
    (description,) = (each.description for each in discover().select([edition]))
    extractor: Extractor = load(description.extractor)
    return (extractor.expected or extract_tree)(tree)


@pytest.mark.parametrize("name", ["epub", "html", "docx", pytest.param("pdf", marks=pytest.mark.proof)])
def test_a_random_change_is_found(name: str) -> None:
    @given(PUBLICATIONS, st.randoms(use_true_random=False))
    @settings(
        max_examples=examples(TREES, FEW),
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        deadline=None,
        derandomize="EXPORTER_PROOF" not in os.environ,
    )
    def change(publication: m.Publication, dice: random.Random) -> None:
        assume(sum(1 for _ in walk((*publication.front, *publication.body))) <= LARGEST.get(name, math.inf))
        with tempfile.TemporaryDirectory() as folder:
            tree = drawn(publication, Path(folder))
            nodes = [node for node in walk((*tree.front, *tree.body)) if _can_change(node, name)]
            assume(nodes)
            chosen = dice.choice(nodes)
            other = rewrite(tree, lambda node: _changed(node) or node if node is chosen else node)
            expected, changed = _of_tree(tree, name), _of_tree(other, name)
            assume(expected != changed)
            path, _ = make(name, tree, Path(folder))
            actual = extractor_of(path, name).extract(path)
            if found := diff(expected, actual, name):
                raise AssertionError(f"false alarm: {found[0].message}")
            if not diff(changed, actual, name):
                raise AssertionError(f"not found: {chosen}")

    change()
