"""Top-down traversal of the tree in reading order, with inherited state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from exporter.model import Aside, Node, Publication, Table

S = TypeVar("S")
Visit = Callable[[Node, S], tuple[Node, S]]

# The same order as in exporter.model.walk, so that numbers follow the reading order.
_READING_ORDER: dict[type, tuple[str, ...]] = {
    Table: ("caption", "head", "bodies", "foot", "description"),
    Aside: ("title", "children"),
}


def descend(publication: Publication, visit: Visit[S], state: S) -> Publication:
    """Return the publication with `visit` applied to every node, parents first, in reading order.

    Args:
        publication: The tree.
        visit: Function of a node and the state from its parent that returns the node, with the same children, and the
            state for its children.
        state: State for the outermost nodes.
    """
    changed: dict[str, Any] = {
        name: _tuple(getattr(publication, name), visit, state) for name in ("front", "body", "notes")
    }
    return msgspec.structs.replace(publication, **changed)


def _node(node: Node, visit: Visit[S], state: S) -> Node:
    node, state = visit(node, state)
    changed: dict[str, Any] = {}
    for name in _READING_ORDER.get(type(node)) or node.__struct_fields__:
        old = getattr(node, name)
        if isinstance(old, tuple) and old:
            new = _tuple(old, visit, state)
            if new is not old:
                changed[name] = new
    return msgspec.structs.replace(node, **changed) if changed else node


def _tuple(values: tuple[Any, ...], visit: Visit[S], state: S) -> tuple[Any, ...]:
    out: list[Any] = []
    for value in values:
        if isinstance(value, Node):
            out.append(_node(value, visit, state))
        elif isinstance(value, tuple):
            out.append(_tuple(value, visit, state))
        else:
            out.append(value)
    is_same = all(new is old for new, old in zip(out, values, strict=True))
    return values if is_same else tuple(out)
