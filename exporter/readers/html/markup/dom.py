"""Elements of a page, independent of the parser."""

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
"""Elements that are displayed as blocks."""


class Element:
    """An element with its tag, attributes, line and children."""

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
        """Whether a descendant is a block."""
        for child in children or ():
            self.append(child)

    def get(self, name: str) -> str:
        """Return the value of an attribute without white space at its ends, or an empty text if there is none."""
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
        """Whether the element or one of its descendants is a block."""
        return self.tag in BLOCKS or self.holds_blocks

    def append(self, child: Node) -> None:
        """Add a child at the end."""
        self.children.append(child)
        if isinstance(child, Element):
            child.parent = self
            self.holds_blocks = self.holds_blocks or child.is_block

    def replace_children(self, children: list[Node]) -> None:
        """Replace all children."""
        self.children = []
        self.holds_blocks = False
        for child in children:
            self.append(child)

    def replace_with(self, *nodes: Node) -> None:
        """Replace the element by nodes; remove it if there are none."""
        parent = self.parent
        if parent is None:
            return
        index = parent.index_of(self)
        # An empty text instead of the removed element avoids moving all siblings after it.
        parent.children[index : index + 1] = nodes or ("",)
        for node in nodes:
            if isinstance(node, Element):
                node.parent = parent
        self.parent = None

    def index_of(self, child: Element) -> int:
        """Return the index of a child, searched around that of the last one: siblings are changed one after another."""
        count = len(self.children)
        for step in range(count):
            for index in ((self._cursor + step) % count, (self._cursor - step) % count):
                if self.children[index] is child:
                    self._cursor = index
                    return index
        raise ValueError(child.tag)

    def elements(self) -> Iterator[Element]:
        """Return the child elements."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """Yield the element and its descendants in the order of the page."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            if element.children:
                stack.extend([child for child in element.children[::-1] if not isinstance(child, str)])

    def find(self, *tags: str) -> Element | None:
        """Return the first descendant with one of `tags`, or None."""
        return next((element for element in self.walk() if element.tag in tags and element is not self), None)

    def ancestors(self) -> Iterator[Element]:
        """Yield the ancestors, the nearest first."""
        parent = self.parent
        while parent is not None:
            yield parent
            parent = parent.parent

    def strings(self) -> Iterator[str]:
        """Yield the texts of the element and its descendants, as they are written."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                yield node
            else:
                stack.extend(reversed(node.children))

    def text(self) -> str:
        """Return the text of the element as one line."""
        return " ".join("".join(self.strings()).split())

    def is_blank(self) -> bool:
        """Return whether the element shows nothing."""
        if self.tag in _VISIBLE:
            return False
        for node in self.children:
            if isinstance(node, str):
                if not is_blank(node):
                    return False
            elif not node.is_blank():
                return False
        return True


Node = Element | str

_VISIBLE = frozenset({"img", "picture", "svg", "math", "hr", "note-reference", "formula", "video", "audio", "iframe"})


def is_blank(text: str) -> bool:
    """Return whether a text consists of white space."""
    return _BLANK.fullmatch(text) is not None


def collapse_spaces(text: str) -> str:
    """Return a text with each run of white space as one space (CSS Text 3, 4.1.1); no-break spaces stay."""
    return _SPACE.sub(" ", text)
