"""Word files in which parts are replaced or added, and all others stay the same (ECMA-376-2)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from exporter.inspect.archive import ArchiveError, with_members
from exporter.inspect.docx.errors import DocxError
from exporter.inspect.docx.package import Package
from exporter.inspect.docx.xml import STRICT_WORD, Element, parse, without_utf16
from exporter.inspect.docx.xml_edits import append_to_root

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT_TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


class PartType(msgspec.Struct, frozen=True):
    """A type of part."""

    content_type: str
    relation: str
    """Type of the relationship to it."""
    strict_relation: str = ""
    """The same in Strict files, if it differs."""


class EditedPackage:
    """A Word file whose parts can be replaced.

    Args:
        data: The file.

    Raises:
        DocxError: It is no ZIP archive with a Word document.
    """

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self._data = data
        self._parts: dict[str, bytes] = {}
        self._identifiers: dict[str, set[str]] = {}

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the edits inside the block, or none of them if it raises an exception."""
        parts = dict(self._parts)
        identifiers = {owner: set(names) for owner, names in self._identifiers.items()}
        try:
            yield
        except BaseException:
            self._parts, self._identifiers = parts, identifiers
            raise

    @property
    def is_strict(self) -> bool:
        """Whether it has the namespaces of ISO/IEC 29500-1 (Strict)."""
        return STRICT_WORD.encode() in self.read(self.package.main)

    def read(self, part: str) -> bytes:
        """Return an XML part, with the edits made so far.

        Raises:
            PartError: It is missing, damaged or too large.
        """
        if part in self._parts:
            return self._parts[part]
        self.package.xml(part)
        return without_utf16(self.package.read(part))

    def xml(self, part: str) -> Element:
        """Return the root of a part, with the edits made so far.

        Raises:
            PartError: It is missing, damaged or too large.
        """
        return parse(self._parts[part], part) if part in self._parts else self.package.xml(part)

    def related(self, kind: str, usual: str) -> str | None:
        """Return the part of a kind that the package refers to, else that with its usual name, or None."""
        part = self.package.related(kind, "") or usual
        return part if part in self.package or part in self._parts else None

    def replace(self, part: str, content: bytes) -> None:
        """Replace a part."""
        if content != self.read(part):
            self._parts[part] = content

    def add(self, name: str, content: str, kind: PartType, owner: str) -> str:
        """Add a part with its relationship and its content type; return its name.

        Args:
            name: Its name if it is not taken.
            content: Its XML.
            kind: Its type.
            owner: The part that refers to it; "" for the package.
        """
        stem, suffix = posixpath.splitext(name)
        numbers = range(len(self.package.names) + len(self._parts) + 1)
        candidates = (f"{stem}{number or ''}{suffix}" for number in numbers)
        part = next(name for name in candidates if name not in self.package and name not in self._parts)
        self._parts[part] = f"{DECLARATION}{content}".encode()
        folder, file = posixpath.split(owner)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        used = self._identifiers.setdefault(owner, set(self.package.relations(owner)))
        prefix = f"rId{posixpath.basename(stem).capitalize()}"
        identifier = next(name for number in range(len(used) + 1) if (name := f"{prefix}{number or ''}") not in used)
        used.add(identifier)
        if relations not in self.package and relations not in self._parts:
            self._parts[relations] = f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()
        relation = kind.strict_relation if self.is_strict and kind.strict_relation else kind.relation
        self._parts[relations] = append_to_root(
            self.read(relations),
            f'<Relationship xmlns="{_PACKAGE}/relationships" Id="{identifier}" Type="{relation}" '
            f'Target="{posixpath.relpath(part, folder or ".")}"/>',
        )
        self._parts[_CONTENT_TYPES] = append_to_root(
            self.read(_CONTENT_TYPES),
            f'<Override xmlns="{_PACKAGE}/content-types" PartName="/{part}" ContentType="{kind.content_type}"/>',
        )
        return part

    def result(self) -> bytes:
        """Return the file; the same bytes if nothing was changed.

        Raises:
            DocxError: A part is damaged, or the file is no archive.
        """
        if not self._parts:
            return self._data
        try:
            members = {
                self.package.member(part) if part in self.package else part: content
                for part, content in self._parts.items()
            }
            return with_members(self._data, members)
        except ArchiveError as error:
            raise DocxError("A part of the Word file is damaged, or the file is no archive.") from error
