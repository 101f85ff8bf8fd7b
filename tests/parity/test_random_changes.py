"""A random change of one node of a random tree is found in every edition that can hold it."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from exporter import model as m
from exporter.model.walk import plain_text, rewrite, walk
from exporter.parity import diff
from exporter.parity.content import letters
from exporter.parity.tree_extraction import extract_tree
from tests.parity.compared import extractor_of
from tests.parity.made import drawn, make
from tests.trees import PUBLICATIONS, examples

TREES = {"epub": 300, "html": 300}
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


@pytest.mark.proof
@pytest.mark.parametrize("name", TREES)
def test_a_random_change_is_found(name: str) -> None:
    @given(PUBLICATIONS, st.randoms(use_true_random=False))
    @settings(
        max_examples=examples(TREES[name]),
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        deadline=None,
    )
    def change(publication: m.Publication, dice: random.Random) -> None:
        with tempfile.TemporaryDirectory() as folder:
            tree = drawn(publication, Path(folder))
            nodes = [node for node in walk((*tree.front, *tree.body)) if _changed(node) is not None]
            assume(nodes)
            chosen = dice.choice(nodes)
            other = rewrite(tree, lambda node: _changed(node) or node if node is chosen else node)
            expected, changed = extract_tree(tree), extract_tree(other)
            assume(expected != changed)
            path, _ = make(name, tree, Path(folder))
            actual = extractor_of(path, name).extract(path)
            assert diff(expected, actual, name) == []
            if not diff(changed, actual, name):
                raise AssertionError(f"not found: {chosen}")

    change()
