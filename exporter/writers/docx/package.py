"""OPC package: parts, relationships, and a reproducible zip (ECMA-376-2)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from docx.opc import part as opc
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
from lxml import etree

from exporter.writers.docx import parts
from exporter.writers.docx.xml import STORY_NAMESPACES, Element, clean, root

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: the earliest in a zip."""

_STORED = frozenset({".png", ".jpeg", ".gif"})
_NUMBER = re.compile(r"(\d+)")
_PLACEHOLDER_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\xb18\xf6\x14\x00\x00\x00\x00IEND\xaeB`\x82"
)
"""An image of one pixel, for a draft of which only the pages are counted."""
_PLACEHOLDERS = {"svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'}


class Part(opc.Part):
    """A part with its content, and its relationships to other parts and external addresses."""

    def __init__(self, address: str, content_type: str, content: Element | bytes) -> None:
        super().__init__(PackURI(address), content_type)
        self.content = content
        self._numbers: dict[tuple[str, str], str] = {}

    @property
    def element(self) -> Element:
        """The root element of an XML part."""
        assert not isinstance(self.content, bytes), "the part is XML"
        return self.content

    @property
    def blob(self) -> bytes:
        """The bytes of the part."""
        return self.content if isinstance(self.content, bytes) else _serialised(self.content)

    def relate_to(self, target: opc.Part | str, reltype: str, is_external: bool = False) -> str:
        """Return the identifier of the relationship to another part or address; the same one for the same target.

        python-docx searches all relationships each time, which is too slow for reports with many links.
        """
        key = (target if isinstance(target, str) else str(target.partname), reltype)
        if key not in self._numbers:
            self._numbers[key] = f"rId{len(self._numbers) + 1}"
            self.rels.add_relationship(reltype, cast(Any, target), self._numbers[key], is_external)
        return self._numbers[key]

    def relate_outside(self, url: str, kind: str) -> str:
        """Return the identifier of the relationship to an external address."""
        return self.relate_to(clean(url), kind, is_external=True)


class Package:
    """The package of a document being written."""

    def __init__(self) -> None:
        self._opc = OpcPackage()
        self.document = self.add_part("/word/document.xml", parts.DOCUMENT, root("document"))
        self._opc.relate_to(self.document, parts.TO_DOCUMENT)

    def add_part(self, address: str, content_type: str, content: Element | bytes) -> Part:
        """Return a new part, XML or binary; it is written if another part has a relationship to it."""
        return Part(address, content_type, content)

    def add_story(self, address: str, content_type: str, relation: str, tag: str) -> Part:
        """Add a story part (notes, header, footer), related to the main document."""
        part = self.add_part(address, content_type, root(tag, STORY_NAMESPACES))
        self.document.relate_to(part, relation)
        return part

    def add_style(self, address: str, content_type: str, relation: str, element: Element) -> Part:
        """Add a part for styles, related to the main document."""
        part = self.add_part(address, content_type, element)
        self.document.relate_to(part, relation)
        return part

    def add_properties(self, address: str, content_type: str, relation: str, element: Element) -> None:
        """Add a properties part, related to the package."""
        self._opc.relate_to(self.add_part(address, content_type, element), relation)

    def xml_parts(self) -> dict[str, Element]:
        """Return the XML parts of the main document by address."""
        parts = (part for part in self._opc.iter_parts() if isinstance(part, Part))
        elements = {str(part.partname): part.content for part in parts if not isinstance(part.content, bytes)}
        return {address: element for address, element in elements.items() if address.startswith("/word/")}

    def save(self, target: Path, *, draft: Mapping[str, Element] | None = None) -> None:
        """Write the package: content types first, entries sorted by name, with a fixed date and no host system.

        Args:
            target: The file.
            draft: For a draft, the contents of parts that differ, by address; a placeholder replaces each image.
        """
        entries = _Entries(draft)
        ordered = sorted(self._opc.iter_parts(), key=lambda part: _sort_key(str(part.partname)))
        # Some of its methods have no annotations.
        writer: Any = PackageWriter
        writer._write_content_types_stream(entries, ordered)
        writer._write_pkg_rels(entries, self._opc.rels)
        writer._write_parts(entries, ordered)
        with zipfile.ZipFile(target, "w") as out:
            for name in sorted(entries.entries, key=_sort_key):
                entry = zipfile.ZipInfo(name, EARLIEST)
                # Images are already compressed.
                stored = Path(name).suffix in _STORED
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                entry.create_system = 0
                out.writestr(entry, entries.entries[name])


class _Entries:
    """Collector of the entries that python-docx writes, in place of its zip with current date and host system."""

    def __init__(self, draft: Mapping[str, Element] | None) -> None:
        self.entries: dict[str, bytes] = {}
        self._draft = draft

    def write(self, address: PackURI, data: bytes) -> None:
        """Store an entry."""
        if self._draft is not None:
            if address.startswith("/word/media/"):
                data = _PLACEHOLDERS.get(address.ext, _PLACEHOLDER_PNG)
            elif address in self._draft:
                data = _serialised(self._draft[address])
        self.entries[address.membername] = data


def _serialised(element: Element) -> bytes:
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)


def _sort_key(name: str) -> tuple[int, list[str | int]]:
    first = {"[Content_Types].xml": 0, "_rels/.rels": 1, "word/document.xml": 2}
    pieces = [int(part) if part.isdigit() else part for part in _NUMBER.split(name)]
    return first.get(name, 3), pieces
