"""The package: a zip of parts that point at each other (ISO/IEC 29500-2), opened without trusting it."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from exporter.errors import SourceError
from exporter.model import Source
from exporter.readers.docx.limits import MAX_ENTRIES, MAX_TAGS, MAX_XML
from exporter.readers.docx.xml import Element, UnreadableError, name, parse

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, NotImplementedError)
_MAIN = ("document.main+xml", "template.main+xml", "documentMain+xml", "template.macroEnabledTemplate.main+xml")
_AGAIN = "Open it in Word or LibreOffice, save it anew as .docx, and try again."
_RELATION = name("rel:Relationship")


class Relation(NamedTuple):
    """What one part says of another, or of an address outside."""

    kind: str
    """Last word of its type, such as `image`."""
    target: str
    """Name of a part, without a leading slash; or an address."""
    external: bool


class Package:
    """A Word file, its parts read when they are asked for."""

    def __init__(self, data: bytes, file: str) -> None:
        """Open a package.

        Raises:
            SourceError: It is no archive, is encrypted, or holds no Word document.
        """
        self._file = file
        self._flat: dict[str, bytes] = {}
        self._archive: zipfile.ZipFile | None = None
        self._relations: dict[str, Mapping[str, Relation]] = {}
        self._roots: dict[str, Element] = {}
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            self._flat = self._unfold(data)
            self._names = {part.casefold(): part for part in self._flat}
        else:
            self._names = self._open(data)
        self.main = self._find_main()

    def _open(self, data: bytes) -> dict[str, str]:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            entries = self._archive.infolist()
        except _BROKEN as error:
            raise self.refusal("The Word file is not whole: its archive cannot be opened.", _AGAIN) from error
        if len(entries) > MAX_ENTRIES:
            raise self.refusal(f"The Word file holds more than {MAX_ENTRIES:,} files, which no document does.")
        if any(entry.flag_bits & 1 for entry in entries):
            raise self.refusal("The Word file is locked by a password.", "Save it without the password.")
        names: dict[str, str] = {}
        for entry in entries:
            names[entry.filename.replace("\\", "/").lstrip("/").casefold()] = entry.filename
        return names

    def _unfold(self, data: bytes) -> dict[str, bytes]:
        """Return the parts of a package that is one XML file ("Flat OPC")."""
        import base64
        import binascii

        from lxml import etree

        self._check_size(data, "document")
        try:
            root = parse(data)
        except UnreadableError as error:
            raise self.refusal(f"The Word file {error}.", _AGAIN) from error
        parts: dict[str, bytes] = {}
        for part in root.iter(name("pkg:part")):
            content = part.find(name("pkg:xmlData"))
            binary = part.findtext(name("pkg:binaryData"))
            where = (part.get(name("pkg:name")) or "").lstrip("/")
            if content is not None and len(content):
                parts[where] = etree.tostring(content[0])
            elif binary:
                try:
                    parts[where] = base64.b64decode(binary)
                except (binascii.Error, ValueError):
                    continue
        return parts

    def refusal(self, message: str, advice: str = _AGAIN) -> SourceError:
        """Return the error that says why the file cannot be read."""
        return SourceError(message, advice=advice, source=Source(self._file))

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._names

    def read(self, part: str, limit: int) -> bytes | None:
        """Return the bytes of a part; None when there is none.

        Raises:
            UnreadableError: Damaged, or larger than `limit`.
        """
        found = self._names.get(part.casefold())
        if found is None:
            return None
        if self._archive is None:
            data = self._flat[found]
        else:
            try:
                with self._archive.open(found) as entry:
                    data = entry.read(limit + 1)
            except (*_BROKEN, KeyError, RuntimeError) as error:
                raise UnreadableError("is damaged or cut off") from error
        if len(data) > limit:
            raise UnreadableError(f"unpacks to more than {limit // 1_000_000} MB, which no publication needs")
        return data

    def _check_size(self, data: bytes, part: str) -> None:
        if data.count(b"<") > MAX_TAGS:
            raise self.refusal(f"The part “{part}” of the Word file has more than {MAX_TAGS:,} tags.", "Split it.")

    def xml(self, part: str) -> Element | None:
        """Return the root of a part; None when there is none.

        Raises:
            UnreadableError: Damaged, too large, or XML of a kind that no Word file holds.
            SourceError: It has more tags than memory should hold.
        """
        if part not in self._roots:
            data = self.read(part, MAX_XML)
            if data is None:
                return None
            self._check_size(data, part)
            self._roots[part] = parse(data)
        return self._roots[part]

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return what a part points at, by id; nothing when that cannot be read."""
        if part not in self._relations:
            folder, _, base = part.rpartition("/")
            where = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
            try:
                root = self.xml(where)
            except UnreadableError:
                root = None
            found: dict[str, Relation] = {}
            for element in root.iter(_RELATION) if root is not None else ():
                kind = (element.get("Type") or "").rstrip("/").rpartition("/")[2]
                target = element.get("Target") or ""
                external = (element.get("TargetMode") or "").casefold() == "external"
                found[element.get("Id") or ""] = Relation(
                    kind, target if external else _inside(folder, target), external
                )
            self._relations[part] = found
        return self._relations[part]

    def related(self, kind: str, usual: str) -> str:
        """Return the part of a kind that the main document points at, or the one that lies in the usual place.

        Args:
            kind: Last word of the relation's type, such as `styles`.
            usual: Name of the file beside the main document.
        """
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external and relation.target in self:
                return relation.target
        return posixpath.join(posixpath.dirname(self.main), usual)

    def _find_main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self:
                return relation.target
        for part in (*self._said_to_be_main(), "word/document.xml"):
            if part in self:
                return part
        kind = next((words for part, words in _OTHERS.items() if part in self), "holds no Word document")
        raise self.refusal(f"The file {kind}.", "Name a .docx file that Word or LibreOffice can open.")

    def _said_to_be_main(self) -> list[str]:
        try:
            types = self.xml("[Content_Types].xml")
        except UnreadableError:
            return []
        overrides = types.iter(name("ct:Override")) if types is not None else ()
        return [
            (each.get("PartName") or "").lstrip("/")
            for each in overrides
            if (each.get("ContentType") or "").endswith(_MAIN)
        ]


_OTHERS = {
    "xl/workbook.xml": "is a spreadsheet, not a Word document",
    "ppt/presentation.xml": "is a presentation, not a Word document",
    "content.xml": "is an OpenDocument file",
    "mimetype": "is an OpenDocument or EPUB file",
    "visio/document.xml": "is a drawing, not a Word document",
}


def _inside(folder: str, target: str) -> str:
    """Return the name of a part that a part in `folder` points at; nothing leads out of the package."""
    target = unquote(target.partition("#")[0]).replace("\\", "/")
    path = target if target.startswith("/") else f"/{folder}/{target}"
    return posixpath.normpath(path).lstrip("/")
