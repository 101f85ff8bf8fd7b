"""The package of a Word file: a ZIP archive of parts and relationships, opened with limits (ISO/IEC 29500-2)."""

from __future__ import annotations

import base64
import binascii
import io
import posixpath
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from exporter.inspect import limits
from exporter.inspect.archive import Archive, ArchiveError
from exporter.inspect.docx.errors import DocxError, PartError
from exporter.inspect.docx.xml import Element, name, parse
from exporter.inspect.limits import LimitError

MAX_TAGS = 1_500_000
"""Opening and closing tags of one part; each element takes memory of its own."""

_MAIN = ("document.main+xml", "template.main+xml", "documentMain+xml", "template.macroEnabledTemplate.main+xml")
_OTHER_FORMATS = {
    "xl/workbook.xml": "is a spreadsheet, not a Word document",
    "ppt/presentation.xml": "is a presentation, not a Word document",
    "content.xml": "is an OpenDocument file",
    "mimetype": "is an OpenDocument or EPUB file",
    "visio/document.xml": "is a drawing, not a Word document",
}
"""Formats that use similar archives, by a part that identifies them."""


class Relation(NamedTuple):
    """A relationship from a part to another part or to an external address."""

    kind: str
    """Last word of its type, such as `image`."""
    target: str
    """Name of a part, without a leading slash; or an address."""
    external: bool


class Package:
    """A Word file whose parts are read on demand.

    Args:
        data: The file, a ZIP archive or a single XML file ("Flat OPC").
        lenient: Whether relationships that cannot be read count as missing; `damaged_relations` names them.

    Raises:
        DocxError: It is no archive, is encrypted, or contains no Word document.
    """

    def __init__(self, data: bytes, *, lenient: bool = False) -> None:
        self._lenient = lenient
        self.damaged_relations: dict[str, str] = {}
        """Why relationships could not be read, as the predicate of a sentence, by the name of their part."""
        self._flat: dict[str, bytes] = {}
        self._archive: Archive | None = None
        self._relations: dict[str, Mapping[str, Relation]] = {}
        self._roots: dict[str, Element] = {}
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            self._flat = _flat_parts(data)
            names = tuple(self._flat)
        else:
            self._archive = _open(data)
            names = self._archive.names
        self._names = {part.replace("\\", "/").lstrip("/").casefold(): part for part in names}
        self.main = self._find_main()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts as they are written in the file."""
        return tuple(self._names.values())

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._names

    def member(self, part: str) -> str:
        """Return the name of a part as it is written in the file."""
        return self._names[part.casefold()]

    def size(self, part: str) -> int:
        """Return the bytes of a part, without reading it; 0 if it is missing."""
        if part not in self:
            return 0
        member = self.member(part)
        return len(self._flat[member]) if self._archive is None else self._archive.size(member)

    def read(self, part: str, limit: int = limits.MAX_TEXT) -> bytes:
        """Return the bytes of a part.

        Raises:
            PartError: Missing, damaged, or larger than `limit` or, with all parts read before, than `MAX_READ`.
        """
        if part not in self:
            raise PartError(part, "is missing in the file")
        member = self.member(part)
        try:
            return self._flat[member] if self._archive is None else self._archive.read(member, limit)
        except ArchiveError as error:
            raise PartError(part, "is damaged or cut off") from error
        except LimitError as error:
            total = f"{limits.MAX_READ // 1_000_000} MB with other parts"
            raise PartError(part, f"unpacks to more than {limit // 1_000_000} MB, or {total}") from error

    def xml(self, part: str) -> Element:
        """Return the root of a part.

        Raises:
            PartError: Missing, damaged, too large, or XML that no Word file contains.
            DocxError: It has too many tags.
        """
        if part not in self._roots:
            data = self.read(part)
            _check_tags(data, part)
            self._roots[part] = parse(data, part)
        return self._roots[part]

    def document(self) -> Element:
        """Return the root of the main document.

        Raises:
            DocxError: It cannot be read, or is no Word document.
        """
        try:
            root = self.xml(self.main)
        except PartError as error:
            raise DocxError(f"The text of the Word file {error.reason}.") from error
        if "wordDocument" in str(root.tag):
            raise DocxError("The file is in the XML of Word 2003.")
        if root.tag != name("document"):
            raise DocxError("The Word file contains no text.")
        return root

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return the relationships of a part by identifier; those of the package if `part` is empty.

        Raises:
            PartError: They cannot be read, and the package is not lenient.
        """
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> Mapping[str, Relation]:
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels not in self:
            return {}
        try:
            root = self.xml(rels)
        except PartError as error:
            if not self._lenient:
                raise
            self.damaged_relations[rels] = error.reason
            return {}
        relations: dict[str, Relation] = {}
        for element in root.iter(name("rel:Relationship")):
            kind = (element.get("Type") or "").rstrip("/").rpartition("/")[2]
            target = element.get("Target") or ""
            external = (element.get("TargetMode") or "").casefold() == "external"
            relations[element.get("Id") or ""] = Relation(
                kind, target if external else _resolve(folder, target), external
            )
        return relations

    def related(self, kind: str, part: str | None = None) -> str | None:
        """Return the part of a kind that another part refers to, or None if there is none.

        Args:
            kind: Last word of the relationship's type, such as `styles`.
            part: The part that refers to it: the main document by default, "" for the package.
        """
        for relation in self.relations(self.main if part is None else part).values():
            if relation.kind == kind and not relation.external and relation.target in self:
                return relation.target
        return None

    def _find_main(self) -> str:
        for part in (self.related("officeDocument", ""), *self._declared_main(), "word/document.xml"):
            if part is not None and part in self:
                return part
        reason = next((reason for part, reason in _OTHER_FORMATS.items() if part in self), "contains no Word document")
        raise DocxError(f"The file {reason}.", "Name a .docx file that Word or LibreOffice can open.")

    def _declared_main(self) -> list[str]:
        """Return the parts whose content type is that of a main document."""
        try:
            types = self.xml("[Content_Types].xml")
        except PartError:
            return []
        return [
            (override.get("PartName") or "").lstrip("/")
            for override in types.iter(name("ct:Override"))
            if (override.get("ContentType") or "").endswith(_MAIN)
        ]


