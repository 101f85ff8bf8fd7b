"""The parts of a Word file and what they point at (ISO/IEC 29500-2), opened with limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from exporter.inspect.docx.namespaces import name, transitional

Element = etree._Element

MAX_ENTRIES = 20_000
"""Files inside the archive."""
MAX_PART = 64_000_000
"""Bytes of one part, unpacked."""
MAX_WHOLE = 400_000_000
"""Bytes of all parts that are read."""
MAX_TAGS = 3_000_000
"""Tags of one part; each takes memory of its own."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError)


class NotWordError(Exception):
    """The file cannot be taken apart; the message is one sentence."""


class Relation(NamedTuple):
    """What one part says of another, or of an address outside."""

    kind: str
    """Last word of its type, such as `image`."""
    target: str
    """Name of a part, without a leading slash; or an address."""
    external: bool


class Package:
    """A Word file; its parts are read when they are asked for.

    Raises:
        NotWordError: It is no archive, is locked, or holds no Word document.
    """

    def __init__(self, file: Path | bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file)
            entries = self._archive.infolist()
        except _BROKEN as error:
            raise NotWordError("It is not a whole .docx file: its archive cannot be opened.") from error
        if len(entries) > MAX_ENTRIES:
            raise NotWordError(f"It holds more than {MAX_ENTRIES:,} files, which no document does.")
        if any(entry.flag_bits & 1 for entry in entries):
            raise NotWordError("It is locked by a password.")
        self.names = tuple(entry.filename for entry in entries)
        self._sizes = {entry.filename: entry.file_size for entry in entries}
        self._left = MAX_WHOLE
        self._roots: dict[str, Element] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        found = [each.target for each in self.relations("").values() if each.kind == "officeDocument"]
        self.main = next((part for part in (*found, "word/document.xml") if part in self), "")
        if not self.main or self.xml(self.main).tag != name("document"):
            raise NotWordError("It holds no Word document.")

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def data(self, part: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            NotWordError: It is not there, damaged, or too large.
        """
        try:
            with self._archive.open(part) as entry:
                data = entry.read(MAX_PART + 1)
        except _BROKEN as error:
            raise NotWordError(f"Its part “{part}” is damaged or missing.") from error
        self._left -= len(data)
        if len(data) > MAX_PART or self._left < 0:
            raise NotWordError(f"It unpacks to more than {MAX_PART // 1_000_000} MB a part, which no document needs.")
        return data

    def xml(self, part: str) -> Element:
        """Return the root of a part.

        Raises:
            NotWordError: It is not there, is no XML, or XML with declarations that no Word file has.
        """
        if part not in self._roots:
            data = transitional(self.data(part))
            if data.count(b"<") > MAX_TAGS:
                raise NotWordError(f"Its part “{part}” has more than {MAX_TAGS:,} tags.")
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True
            )
            try:
                root = etree.fromstring(data, parser)
            except (etree.XMLSyntaxError, ValueError) as error:
                raise NotWordError(f"Its part “{part}” is not XML: {error}.") from error
            if b"<!DOCTYPE" in data[:4096] or root.getroottree().docinfo.internalDTD is not None:
                raise NotWordError(f"Its part “{part}” declares a document type, which no Word file does.")
            self._roots[part] = root
        return self._roots[part]

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return what a part points at, by identifier."""
        if part not in self._relations:
            folder, file = posixpath.split(part)
            where = posixpath.join(folder, "_rels", f"{file}.rels")
            found: dict[str, Relation] = {}
            if where in self:
                for each in self.xml(where).iter(name("rel:Relationship")):
                    target, external = each.get("Target") or "", each.get("TargetMode") == "External"
                    kind = (each.get("Type") or "").rpartition("/")[2]
                    found[each.get("Id") or ""] = Relation(
                        kind, target if external else inside(folder, target), external
                    )
            self._relations[part] = found
        return self._relations[part]

    def related(self, kind: str) -> str | None:
        """Return the part of a kind that the main document points at; None when there is none."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external and relation.target in self:
                return relation.target
        return None


def inside(folder: str, target: str) -> str:
    """Return the name of a part that a part in `folder` points at; nothing leads out of the package."""
    target = unquote(target.partition("#")[0]).replace("\\", "/")
    return posixpath.normpath(target if target.startswith("/") else f"/{folder}/{target}").lstrip("/")
