"""EPUB publications: the package document and what its manifest lists (EPUB 3.3, 5)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from exporter.inspect.archive import Archive, resolve
from exporter.inspect.xml import parse

CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


class Package:
    """The package document of an EPUB.

    Args:
        archive: The EPUB; it stays open as long as the package is used.

    Raises:
        KeyError: The archive has no container or no package document.
        ArchiveError, LimitError: It cannot be read.
        lxml.etree.XMLSyntaxError: It is not well-formed.
        ValueError: The container names no package document.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        rootfile = parse(archive.read("META-INF/container.xml")).find(f".//{CONTAINER}rootfile")
        if rootfile is None or not rootfile.get("full-path"):
            raise ValueError("its container names no package")
        self.name: str = rootfile.get("full-path")
        self.root = parse(archive.read(self.name))

    @cached_property
    def items(self) -> dict[str, Any]:
        """The items of the manifest by their ID."""
        return {item.get("id"): item for item in self.root.iterfind(f"{OPF}manifest/{OPF}item")}

    @property
    def spine(self) -> list[str]:
        """The IDs of the items in reading order, as far as the manifest has them or not."""
        return [reference.get("idref") for reference in self.root.iterfind(f"{OPF}spine/{OPF}itemref")]

    @property
    def navigation_items(self) -> list[Any]:
        """The items that are navigation documents."""
        return [item for item in self.items.values() if "nav" in (item.get("properties") or "").split()]

    def path(self, item: Any) -> str:
        """Return the name of an item in the archive."""
        return resolve(self.name, item.get("href") or "")
