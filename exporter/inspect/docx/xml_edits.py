"""Edits of XML in its bytes: what is not edited stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from exporter.inspect.docx.xml import NAMESPACES, STRICT_WORD

WORD = (NAMESPACES["w"], STRICT_WORD)
"""Namespaces of WordprocessingML: Transitional and Strict."""
_SEPARATOR = "\x1f"
"""A character that XML cannot contain."""
_CHUNK = 1 << 16
_LAST = 9
"""The order of deletions: what is inserted where they begin stands before what follows them."""
_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


class Name(NamedTuple):
    """A qualified name."""

    namespace: str
    local: str
    prefix: str

    @property
    def is_word(self) -> bool:
        """Whether it is one of WordprocessingML."""
        return self.namespace in WORD

    def sibling(self, local: str) -> tuple[str, str]:
        """Return the tag and the prefix of its attributes for another name of its namespace, declared if necessary."""
        if self.prefix:
            return f"{self.prefix}:{local}", f"{self.prefix}:"
        return f'w:{local} xmlns:w="{self.namespace}"', "w:"


class Tag(NamedTuple):
    """A start tag or an end tag; an empty element has both where it begins."""

    name: Name
    attributes: Mapping[str, str] | None
    """By local name; None for an end tag."""
    position: int
    depth: int
    """Of the element: 1 for the root."""


def tags(data: bytes) -> Iterator[Tag]:
    """Yield the tags of well-formed XML without a document type, in an encoding that contains ASCII."""
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.namespace_prefixes = True
    waiting: list[Tag] = []
    begins: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        begins.append(parser.CurrentByteIndex)
        by_name = {_split(key).local: value for key, value in attributes.items()}
        waiting.append(Tag(_split(name), by_name, begins[-1], len(begins)))

    def end(name: str) -> None:
        begin, position, depth = begins[-1], parser.CurrentByteIndex, len(begins)
        # The end of an empty element is reported where its tag ends.
        is_empty = data[position - 2 : position] == b"/>" and after_tag(data, begin) == position
        waiting.append(Tag(_split(name), None, begin if is_empty else position, depth))
        begins.pop()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    for position in range(0, len(data), _CHUNK):
        parser.Parse(data[position : position + _CHUNK])
        yield from waiting
        waiting.clear()
    parser.Parse(b"", True)
    yield from waiting


@lru_cache(maxsize=4096)
def _split(name: str) -> Name:
    """Return a name as expat reports it."""
    namespace, local, prefix, *_ = (*name.split(_SEPARATOR), "", "") if _SEPARATOR in name else ("", name, "")
    return Name(namespace, local, prefix)


def after_tag(data: bytes, position: int) -> int:
    """Return the position after the tag that begins at a position."""
    match = _TAG.match(data, position)
    assert match is not None, "the position is that of a tag"
    return match.end()


class Edits:
    """Insertions into and deletions from a text.

    Args:
        data: The text.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._edits: list[tuple[int, int, int, bytes]] = []

    def insert(self, position: int, text: str, order: int = 0) -> None:
        """Insert a text; texts at one position follow each other by `order`, then as they were inserted."""
        self._edits.append((position, order, position, text.encode("ascii", "xmlcharrefreplace")))

    def replace(self, start: int, end: int, text: str) -> None:
        """Replace a range, which no other one overlaps."""
        self._edits.append((start, _LAST, end, text.encode("ascii", "xmlcharrefreplace")))

    def delete(self, start: int, end: int) -> None:
        """Delete a range, which no other one overlaps."""
        self._edits.append((start, _LAST, end, b""))

    def fill(self, position: int, name: Name, content: str) -> None:
        """Insert content into an empty element, such as `<w:p/>`."""
        end = after_tag(self._data, position)
        tag = f"{name.prefix}:{name.local}" if name.prefix else name.local
        self._edits.append((end - 2, 0, end, f">{content}</{tag}>".encode("ascii", "xmlcharrefreplace")))

    @property
    def count(self) -> int:
        """Number of edits."""
        return len(self._edits)

    def keep(self, count: int) -> None:
        """Drop all edits but the first ones."""
        del self._edits[count:]

    def has_overlap(self, count: int) -> bool:
        """Return whether an edit after the first ones is at the same text as one of these."""
        known, added = self._edits[:count], self._edits[count:]
        return any(start < last and first < end for start, _, end, _ in added for first, _, last, _ in known)

    def result(self) -> bytes:
        """Return the edited text."""
        parts, position = [], 0
        for start, _, end, text in sorted(self._edits, key=lambda edit: edit[:2]):
            parts += [self._data[position:start], text]
            position = max(end, position)
        return b"".join([*parts, self._data[position:]])


def append_to_root(data: bytes, content: str) -> bytes:
    """Return a part with more content at the end of its root."""
    root, *_, end = (tag for tag in tags(data) if tag.depth == 1)
    edits = Edits(data)
    if root.position == end.position:
        edits.fill(root.position, root.name, content)
    else:
        edits.insert(end.position, content)
    return edits.result()