_SAVE_AGAIN = "Open it in the program that created it and save it as .docx."


def _open(data: bytes) -> Archive:
    if data and not data.startswith(b"PK"):
        raise DocxError("The file is no document of Word, OpenDocument or RTF, whatever its name ends in.", _SAVE_AGAIN)
    try:
        archive = Archive(io.BytesIO(data))
    except ArchiveError as error:
        raise DocxError("The Word file is incomplete: its archive cannot be opened.") from error
    except LimitError as error:
        raise DocxError(str(error)) from error
    if archive.encrypted:
        raise DocxError("The Word file is locked by a password.", "Save it without the password.")
    return archive


def _flat_parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package that is a single XML file ("Flat OPC")."""
    _check_tags(data, "document")
    try:
        root = parse(data, "document")
    except PartError as error:
        raise DocxError(f"The Word file {error.reason}.") from error
    parts: dict[str, bytes] = {}
    for part in root.iter(name("pkg:part")):
        content = part.find(name("pkg:xmlData"))
        binary = part.findtext(name("pkg:binaryData"))
        part_name = (part.get(name("pkg:name")) or "").lstrip("/")
        if content is not None and len(content):
            parts[part_name] = etree.tostring(content[0])
        elif binary:
            try:
                parts[part_name] = base64.b64decode(binary)
            except (binascii.Error, ValueError):
                continue
    return parts


def _check_tags(data: bytes, part: str) -> None:
    if data.count(b"<") > MAX_TAGS:
        raise DocxError(f"The part “{part}” of the Word file has more than {MAX_TAGS:,} tags.", "Split it.")


def _resolve(folder: str, target: str) -> str:
    """Return the name of the part that a part in `folder` refers to; it is always inside the package."""
    target = unquote(target.partition("#")[0]).replace("\\", "/")
    return posixpath.normpath(target if target.startswith("/") else f"/{folder}/{target}").lstrip("/")
