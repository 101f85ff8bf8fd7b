"""Elements as the reader works with them, whoever parsed the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLANK = re.compile(r"[ \t\n\r\f\u00a0\u200b\ufeff]*")
_SPACE = re.compile(r"[ \t\n\r\f]+")

BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre search section summary table caption thead
    tbody tfoot tr td th ul""".split()  # noqa: SIM905 - a list of fifty quoted words reads worse
)
"""Elements that stand on lines of their own."""


class Element:
    """An element: what it is called, what it says of itself, and what stands inside it."""

    __slots__ = ("_cursor", "attributes", "children", "holds_blocks", "line", "parent", "tag")

    def __init__(
        self, tag: str, attributes: dict[str, str] | None = None, line: int = 0, children: list[Node] | None = None
    ) -> None:
        self.tag = tag
        """In lower case."""
        self.attributes = attributes if attributes is not None else {}
        """Names in lower case."""
        self.line = line
        """From 1; 0 for elements that are implied."""
        self.parent: Element | None = None
        self.children: list[Node] = []
        self._cursor = 0
        self.holds_blocks = False
        """Whether a block stands somewhere inside it."""
        for child in children or ():
            self.append(child)

    def get(self, name: str) -> str:
        """Return the value of an attribute without white space at its ends; empty when there is none."""
        return self.attributes.get(name, "").strip()

    @property
    def classes(self) -> list[str]:
        """Names in `class`, in lower case."""
        return self.attributes.get("class", "").lower().split()

    @property
    def roles(self) -> list[str]:
        """Names in `role` and `epub:type`, in lower case."""
        return f"{self.attributes.get('role', '')} {self.attributes.get('epub:type', '')}".lower().split()

    @property
    def is_block(self) -> bool:
        """Whether it stands on lines of its own, or holds what does."""
        return self.tag in BLOCKS or self.holds_blocks

    def append(self, child: Node) -> None:
        """Add a child at the end."""
        self.children.append(child)
        if isinstance(child, Element):
            child.parent = self
            self.holds_blocks = self.holds_blocks or child.is_block

    def replace(self, children: list[Node]) -> None:
        """Put other children in place of those that are there."""
        self.children = []
        self.holds_blocks = False
        for child in children:
            self.append(child)

    def swap(self, *nodes: Node) -> None:
        """Put nodes in place of the element itself; none takes it away."""
        parent = self.parent
        if parent is None:
            return
        index = parent.place_of(self)
        # An empty text in the place of what goes spares moving all that follows.
        parent.children[index : index + 1] = nodes or ("",)
        for node in nodes:
            if isinstance(node, Element):
                node.parent = parent
        self.parent = None

    def place_of(self, child: Element) -> int:
        """Return the place of a child; looked for from where the last one was found, as they are changed in a row."""
        count = len(self.children)
        for step in range(count):
            index = (self._cursor + step) % count
            if self.children[index] is child:
                self._cursor = index
                return index
        raise ValueError(child.tag)

    def elements(self) -> Iterator[Element]:
        """Return the elements directly inside it."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """Yield the element and all elements inside it in the order of the page."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            if element.children:
                stack.extend([child for child in element.children[::-1] if not isinstance(child, str)])

    def find(self, *tags: str) -> Element | None:
        """Return the first element inside it that is called one of `tags`."""
        return next((element for element in self.walk() if element.tag in tags and element is not self), None)

    def ancestors(self) -> Iterator[Element]:
        """Yield what it stands in, the nearest first."""
        parent = self.parent
        while parent is not None:
            yield parent
            parent = parent.parent

    def strings(self) -> Iterator[str]:
        """Yield all characters inside it, as they are written."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                yield node
            else:
                stack.extend(reversed(node.children))

    def text(self) -> str:
        """Return all words inside it as one line."""
        return " ".join("".join(self.strings()).split())

    def is_blank(self) -> bool:
        """Return whether it is nothing that is seen, and holds nothing that is."""
        if self.tag in _SEEN:
            return False
        for node in self.children:
            if isinstance(node, str):
                if not is_blank(node):
                    return False
            elif not node.is_blank():
                return False
        return True


Node = Element | str

_SEEN = frozenset({"img", "picture", "svg", "math", "hr", "note-reference", "formula", "video", "audio", "iframe"})


def is_blank(text: str) -> bool:
    """Return whether a text is white space and nothing else."""
    return _BLANK.fullmatch(text) is not None


def one_space(text: str) -> str:
    """Return a text with runs of white space made into one space (CSS Text 3, 4.1.1); no-break spaces stay."""
    return _SPACE.sub(" ", text)
