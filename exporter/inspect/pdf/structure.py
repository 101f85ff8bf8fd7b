"""The structure tree of any PDF as plain records (ISO 32000-2, 14.7).

Elements that go round in circles, occur twice, nest without end or are no elements at all are `Fault`s; the
tree that is given is always finite and never deeper than `MAX_DEPTH`, so that it can be walked by recursion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from exporter.inspect.pdf import types, values

MAX_DEPTH = 150
MAX_NODES = 2_000_000


class Marked(NamedTuple):
    """Marked content of a page."""

    page: int | None
    """Index of the page, from 0; None when it is no page of the file."""
    stream: tuple[int, int]
    mcid: int


class ObjectReference(NamedTuple):
    """An annotation, or another object, as part of the structure."""

    page: int | None
    number: tuple[int, int]


class Fault(NamedTuple):
    """Something in the tree that is not as it must be."""

    kind: str
    """One of: circle, depth, size, nothing, twice, role, page."""
    message: str
    path: str
    page: int | None = None


@dataclass(slots=True, eq=False)
class Node:
    """A structure element."""

    type: str
    """Standard type, through the role maps; the last name of the chain when it leads to none."""
    written: str
    """The type as it is written."""
    parent: Node | None
    namespace: str = ""
    number: tuple[int, int] = (0, 0)
    kids: list[Node | Marked | ObjectReference] = field(default_factory=list)
    alt: str | None = None
    actual: str | None = None
    lang: str | None = None
    expansion: str | None = None
    entries: frozenset[str] = frozenset()
    """Names of all its entries."""
    id: str | None = None
    associated: frozenset[str] = frozenset()
    """Media types of the files that are associated with it (ISO 32000-2, 14.13.6)."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """All attributes of all owners; the names are told apart by the standards themselves."""
    refs: tuple[tuple[int, int], ...] = ()
    """Object numbers of the elements that it refers to (Ref)."""

    @property
    def nodes(self) -> list[Node]:
        """The elements among its kids."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def all(self, *names: str) -> Iterator[Node]:
        """Yield every element of these types under it, itself included, in order; without names, all."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if not names or node.type in names:
                yield node
            waiting += node.nodes[::-1]

    def contents(self) -> Iterator[Marked]:
        """Yield all marked content under it, in order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.contents()
            elif isinstance(kid, Marked):
                yield kid

    def references(self) -> Iterator[ObjectReference]:
        """Yield all annotations under it, in order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.references()
            elif isinstance(kid, ObjectReference):
                yield kid

    def within(self, *names: str) -> bool:
        """Return whether an element of these types stands around it."""
        above = self.parent
        while above is not None:
            if above.type in names:
                return True
            above = above.parent
        return False

    @property
    def language(self) -> str | None:
        """The language that holds here: its own or that of the nearest element around it; None: that of the file."""
        node: Node | None = self
        while node is not None:
            if node.lang is not None:
                return node.lang
            node = node.parent
        return None

    @property
    def page(self) -> int | None:
        """Index of the page on which it begins, from 0."""
        page = next((content.page for content in self.contents() if content.page is not None), None)
        return page if page is not None else next((content.page for content in self.references()), None)

    @property
    def path(self) -> str:
        """Its place in the tree, such as Document/Sect[2]/P[14]; numbers count the kids of one type."""
        steps: list[str] = []
        node: Node | None = self
        while node is not None and node.parent is not None:
            like = [kid for kid in node.parent.nodes if kid.written == node.written]
            position = next((index for index, kid in enumerate(like, 1) if kid is node), 0)
            steps.append(f"{node.written}[{position}]" if len(like) > 1 else node.written)
            node = node.parent
        return "/".join(reversed(steps))


class Structure(NamedTuple):
    """The tree of a file."""

    root: Node
    """Stands for the root of the tree; its kids are the elements at the top."""
    faults: tuple[Fault, ...]
    by_number: Mapping[tuple[int, int], Node]


def read(root: Any, pages: Mapping[tuple[int, int], int]) -> Structure:
    """Read a structure tree.

    Args:
        root: The object under StructTreeRoot of the catalog.
        pages: Indexes of the pages, by object number.
    """
    return _Reader(root, pages).read()


class _Reader:
    def __init__(self, root: Any, pages: Mapping[tuple[int, int], int]) -> None:
        self.root = root
        self.pages = pages
        self.roles = types.Roles(root)
        self.faults: list[Fault] = []
        self.by_number: dict[tuple[int, int], Node] = {}
        classes = values.get(root, "/ClassMap")
        self.classes = dict(classes.items()) if values.is_dictionary(classes) else {}
        self.count = 0

    def read(self) -> Structure:
        top = Node("StructTreeRoot", "StructTreeRoot", None)
        for name in self.roles.circles():
            self.faults.append(Fault("role", f"The role map leads “{name}” round in circles.", ""))
        for name, to in self.roles.map.items():
            if name in types.STANDARD_1_7 and name != to:
                self.faults.append(Fault("role", f"The role map turns the standard type {name} into {to}.", ""))
        # Depth first and in order: the kids of an element are read before those of its next sibling.
        stack: list[tuple[Any, Node, Any, int]] = [(self.root, top, None, 0)]
        while stack:
            thing, node, page, depth = stack.pop()
            below: list[tuple[Any, Node, Any, int]] = []
            for kid in values.items(values.get(thing, "/K")):
                child = self._kid(kid, node, page, depth)
                if child is not None:
                    below.append((kid, child, values.get(kid, "/Pg") or page, depth + 1))
            stack.extend(reversed(below))
        return Structure(top, tuple(self.faults), self.by_number)

    def _kid(self, kid: Any, node: Node, page: Any, depth: int) -> Node | None:
        """Add a kid to its element, and return the new element if it is one."""
        self.count += 1
        if self.count > MAX_NODES:
            if self.count == MAX_NODES + 1:
                self._fault("size", f"The tree has more than {MAX_NODES:,} parts; the rest was not read.", node)
            return None
        number = values.integer(kid)
        if number is not None:
            node.kids.append(self._marked(page, None, number))
        elif values.get(kid, "/S") is not None or values.name(values.get(kid, "/Type")) == "StructElem":
            return self._element(kid, node, depth)
        elif values.get(kid, "/MCID") is not None:
            mcid = values.integer(kid.get("/MCID"))
            if mcid is None:
                self._fault("nothing", "A marked content has no number.", node)
            else:
                node.kids.append(self._marked(values.get(kid, "/Pg") or page, values.get(kid, "/Stm"), mcid))
        elif values.get(kid, "/Obj") is not None:
            target, home = kid.get("/Obj"), values.get(kid, "/Pg") or page
            node.kids.append(ObjectReference(self._page(home), getattr(target, "objgen", (0, 0))))
        else:
            self._fault("nothing", "An entry is neither an element nor content.", node)
        return None

    def _element(self, kid: Any, node: Node, depth: int) -> Node | None:
        number: tuple[int, int] = kid.objgen
        if number != (0, 0) and number in self.by_number:
            above: Node | None = node
            while above is not None and above.number != number:
                above = above.parent
            circle = above is not None
            problem = "contains itself" if circle else "occurs twice"
            self._fault("circle" if circle else "twice", f"The element of object {number[0]} {problem}.", node)
            return None
        if depth >= MAX_DEPTH:
            self._fault("depth", f"The tree is more than {MAX_DEPTH} elements deep; the rest was not read.", node)
            return None
        written = values.name(kid.get("/S"))
        standard, namespace = self.roles.resolve(written, kid.get("/NS"))
        created = Node(standard or "NonStruct", written, node, namespace, number)
        created.alt = values.text(kid.get("/Alt"))
        created.actual = values.text(kid.get("/ActualText"))
        created.lang = values.text(kid.get("/Lang"))
        created.expansion = values.text(kid.get("/E"))
        created.entries = frozenset(kid.keys())
        created.id = values.text(kid.get("/ID"))
        created.associated = frozenset(_media_types(kid))
        created.attributes = self._attributes(kid)
        created.refs = tuple(item.objgen for item in values.items(kid.get("/Ref")) if values.is_dictionary(item))
        node.kids.append(created)
        if number != (0, 0):
            self.by_number[number] = created
        if not written:
            self._fault("nothing", "An element has no type.", created)
        elif not types.is_standard(standard, "") and not types.is_standard(standard, types.PDF_2) and not namespace:
            self._fault("role", f"The type “{written}” is mapped to no standard type.", created)
        return created

    def _attributes(self, kid: Any) -> dict[str, Any]:
        attributes: dict[str, Any] = {}
        classes = [self.classes.get(str(name)) for name in values.items(kid.get("/C"))]
        for entry in (*values.items(kid.get("/A")), *chain.from_iterable(map(values.items, classes))):
            if values.is_dictionary(entry):
                for key, value in entry.items():
                    attributes.setdefault(key[1:], values.plain(value))
        return attributes

    def _marked(self, page: Any, stream: Any, mcid: int) -> Marked:
        home = stream if stream is not None else page
        return Marked(self._page(page), getattr(home, "objgen", (0, 0)), mcid)

    def _page(self, page: Any) -> int | None:
        return self.pages.get(getattr(page, "objgen", (0, 0)))

    def _fault(self, kind: str, message: str, node: Node) -> None:
        self.faults.append(Fault(kind, message, node.path, node.page))


def _media_types(element: Any) -> Iterator[str]:
    for file in values.items(values.get(element, "/AF")):
        yield values.name(values.get(values.get(values.get(file, "/EF"), "/F"), "/Subtype"))
