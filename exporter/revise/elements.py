"""Elements of a part with their positions in its bytes, and edits of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from html import escape, unescape

from exporter.inspect.docx.element_numbers import ANCHORED
from exporter.inspect.docx.xml_edits import Edits, Name, Tag, after_tag, tags
from exporter.model.characters import FORBIDDEN
from exporter.revise.refusal import SAME_POSITION

_BLOCK_DEPTH = 3
"""Depth of the blocks of a document: their elements are kept while one of them is needed."""
_HEAD = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"""\s([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_DECLARATION = re.compile(rb"""\s(xmlns(?::[\w.-]+)?)\s*=\s*(?:"[^"]*"|'[^']*')""")


class Element:
    """An element of a part."""

    __slots__ = ("attributes", "children", "content", "end", "last", "name", "parent", "start")

    def __init__(self, tag: Tag, parent: Element | None, content: int) -> None:
        self.name: Name = tag.name
        self.attributes: Mapping[str, str] = tag.attributes or {}
        """By local name."""
        self.parent = parent
        self.children: list[Element] = []
        self.start = tag.position
        self.content = content
        """Where its content begins, after its start tag."""
        self.last = 0
        """Where its end tag begins; `start` for an empty element such as `<w:p/>`."""
        self.end = 0
        """After its end tag."""
        if parent is not None:
            parent.children.append(self)

    @property
    def local(self) -> str:
        """Its local name."""
        return self.name.local

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written as one tag."""
        return self.last == self.start

    def child(self, *locals_: str) -> Element | None:
        """Return the first child with one of these local names, or None."""
        return next((child for child in self.children if child.local in locals_), None)

    def ancestors(self) -> Iterator[Element]:
        """Yield its ancestors, nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def is_in(self, other: Element | None) -> bool:
        """Return whether it is a descendant of another."""
        return other is not None and other.start < self.start < other.end

    def distance(self, other: Element) -> int:
        """Return the number of bytes between it and another; 0 if one contains the other."""
        return max(other.start - self.end, self.start - other.end, 0)

    def walk(self, *, without: Collection[str] = ()) -> Iterator[Element]:
        """Yield its descendants in order, without the content of elements with these local names."""
        stack = list(reversed(self.children))
        while stack:
            element = stack.pop()
            yield element
            if element.local not in without:
                stack.extend(reversed(element.children))


def read(data: bytes) -> Element:
    """Return the root of a part."""
    root, _ = _read(data, None)
    assert root is not None, "the part has a root"
    return root


def numbered(data: bytes, numbers: Collection[int]) -> dict[int, Element]:
    """Return the paragraphs and drawings of a main part with these numbers (`Source.anchor`), each with its block."""
    _, elements = _read(data, frozenset(numbers))
    return elements


def _read(data: bytes, numbers: Collection[int] | None) -> tuple[Element | None, dict[int, Element]]:
    """Return the root with all descendants, or with the blocks that contain the numbers, and these elements."""
    root: Element | None = None
    current: Element | None = None
    elements: dict[int, Element] = {}
    number, known = 0, 0
    for tag in tags(data):
        if tag.attributes is not None:
            current = Element(tag, current, after_tag(data, tag.position))
            root = root or current
            if tag.name.is_word and tag.name.local in ANCHORED:
                number += 1
                if numbers is not None and number in numbers:
                    elements[number] = current
        elif current is not None:
            current.last, current.end = tag.position, after_tag(data, tag.position)
            if tag.depth == _BLOCK_DEPTH and numbers is not None:
                if len(elements) == known and current.parent is not None:
                    current.parent.children.pop()
                known = len(elements)
            current = current.parent
    return root, elements


class PartEdits:
    """Edits of the elements of a part.

    Args:
        data: The part.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._edits = Edits(data)
        self._inserted: set[tuple[int, str]] = set()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the edits inside the block, or none of them if it raises an exception.

        Raises:
            RefusedError: Another edit is at the same position.
        """
        count, inserted = self._edits.count, set(self._inserted)
        try:
            yield
            if self._edits.has_overlap(count):
                raise SAME_POSITION
        except BaseException:
            self._edits.keep(count)
            self._inserted = inserted
            raise

    def result(self) -> bytes:
        """Return the edited part."""
        return self._edits.result()

    def set_attribute(self, element: Element, name: str, value: str) -> None:
        """Set an attribute, given by its name with its prefix; an existing one is found by its local name."""
        local = name.rpartition(":")[2].encode()
        for match in _ATTRIBUTE.finditer(self._data, element.start, element.content):
            if match[1].rpartition(b":")[2] == local and not match[1].startswith(b"xmlns"):
                self._edits.replace(*match.span(2), _quoted(value))
                return
        head = _HEAD.match(self._data, element.start)
        assert head is not None, "an element has a name"
        self._edits.insert(head.end(), f" {name}={_quoted(value)}")

    def insert(self, parent: Element, content: str, before: Element | None = None) -> None:
        """Insert XML into an element: before one of its children, or at its end."""
        if before is not None:
            self._edits.insert(before.start, content)
        elif parent.is_empty_tag:
            self._edits.fill(parent.start, parent.name, content)
        else:
            self._edits.insert(parent.last, content)

    def insert_after(self, element: Element, content: str) -> None:
        """Insert XML after an element."""
        self._edits.insert(element.end, content)

    def insert_once(self, parent: Element, content: str) -> None:
        """Insert XML at the end of an element, unless the same was inserted there."""
        if (parent.start, content) not in self._inserted:
            self._inserted.add((parent.start, content))
            self.insert(parent, content)

    def insert_around(self, span: tuple[int, int], before: str, after: str) -> None:
        """Insert XML before and after a range, such as an element."""
        self._edits.insert(span[0], before)
        self._edits.insert(span[1], after)

    def source(self, element: Element) -> str:
        """Return an element as it is written."""
        return self._data[element.start : element.end].decode("utf-8", "replace")

    def declarations(self, *elements: Element) -> str:
        """Return the namespace declarations of elements, of which each contains the next, as attributes."""
        declared: dict[bytes, bytes] = {}
        for element in elements:
            declared |= {
                match[1]: match[0] for match in _DECLARATION.finditer(self._data, element.start, element.content)
            }
        return b"".join(declared.values()).decode("utf-8", "replace")

    def text_of(self, element: Element) -> str:
        """Return the text of an element without children."""
        return self.text_between(element.content, element.last)

    def text_between(self, start: int, end: int) -> str:
        """Return the text of a range without tags."""
        return unescape(self._data[start:end].decode("utf-8", "replace"))

    def replace(self, span: tuple[int, int], content: str) -> None:
        """Replace a range by XML."""
        self._edits.replace(*span, content)

    def set_content(self, element: Element, content: str) -> None:
        """Replace the content of an element by XML."""
        if element.is_empty_tag:
            self._edits.fill(element.start, element.name, content)
        else:
            self._edits.replace(element.content, element.last, content)

    def delete(self, element: Element) -> None:
        """Delete an element."""
        self._edits.delete(element.start, element.end)


def _quoted(value: str) -> str:
    """Return a value of an attribute, with line ends as references."""
    text = escape(FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value))
    return '"' + re.sub("[\t\n\r]", lambda match: f"&#{ord(match[0])};", text) + '"'


def text(value: str) -> str:
    """Return a text as XML."""
    return escape(FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value), quote=False)
