"""The standards that a PDF says it keeps, and the profiles of validators that they are held against.

Sources: ISO 14289-1, 5 and ISO 14289-2, 5 (pdfuaid); ISO 19005-2, 6.6.4 and ISO 19005-4, 6.7.3 (pdfaid); PDF
Declarations 1.0 (pdfd), by which Well-Tagged PDF is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple


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
    """ISO 19005-4, annex A: with other files in it."""
    WTPDF_ACCESSIBILITY = "WTPDF-1-0-Accessibility"
    """Well-Tagged PDF 1.0, conformance level accessibility."""
    WTPDF_REUSE = "WTPDF-1-0-Reuse"
    """Well-Tagged PDF 1.0, conformance level reuse."""

    @property
    def title(self) -> str:
        """Its name as people write it, such as `PDF/A-2a`."""
        if self.name.startswith("WTPDF"):
            return f"WTPDF 1.0 {self.name.partition('_')[2].lower()}"
        family, _, level = self.name.partition("_")
        part = level[:1] + level[1:].lower()
        return f"PDF/{family}-{part}"


class Held(NamedTuple):
    """What a file is held against."""

    profiles: tuple[Profile, ...]
    claimed: bool
    """Whether the file says so; else it is held against PDF/UA to see what it lacks."""


_UA = "http://www.aiim.org/pdfua/ns/id/"
_A = "http://www.aiim.org/pdfa/ns/id/"
_DECLARED = {
    "http://pdfa.org/declarations/wtpdf#accessibility1.0": Profile.WTPDF_ACCESSIBILITY,
    "http://pdfa.org/declarations/wtpdf#reuse1.0": Profile.WTPDF_REUSE,
}


def profiles_to_check(path: Path) -> Held:
    """Return what a PDF is to be held against.

    Raises:
        pikepdf.PdfError, OSError: It cannot be read.
    """
    from exporter.inspect.pdf import open_pdf

    with open_pdf(path) as file:
        metadata = file.catalog.get("/Metadata")
        xmp, version = metadata.read_bytes() if hasattr(metadata, "read_bytes") else b"", file.version
    claimed = claims(xmp)
    if claimed:
        return Held(claimed, claimed=True)
    return Held((Profile.UA_2 if version >= "2.0" else Profile.UA_1,), claimed=False)


def claims(xmp: bytes) -> tuple[Profile, ...]:
    """Return the standards that metadata claim, as far as validators know them; none when they cannot be read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(xmp, parser)
    except etree.XMLSyntaxError:
        return ()
    if root is None:
        return ()
    values = dict(_properties(root))
    found: list[Profile] = []
    if part := values.get(f"{{{_UA}}}part"):
        found += [profile for profile in (Profile.UA_1, Profile.UA_2) if profile.name == f"UA_{part}"]
    if part := values.get(f"{{{_A}}}part"):
        name = f"A_{part}{values.get(f'{{{_A}}}conformance', '').upper()}"
        found += [profile for profile in Profile if profile.name == name]
    said = {text.strip() for text in root.itertext()}
    found += [profile for address, profile in _DECLARED.items() if address in said]
    return tuple(found)


def _properties(root: Any) -> Iterator[tuple[str, str]]:
    """Yield the simple properties of XMP, which may be written as elements or as attributes (ISO 16684-1, 7.4)."""
    for element in root.iter():
        if isinstance(element.tag, str):
            yield from ((str(name), str(value).strip()) for name, value in element.attrib.items())
            yield element.tag, (element.text or "").strip()
