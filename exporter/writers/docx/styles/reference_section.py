"""Section of the reference document: paper size, headers and footers (ECMA-376-1, 17.6.17, 17.10)."""

from __future__ import annotations

from copy import deepcopy

from exporter.inspect.docx.xml import NAMESPACES, name
from exporter.model import Direction, Metadata
from exporter.writers.docx import parts
from exporter.writers.docx.package import Package, Part
from exporter.writers.docx.styles.reference import Reference, rename
from exporter.writers.docx.xml import Element, add

_KINDS = {
    "headerReference": ("header", parts.HEADER, parts.TO_HEADER),
    "footerReference": ("footer", parts.FOOTER, parts.TO_FOOTER),
}
_IMAGE_TYPES = {
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
_ID_STEP = 1_000_000
"""Distance between the drawing IDs of headers and those of the text, so that they are unique."""
_COPIED = ("pgSz", "pgMar", "pgBorders", "pgNumType", "cols", "vAlign", "titlePg", "docGrid")
"""Section properties that are copied, in schema order."""


class ReferenceSection:
    """The last section of the reference document, to be copied into a package."""

    def __init__(self, package: Package, reference: Reference) -> None:
        self._package = package
        self._reference = reference
        self._images: dict[str, Part] = {}
        self.has_headers = any(True for _ in reference.headers_and_footers())
        """Whether it has a header or footer; otherwise the default ones are used."""

    def add_headers_and_footers(self, section: Element) -> None:
        """Append its headers and footers to the properties of a section.

        Raises:
            SettingsError: One of them cannot be used.
        """
        for number, (reference_element, source, root) in enumerate(self._reference.headers_and_footers(), 1):
            local = str(reference_element.tag).rpartition("}")[2]
            file_stem, content_type, relation = _KINDS[local]
            rename([root], self._reference.renamed)
            # The parity check knows by the name that they may say anything.
            part = self._package.add_part(f"/word/house-{file_stem}{number}.xml", content_type, root)
            self._relate(part, root, source)
            for index, drawing in enumerate(root.iter(name("wp:docPr"))):
                drawing.set("id", str(number * _ID_STEP + index))
            kind = reference_element.get(name("w:type")) or "default"
            identifier = self._package.document.relate_to(part, relation)
            add(section, local, {"w:type": kind, "r:id": identifier})

    def add_properties(self, section: Element, metadata: Metadata) -> None:
        """Append paper size, margins and other section properties."""
        section_properties = self._reference.section
        assert section_properties is not None
        for tag in _COPIED:
            element = section_properties.find(name(tag))
            if element is not None:
                section.append(deepcopy(element))
            if tag == "titlePg" and metadata.direction is Direction.RTL:
                add(section, "bidi")

    @property
    def mirrored(self) -> bool:
        """Whether even and odd pages have different headers (17.10.1)."""
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
                    identifier = part.relate_to(self._image_part(relation.target, str(value), source), parts.TO_IMAGE)
                element.set(key, identifier)

    def _image_part(self, target: str, identifier: str, source: str) -> Part:
        if target not in self._images:
            suffix, data = self._reference.read_image(self._reference.package.relations(source)[identifier])
            if suffix not in _IMAGE_TYPES:
                raise self._reference.refusal(f"Unsupported image format in a header or footer: “{suffix}”.")
            address = f"/word/media/house{len(self._images) + 1}.{suffix}"
            self._images[target] = self._package.add_part(address, _IMAGE_TYPES[suffix], data)
        return self._images[target]
