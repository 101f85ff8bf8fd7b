"""Traversal of the tree: nodes in reading order, headings, images and text; rewriting from the leaves up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast, get_args, get_origin, get_type_hints

import msgspec

from exporter.model.alt import Described
from exporter.model.block import Section
from exporter.model.inline import Abbreviation, Code, Image, LineBreak, Math, NoteReference, Text
from exporter.model.linear_formula import linear_formula
from exporter.model.node import Node
from exporter.model.publication import Note, Publication

T = TypeVar("T", bound=Node | Publication)
Kind = type[Node] | type[Publication]


class Heading(NamedTuple):
    """A heading with its level and text."""

    level: int
    """Depth of its section, from 1."""
    text: str
    section: Section


class _Field(NamedTuple):
    """A field of a node that contains nodes."""

    name: str
    is_nested: bool
    """Whether the nodes are in nested tuples, as the rows of a table's bodies are."""


@cache
def _fields(kind: Kind) -> tuple[_Field, ...]:
    """Return the fields of a type of node that contain nodes, in the order of their definition."""
    hints = get_type_hints(kind)
    return tuple(
        _Field(name, any(get_origin(inner) is tuple for inner in get_args(hints[name])))
        for name in kind.__struct_fields__
        if get_origin(hints[name]) is tuple and _holds_nodes(hints[name])
    )


def _holds_nodes(hint: Any) -> bool:
    if isinstance(hint, type):
        return issubclass(hint, Node)
    return any(_holds_nodes(inner) for inner in get_args(hint) if inner is not ...)


@cache
def _in_reading_order(kind: Kind) -> tuple[_Field, ...]:
    names = _READING_ORDER.get(kind.__name__)
    fields = _fields(kind)
    return tuple(sorted(fields, key=lambda field: names.index(field.name))) if names else fields


def children(node: Node | Publication) -> Iterator[Node]:
    """Return the children of a node in reading order (of a table: caption, head, bodies, foot, description)."""
    return iter(_children(node))


def _children(node: Node | Publication) -> Sequence[Node]:
    # This is called for every node, often many times: a single field, the common case, is not copied.
    fields = _in_reading_order(type(node))
    if not fields:
        return ()
    if len(fields) == 1 and not fields[0].is_nested:
        return cast(tuple[Node, ...], getattr(node, fields[0].name))
    nodes: list[Node] = []
    for name, is_nested in fields:
        nodes.extend(_flatten(getattr(node, name)) if is_nested else getattr(node, name))
    return nodes


_READING_ORDER = {
    "Publication": ("front", "body", "notes"),
    "Table": ("caption", "head", "bodies", "foot", "description"),
    "Aside": ("title", "children"),
}
"""Fields in reading order by type, where it differs from the order of their definition."""


def _flatten(values: tuple[Any, ...]) -> Iterator[Node]:
    for value in values:
        if isinstance(value, Node):
            yield value
        else:
            yield from _flatten(value)


def walk(root: Node | Publication | Iterable[Node]) -> Iterator[Node]:
    """Yield every node under `root`, and `root` itself if it is a node, parents first, in reading order."""
    if isinstance(root, Node):
        stack = [root]
    elif isinstance(root, Publication):
        stack = list(_children(root))[::-1]
    else:
        stack = list(root)[::-1]
    while stack:
        node = stack.pop()
        yield node
        node_children = _children(node)
        if node_children:
            stack.extend(node_children[::-1])


def headings(publication: Publication) -> Iterator[Heading]:
    """Yield the headings of front and body in reading order, including those inside quotes and asides.

    The title of the publication is metadata, not a heading.
    """

    def within(nodes: Iterable[Node], depth: int) -> Iterator[Heading]:
        for node in nodes:
            if isinstance(node, Section):
                yield Heading(depth + 1, plain_text(node.title), node)
                yield from within(node.children, depth + 1)
            else:
                yield from within(children(node), depth)

    yield from within(publication.front, 0)
    yield from within(publication.body, 0)


