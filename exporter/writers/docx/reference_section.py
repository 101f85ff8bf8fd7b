"""Paper, running heads and feet of the house (ECMA-376-1, 17.6.17, 17.10)."""

from __future__ import annotations

from copy import deepcopy

from exporter.model import Direction, Metadata
from exporter.writers.docx import parts
from exporter.writers.docx.package import Package, Part
from exporter.writers.docx.reference import Reference, rename
from exporter.writers.docx.xml import NAMESPACES, Element, add, name

_KINDS = {
    "headerReference": ("header", parts.HEADER, parts.TO_HEADER),
    "footerReference": ("footer", parts.FOOTER, parts.TO_FOOTER),
}
_PICTURES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "svg": "image/svg+xml",
}
_APART = 1_000_000
"""Numbers of pictures in running heads are this far from those of the text, so that each is its own."""
_KEPT = ("pgSz", "pgMar", "pgBorders", "pgNumType", "cols", "vAlign", "titlePg", "docGrid")
"""What is taken over of a section, in the order of the schema."""


class ReferenceSection:
    """The last section of the model, as it goes into the document."""

    def __init__(self, package: Package, reference: Reference) -> None:
        self._package = package
        self._reference = reference
        self._pictures: dict[str, Part] = {}
        self.framed = any(True for _ in reference.frames())
        """Whether the model has a running head or foot; else ours are used."""

    def add_frames(self, section: Element) -> None:
        """Append its running heads and feet to the properties of a section.

        Raises:
            SettingsError: One of them cannot be taken over.
        """
        for number, (asked, source, root) in enumerate(self._reference.frames(), 1):
            local = str(asked.tag).rpartition("}")[2]
            word, content_type, relation = _KINDS[local]
            rename([root], self._reference.renamed)
            part = self._package.add_part(f"/word/{word}{number}.xml", content_type, root)
            self._relate(part, root, source)
            for index, picture in enumerate(root.iter(name("wp:docPr"))):
                picture.set("id", str(number * _APART + index))
            kind = asked.get(name("w:type")) or "default"
            identifier = self._package.document.relate_to(part, relation)
            add(section, local, {"w:type": kind, "r:id": identifier})

    def add_properties(self, section: Element, metadata: Metadata) -> None:
        """Append paper, margins and what else a section says."""
        theirs = self._reference.section
        assert theirs is not None
        for tag in _KEPT:
            found = theirs.find(name(tag))
            if found is not None:
                section.append(deepcopy(found))
            if tag == "titlePg" and metadata.direction is Direction.RTL:
                add(section, "bidi")

    @property
    def mirrored(self) -> bool:
        """Whether even and odd pages have running heads of their own (17.10.1)."""
        settings = self._reference.settings
        return settings is not None and settings.find(name("evenAndOddHeaders")) is not None

    def _relate(self, part: Part, root: Element, source: str) -> None:
        relations = self._reference.package.relations(source)
        for element in root.iter():
            for key, value in list(element.attrib.items()):
                if not str(key).startswith(f"{{{NAMESPACES['r']}}}"):
                    continue
                relation = relations[str(value)]
                if relation.external:
                    identifier = part.relate_outside(relation.target, parts.TO_HYPERLINK)
                else:
                    identifier = part.relate_to(self._picture(relation.target, str(value), source), parts.TO_IMAGE)
                element.set(key, identifier)

    def _picture(self, target: str, identifier: str, source: str) -> Part:
        if target not in self._pictures:
            suffix, data = self._reference.picture(self._reference.package.relations(source)[identifier])
            if suffix not in _PICTURES:
                raise self._reference.refusal(f"A running head or foot has a picture of the kind “{suffix}”.")
            address = f"/word/media/house{len(self._pictures) + 1}.{suffix}"
            self._pictures[target] = self._package.add_part(address, _PICTURES[suffix], data)
        return self._pictures[target]
