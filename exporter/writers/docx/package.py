"""The package: its parts, its relationships and a zip whose bytes depend on nothing else (ECMA-376-2)."""

from __future__ import annotations

import re
import zipfile
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
"""The date of every entry: the first that a zip can hold."""

_STORED = frozenset({".png", ".jpeg", ".gif"})
_NUMBER = re.compile(r"(\d+)")
_DOT = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\xb18\xf6\x14\x00\x00\x00\x00IEND\xaeB`\x82"
)
"""A picture of one pixel, for a draft of which only the pages are counted."""
_STAND_INS = {"svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'}


class Part(opc.Part):
    """A part: its content, and its relationships to other parts and to addresses outside."""

    def __init__(self, address: str, content_type: str, content: Element | bytes) -> None:
        super().__init__(PackURI(address), content_type)
        self.content = content
        self._numbers: dict[tuple[str, str], str] = {}

    @property
    def element(self) -> Element:
        """The root of a part that is XML."""
        assert not isinstance(self.content, bytes), "the part is XML"
        return self.content

    @property
    def blob(self) -> bytes:
        """What is written."""
        return self.content if isinstance(self.content, bytes) else _serialised(self.content)

    def relate_to(self, target: opc.Part | str, reltype: str, is_external: bool = False) -> str:
        """Return the relationship to another part or address, by its identifier; the same one for the same target.

        The search of python-docx goes through all of them each time, which a report full of links cannot afford.
        """
        key = (target if isinstance(target, str) else str(target.partname), reltype)
        if key not in self._numbers:
            self._numbers[key] = f"rId{len(self._numbers) + 1}"
            self.rels.add_relationship(reltype, cast(Any, target), self._numbers[key], is_external)
        return self._numbers[key]

    def relate_outside(self, url: str, kind: str) -> str:
        """Return the relationship to an address outside the package."""
        return self.relate_to(clean(url), kind, is_external=True)


class Package:
    """The parts of one document while it is being written."""

    def __init__(self) -> None:
        self._opc = OpcPackage()
        self.document = self.add_part("/word/document.xml", parts.DOCUMENT, root("document"))
        self._opc.relate_to(self.document, parts.TO_DOCUMENT)

    def add_part(self, address: str, content_type: str, content: Element | bytes) -> Part:
        """Add a part, XML or not; somebody has to relate to it."""
        return Part(address, content_type, content)

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
        self._opc.relate_to(self.add_part(address, content_type, element), relation)

    def save(self, target: Path, *, pictures: bool = True) -> None:
        """Write the package: content types first, entries in the order of their names, one date, no host in them.

        Args:
            target: The file.
            pictures: Whether pictures are in it; else a dot stands for each.
        """
        entries = _Entries(pictures=pictures)
        written = sorted(self._opc.iter_parts(), key=lambda part: _place(str(part.partname)))
        # Part of it has no annotations.
        writer: Any = PackageWriter
        writer._write_content_types_stream(entries, written)
        writer._write_pkg_rels(entries, self._opc.rels)
        writer._write_parts(entries, written)
        with zipfile.ZipFile(target, "w") as out:
            for name in sorted(entries.found, key=_place):
                entry = zipfile.ZipInfo(name, EARLIEST)
                # Pictures are compressed already.
                stored = Path(name).suffix in _STORED
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                entry.create_system = 0
                out.writestr(entry, entries.found[name])


class _Entries:
    """What python-docx writes a package into, in place of a zip with the date and the host of the moment."""

    def __init__(self, *, pictures: bool) -> None:
        self.found: dict[str, bytes] = {}
        self._pictures = pictures

    def write(self, address: PackURI, data: bytes) -> None:
        """Take an entry."""
        picture = address.startswith("/word/media/") and not self._pictures
        self.found[address.membername] = _STAND_INS.get(address.ext, _DOT) if picture else data


def _serialised(element: Element) -> bytes:
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)


def _place(name: str) -> tuple[int, list[str | int]]:
    first = {"[Content_Types].xml": 0, "_rels/.rels": 1, "word/document.xml": 2}
    pieces = [int(part) if part.isdigit() else part for part in _NUMBER.split(name)]
    return first.get(name, 3), pieces