def images(root: Node | Publication | Iterable[Node]) -> Iterator[Image]:
    """Return every image under `root` in reading order, without the cover, which is metadata."""
    return (node for node in walk(root) if isinstance(node, Image))


def has_content(inlines: Iterable[Node]) -> bool:
    """Return whether a heading or a caption has text, a formula or an image with alt text."""
    nodes = tuple(inlines)
    return bool(plain_text(nodes).strip()) or any(
        isinstance(node, Math) or (isinstance(node, Image) and isinstance(node.alt, Described)) for node in walk(nodes)
    )


def identifiers(publication: Publication) -> set[str]:
    """Return the IDs of the nodes that editions contain: no reference to a note that does not exist is among them."""
    notes = {note.id for note in publication.notes}
    return {
        node.at.id
        for node in walk(publication)
        if node.at.id and not (isinstance(node, NoteReference) and node.note not in notes)
    }


def referenced_notes(publication: Publication) -> list[Note]:
    """Return the notes that the text refers to, then those that only these notes refer to, in reading order."""
    remaining = {note.id: note for note in reversed(publication.notes)}  # of two with one ID, the first
    referenced: list[Note] = []

    def collect(nodes: Iterable[Node]) -> None:
        for node in walk(nodes):
            if isinstance(node, NoteReference) and node.note in remaining:
                referenced.append(remaining.pop(node.note))

    collect((*publication.front, *publication.body))
    for note in referenced:  # grows while notes refer to other notes
        collect(note.children)
    return referenced


def count_references(root: Publication | Iterable[Node]) -> Counter[str]:
    """Return the number of references to each note."""
    return Counter(node.note for node in walk(root) if isinstance(node, NoteReference))


def plain_text(root: Node | Iterable[Node]) -> str:
    """Return the text under `root` as one line, without note references and images, formulas on one line.

    Blocks are separated by a space, and runs of white space are collapsed into a space.
    """
    parts: list[str] = []
    for node in (root,) if isinstance(root, Node) else root:
        _collect(node, parts)
    return " ".join("".join(parts).split())


def _collect(node: Node, parts: list[str]) -> None:
    match node:
        case Text(text) | Code(text) | Abbreviation(text):
            parts.append(text)
        case LineBreak():
            parts.append(" ")
        case Math():
            parts.append(linear_formula(node.mathml))
        case _:
            gap = [] if _is_inline(node) else [" "]
            parts += gap
            for child in _children(node):
                _collect(child, parts)
            parts += gap


def _is_inline(node: Node) -> bool:
    return type(node).__module__ == "exporter.model.inline"


def rewrite(root: T, change: Callable[[Node], Node | tuple[Node, ...]]) -> T:
    """Return `root` with `change` applied to every node under it, leaves first.

    `change` returns the node itself, another one that is valid in its place, or a tuple of such nodes. Unchanged
    subtrees are shared with the old tree. If `root` is a node, it is changed too, and replaced by a single node.
    """
    if isinstance(root, Publication):
        return _rewrite_fields(root, change)
    changed: Any = change(_rewrite_fields(root, change))
    return cast(T, changed)


def _rewrite_fields(node: T, change: Callable[[Node], Any]) -> T:
    changed: dict[str, Any] = {}
    for name, _ in _fields(cast(Kind, type(node))):
        old = getattr(node, name)
        if old:
            new = _rewrite_tuple(old, change)
            if new is not old:
                changed[name] = new
    return msgspec.structs.replace(node, **changed) if changed else node


def _rewrite_tuple(values: tuple[Any, ...], change: Callable[[Node], Any]) -> tuple[Any, ...]:
    out: list[Any] = []
    is_same = True
    for value in values:
        if isinstance(value, Node):
            new = change(_rewrite_fields(value, change))
            out.extend(new) if isinstance(new, tuple) else out.append(new)
        elif isinstance(value, tuple):
            new = _rewrite_tuple(value, change)
            out.append(new)
        else:
            new = value
            out.append(value)
        is_same = is_same and new is value
    return values if is_same else tuple(out)
