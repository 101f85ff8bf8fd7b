"""The package: its parts, its relationships and a zip whose bytes depend on nothing else (ECMA-376-2)."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any, cast

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from lxml import etree

from exporter.errors import StepError
from exporter.writers.docx.xml import STORY_NAMESPACES, Element, root

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: the first that a zip can hold."""

_STORED = frozenset({".png", ".jpeg", ".gif"})
_NUMBER = re.compile(r"(\d+)")


class Package:
    """The parts of one document while it is being written."""

    def __init__(self, styles: Path) -> None:
        self._opc = OpcPackage()
        self._styles = styles
        self.document = self.add_part("/word/document.xml", CT.WML_DOCUMENT_MAIN, root("document"))
        self._opc.relate_to(self.document, RT.OFFICE_DOCUMENT)

    def add_part(self, address: str, content_type: str, element: Element) -> XmlPart:
        """Add a part that is XML; somebody has to relate to it."""
        return XmlPart(PackURI(address), content_type, cast(Any, element), cast(Any, self._opc))

    def add_story(self, address: str, content_type: str, relation: str, tag: str) -> XmlPart:
        """Add a part of text (notes, header, footer), related to the main document."""
        part = self.add_part(address, content_type, root(tag, STORY_NAMESPACES))
        self.document.relate_to(part, relation)
        return part

    def add_style_file(self, file: str, address: str, content_type: str, relation: str) -> XmlPart:
        """Add a part from the folder of styles, related to the main document.

        Raises:
            StepError: The file is missing or is not XML.
        """
        path = self._styles / "docx" / file
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_blank_text=True)
        try:
            element = etree.parse(path, parser).getroot()
        except (OSError, etree.XMLSyntaxError) as error:
            raise StepError(f"The style file “docx/{file}” cannot be used: {error}.", advice="Mend it.") from error
        part = self.add_part(address, content_type, element)
        self.document.relate_to(part, relation)
        return part

    def add_data(self, address: str, content_type: str, data: bytes) -> Part:
        """Add a part that is not XML, such as a picture; somebody has to relate to it."""
        return Part(PackURI(address), content_type, data, cast(Any, self._opc))

    def add_properties(self, address: str, content_type: str, relation: str, element: Element) -> None:
        """Add a part about the whole package."""
        self._opc.relate_to(self.add_part(address, content_type, element), relation)

    def save(self, target: Path, scratch: Path) -> None:
        """Write the package: content types first, entries in the order of their names, one date, no host in them."""
        draft = scratch / "draft.docx"
        self._opc.save(str(draft))
        with zipfile.ZipFile(draft) as source, zipfile.ZipFile(target, "w") as out:
            for name in sorted(source.namelist(), key=_place):
                entry = zipfile.ZipInfo(name, EARLIEST)
                # Pictures are compressed already.
                stored = Path(name).suffix in _STORED
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                entry.create_system = 0
                out.writestr(entry, source.read(name))
        draft.unlink()


def _place(name: str) -> tuple[int, list[str | int]]:
    first = {"[Content_Types].xml": 0, "_rels/.rels": 1, "word/document.xml": 2}
    parts = [int(part) if part.isdigit() else part for part in _NUMBER.split(name)]
    return first.get(name, 3), parts
