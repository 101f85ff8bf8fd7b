"""EPUB 3.3 packages, also those of eBraille, from finished files, written by a subclass of EbookLib's writer.

Every document is an `EpubItem` with its own bytes: `EpubHtml` parses its content again and loses the head, attributes
and the case of SVG names (EbookLib 0.20).
"""

from __future__ import annotations

import datetime
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from ebooklib import epub
from lxml import etree

from exporter.errors import OutputError
from exporter.model import Direction
from exporter.writers.xhtml.files import File

MEDIA_TYPE = "application/epub+zip"
NCX = "application/x-dtbncx+xml"

DC = "http://purl.org/dc/elements/1.1/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
  <rootfiles>
    <rootfile media-type="application/oebps-package+xml" full-path="{name}"/>
  </rootfiles>
</container>
"""

COMPRESSED = frozenset({"image/jpeg", "image/png", "image/webp", "font/woff2"})
"""Media types that are compressed already."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Date of every ZIP entry, the earliest possible one."""


class Meta(msgspec.Struct, frozen=True):
    """An element of the package metadata."""

    name: str
    """`dc:...` for a Dublin Core element, else `meta` or `link`."""
    value: str
    attributes: Mapping[str, str] = {}


class SpineItem(msgspec.Struct, frozen=True):
    """An item of the reading order."""

    file: str
    """`File.id`."""
    linear: bool = True
    properties: tuple[str, ...] = ()
    """Spine properties (EPUB 3.3, D.6) such as `page-spread-left`."""


class Package(msgspec.Struct, frozen=True):
    """The contents of an EPUB."""

    identifier: str
    language: str
    direction: Direction
    metadata: tuple[Meta, ...]
    """All metadata but the identifier and the modification date."""
    files: tuple[File, ...]
    spine: tuple[SpineItem, ...]
    modified: datetime.datetime
    """In UTC, from the publication date, so that the bytes do not depend on the clock."""
    name: str = "EPUB/content.opf"
    """Path of the package document; the files are in its folder."""

    @property
    def folder(self) -> str:
        """The folder of the package document, with a slash at its end; empty for the root."""
        return "".join(self.name.rpartition("/")[:2])

    @property
    def has_ncx(self) -> bool:
        """Whether it has the table of contents of EPUB 2."""
        return any(file.media_type == NCX for file in self.files)


def pack(package: Package, target: Path) -> None:
    """Write the package to `target`; the same package gives the same bytes.

    Raises:
        OutputError: The file cannot be written.
    """
    book = epub.EpubBook()
    book.set_identifier(package.identifier)
    book.language = package.language
    book.set_direction(package.direction.value)
    for file in package.files:
        item = epub.EpubItem(uid=file.id, file_name=file.name, media_type=file.media_type, content=file.data)
        item.properties = list(file.properties)
        if file.overlay:
            item.media_overlay = file.overlay
        book.add_item(item)
    book.spine = [(item.file, "yes" if item.linear else "no") for item in package.spine]
    writer = _Writer(str(target), book, package)
    try:
        writer.write()
    except OSError as error:
        raise OutputError(f"The EPUB cannot be written: {error.strerror or error}.") from error


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib 0.20 has no types
    """EbookLib's writer with languages, spine properties, ordered metadata and reproducible bytes."""

    def __init__(self, name: str, book: Any, package: Package) -> None:
        super().__init__(name, book, {"epub2_guide": False, "package_direction": True})
        self._package = package

    def write(self) -> None:
        # `mimetype` comes first, stored, without an extra field (EPUB OCF 3.3, 4.2).
        with _Archive(self.file_name, "w", zipfile.ZIP_DEFLATED) as self.out:
            self.out.writestr("mimetype", MEDIA_TYPE, compress_type=zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_container(self) -> None:
        self.out.writestr("META-INF/container.xml", CONTAINER.format(name=self._package.name))

    def _write_items(self) -> None:
        paths = {file.name: file.path for file in self._package.files if file.path}
        for item in self.book.get_items():
            name = self._package.folder + item.file_name
            if item.file_name in paths:
                self.out.copy(name, paths[item.file_name])
            else:
                kind = zipfile.ZIP_STORED if item.media_type in COMPRESSED else zipfile.ZIP_DEFLATED
                self.out.writestr(name, item.get_content(), kind)

    def _write_opf_metadata(self, root: Any) -> None:
        metadata = etree.SubElement(root, "metadata", nsmap={"dc": DC})
        identifier = etree.SubElement(metadata, f"{{{DC}}}identifier", {"id": self.book.IDENTIFIER_ID})
        identifier.text = self._package.identifier
        modified = etree.SubElement(metadata, "meta", {"property": "dcterms:modified"})
        modified.text = self._package.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
        for meta in self._package.metadata:
            name = f"{{{DC}}}{meta.name[3:]}" if meta.name.startswith("dc:") else meta.name
            element = etree.SubElement(metadata, name, dict(meta.attributes))
            if meta.value:
                element.text = meta.value

    def _write_opf_spine(self, root: Any, ncx_id: str | None) -> None:
        super()._write_opf_spine(root, ncx_id)
        if not self._package.has_ncx:
            del root.find("spine").attrib["toc"]
        references = {reference.get("idref"): reference for reference in root.find("spine")}
        for item in self._package.spine:
            if item.properties:
                references[item.file].set("properties", " ".join(item.properties))

    def _write_opf_file(self, root: Any) -> None:
        root.set(XML_LANG, self._package.language)
        # EbookLib declares the reserved prefix `rendition` (EPUB 3.3, D.1.4).
        root.attrib.pop("prefix", None)
        document = etree.tostring(root, pretty_print=True, encoding="utf-8", xml_declaration=True)
        self.out.writestr(self._package.name, document)


class _Archive(zipfile.ZipFile):
    """A ZIP file that does not depend on the clock or the machine."""

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        entry = _entry(name, self.compression if compress_type is None else compress_type)
        super().writestr(entry, data, entry.compress_type, compresslevel or self.compresslevel)

    def copy(self, name: str, path: Path) -> None:
        """Store a compressed file without reading it as a whole."""
        with path.open("rb") as source, self.open(_entry(name, zipfile.ZIP_STORED), "w") as target:
            shutil.copyfileobj(source, target)


def _entry(name: str, compress_type: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = compress_type
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
