"""The standards to which a PDF claims conformance, and the validation profiles for them.

Sources: ISO 14289-1, 5 and ISO 14289-2, 5 (pdfuaid); ISO 19005-2, 6.6.4 and ISO 19005-4, 6.7.3 (pdfaid); PDF
Declarations 1.0 (pdfd), by which Well-Tagged PDF is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from exporter.xml_parser import xml_parser


class Profile(Enum):
    """A standard; the value is veraPDF's name of its profile."""

    UA_1 = "PDFUA-1"
    """ISO 14289-1."""
    UA_2 = "PDFUA-2-ISO32005"
    """ISO 14289-2, with the nesting of structure elements by ISO 32005."""
    A_1A = "PDFA-1A"
    """ISO 19005-1, level A."""
    A_1B = "PDFA-1B"
    A_2A = "PDFA-2A"
    """ISO 19005-2, level A."""
    A_2B = "PDFA-2B"
    A_2U = "PDFA-2U"
    A_3A = "PDFA-3A"
    """ISO 19005-3, level A."""
    A_3B = "PDFA-3B"
    A_3U = "PDFA-3U"
    A_4 = "PDFA-4"
    """ISO 19005-4."""
    A_4E = "PDFA-4E"
    """ISO 19005-4, annex B: for engineering."""
    A_4F = "PDFA-4F"
    """ISO 19005-4, annex A: with embedded files."""
    WTPDF_ACCESSIBILITY = "WTPDF-1-0-Accessibility"
    """Well-Tagged PDF 1.0, conformance level accessibility."""
    WTPDF_REUSE = "WTPDF-1-0-Reuse"
    """Well-Tagged PDF 1.0, conformance level reuse."""

    @property
    def title(self) -> str:
        """The usual name, such as `PDF/A-2a`."""
        if self.name.startswith("WTPDF"):
            return f"WTPDF 1.0 {self.name.partition('_')[2].lower()}"
        family, _, level = self.name.partition("_")
        part = level[:1] + level[1:].lower()
        return f"PDF/{family}-{part}"


class ProfilesToCheck(NamedTuple):
    """The profiles against which a file is checked."""

    profiles: tuple[Profile, ...]
    claimed: bool
    """Whether the file claims them; a file without a claim is checked against PDF/UA."""


_PDFUA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
_PDFA_NAMESPACE = "http://www.aiim.org/pdfa/ns/id/"
_DECLARATIONS = {
    "http://pdfa.org/declarations/wtpdf#accessibility1.0": Profile.WTPDF_ACCESSIBILITY,
    "http://pdfa.org/declarations/wtpdf#reuse1.0": Profile.WTPDF_REUSE,
}


def profiles_to_check(path: Path) -> ProfilesToCheck:
    """Return the profiles against which a PDF is to be checked.

    Raises:
        pikepdf.PdfError, OSError: It cannot be read.
    """
    from exporter.inspect.pdf import open_pdf

    with open_pdf(path) as file:
        metadata = file.catalog.get("/Metadata")
        xmp, version = metadata.read_bytes() if hasattr(metadata, "read_bytes") else b"", file.version
    claimed = claims(xmp)
    if claimed:
        return ProfilesToCheck(claimed, claimed=True)
    return ProfilesToCheck((Profile.UA_2 if version >= "2.0" else Profile.UA_1,), claimed=False)


def claims(xmp: bytes) -> tuple[Profile, ...]:
    """Return the profiles of the standards that XMP metadata claim; none if the metadata cannot be read."""
    from lxml import etree

    parser = xml_parser(recover=True)
    try:
        root = etree.fromstring(xmp, parser)
    except etree.XMLSyntaxError:
        return ()
    if root is None:
        return ()
    values = dict(_properties(root))
    profiles: list[Profile] = []
    if part := values.get(f"{{{_PDFUA_NAMESPACE}}}part"):
        profiles += [profile for profile in (Profile.UA_1, Profile.UA_2) if profile.name == f"UA_{part}"]
    if part := values.get(f"{{{_PDFA_NAMESPACE}}}part"):
        name = f"A_{part}{values.get(f'{{{_PDFA_NAMESPACE}}}conformance', '').upper()}"
        profiles += [profile for profile in Profile if profile.name == name]
    texts = {text.strip() for text in root.itertext()}
    profiles += [profile for address, profile in _DECLARATIONS.items() if address in texts]
    return tuple(profiles)


def _properties(root: Any) -> Iterator[tuple[str, str]]:
    """Yield the simple properties of XMP, which may be written as elements or as attributes (ISO 16684-1, 7.4)."""
    for element in root.iter():
        if isinstance(element.tag, str):
            yield from ((str(name), str(value).strip()) for name, value in element.attrib.items())
            yield element.tag, (element.text or "").strip()
