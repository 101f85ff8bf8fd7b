"""The package: its parts, its relationships and a zip whose bytes depend on nothing else (ECMA-376-2)."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from exporter.writers.docx import parts
from exporter.writers.docx.xml import STORY_NAMESPACES, Element, clean, root

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: the first that a zip can hold."""

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STORED = frozenset({".png", ".jpeg", ".gif"})
_NUMBER = re.compile(r"(\d+)")
_DOT = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\xb18\xf6\x14\x00\x00\x00\x00IEND\xaeB`\x82"
)
"""A picture of one pixel, for a draft of which only the pages are counted."""
_STAND_INS = {"image/svg+xml": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'}


class Part:
    """A part: its content, and its relationships to other parts and to addresses outside."""

    def __init__(self, address: str, content_type: str, content: Element | bytes) -> None:
        self.address = address
        self.content_type = content_type
        self.content = content
        self._related: dict[tuple[str, str], str] = {}
        self._outside: set[str] = set()

    @property
    def element(self) -> Element:
        """The root of a part that is XML."""
        assert not isinstance(self.content, bytes), "the part is XML"
        return self.content

    def relate_to(self, part: Part, kind: str) -> str:
        """Give the relationship to another part, by its identifier."""
        folder = posixpath.dirname(self.address)
        return self._relate(posixpath.relpath(part.address, folder or "/"), kind)

    def relate_outside(self, url: str, kind: str) -> str:
        """Give the relationship to an address outside the package."""
        self._outside.add(url)
        return self._relate(url, kind)

    def _relate(self, target: str, kind: str) -> str:
        return self._related.setdefault((target, kind), f"rId{len(self._related) + 1}")

    @property
    def relationships(self) -> bytes | None:
        """The relationships as a part of their own (ECMA-376-2, 9.3); None when there are none."""
        if not self._related:
            return None
        element = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})  # type: ignore[dict-item]  # lxml-stubs know no default namespace
        for (target, kind), identifier in self._related.items():
            each = etree.SubElement(element, f"{{{_RELATIONSHIPS}}}Relationship")
            for key, value in (("Id", identifier), ("Type", kind), ("Target", clean(target))):
                each.set(key, value)
            if target in self._outside:
                each.set("TargetMode", "External")
        return _serialised(element)


class Package:
    """The parts of one document while it is being written."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}
        self._root = Part("/", "", b"")
        self.document = self.add_part("/word/document.xml", parts.DOCUMENT, root("document"))
        self._root.relate_to(self.document, parts.TO_DOCUMENT)

    def add_part(self, address: str, content_type: str, content: Element | bytes) -> Part:
        """Add a part, XML or not; somebody has to relate to it."""
        part = Part(address, content_type, content)
        self._parts[address] = part
        return part

    def add_story(self, address: str, content_type: str, relation: str, tag: str) -> Part:
        """Add a part of text (notes, header, footer), related to the main document."""
        part = self.add_part(address, content_type, root(tag, STORY_NAMESPACES))
        self.document.relate_to(part, relation)
        return part

    def add_style(self, address: str, content_type: str, relation: str, element: Element) -> Part:
        """Add a part that says how the document looks, related to the main document."""
        part = self.add_part(address, content_type, element)
        self.document.relate_to(part, relation)
        return part

    def add_properties(self, address: str, content_type: str, relation: str, element: Element) -> None:
        """Add a part about the whole package."""
        self._root.relate_to(self.add_part(address, content_type, element), relation)

    def save(self, target: Path, *, pictures: bool = True) -> None:
        """Write the package: content types first, entries in the order of their names, one date, no host in them.

        Args:
            target: The file.
            pictures: Whether pictures are in it; else a dot stands for each.
        """
        entries = dict(self._entries(pictures=pictures))
        with zipfile.ZipFile(target, "w") as out:
            for name in sorted(entries, key=_place):
                entry = zipfile.ZipInfo(name, EARLIEST)
                # Pictures are compressed already.
                stored = Path(name).suffix in _STORED
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                entry.create_system = 0
                out.writestr(entry, entries[name])

    def _entries(self, *, pictures: bool) -> Iterator[tuple[str, bytes]]:
        yield "[Content_Types].xml", self._content_types()
        for part in (self._root, *self._parts.values()):
            folder, file = posixpath.split(part.address)
            if (related := part.relationships) is not None:
                yield posixpath.join(folder, "_rels", f"{file}.rels").lstrip("/"), related
            if part is self._root:
                continue
            if not isinstance(part.content, bytes):
                yield part.address[1:], _serialised(part.content)
            else:
                yield part.address[1:], part.content if pictures else _STAND_INS.get(part.content_type, _DOT)

    def _content_types(self) -> bytes:
        element = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})  # type: ignore[dict-item]  # lxml-stubs know no default namespace
        defaults = {"rels": parts.RELATIONSHIPS, "xml": "application/xml"}
        for part in self._parts.values():
            if isinstance(part.content, bytes):
                defaults[part.address.rpartition(".")[2]] = part.content_type
        for suffix in sorted(defaults):
            each = etree.SubElement(element, f"{{{_TYPES}}}Default")
            each.set("Extension", suffix)
            each.set("ContentType", defaults[suffix])
        for address, part in sorted(self._parts.items()):
            if not isinstance(part.content, bytes):
                each = etree.SubElement(element, f"{{{_TYPES}}}Override")
                each.set("PartName", address)
                each.set("ContentType", part.content_type)
        return _serialised(element)


def _serialised(element: Element) -> bytes:
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)


def _place(name: str) -> tuple[int, list[str | int]]:
    first = {"[Content_Types].xml": 0, "_rels/.rels": 1, "word/document.xml": 2}
    pieces = [int(part) if part.isdigit() else part for part in _NUMBER.split(name)]
    return first.get(name, 3), pieces
