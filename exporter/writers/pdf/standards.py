"""Requirements of the standards that a file claims, besides its tags."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from exporter.writers.pdf import xmp
from exporter.writers.pdf.options import Standard

if TYPE_CHECKING:
    from weasyprint import Document


class Made(NamedTuple):
    """The requirements of a standard."""

    version: str
    """Of PDF."""
    claims: xmp.Claims


STANDARDS = {
    Standard.UA_1: Made("1.7", xmp.A_2A_UA_1),
    Standard.UA_2: Made("2.0", xmp.A_4_UA_2),
}


def keep(document: Document, pdf: Any, standard: Standard) -> None:
    """Complete a file, just before it is written, to what it claims to be."""
    import pydyf

    claims = STANDARDS[standard].claims
    if claims is xmp.A_4_UA_2 and "EmbeddedFiles" in pdf.catalog.get("Names", {}):
        claims = xmp.A_4_F_UA_2
    metadata = pydyf.Stream([xmp.packet(about(document), claims)], _METADATA)
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference
    _colours(pdf)
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Stream) and entry.extra.get("Subtype") == "/Image":
            entry.extra.pop("Interpolate", None)  # ISO 19005-2, 6.2.8.1
        elif isinstance(entry, pydyf.Dictionary) and entry.get("Type") == "/Annot":
            entry["F"] = _PRINTED
    if standard is Standard.UA_2:
        pdf.info.clear()  # ISO 19005-4, 6.1.3


_METADATA = {"Type": "/Metadata", "Subtype": "/XML"}
_PRINTED = 4
"""The flag of annotations that are not hidden (ISO 19005-2, 6.3.2)."""


def _colours(pdf: Any) -> None:
    """Add an output intent for sRGB (ISO 19005-2, 6.2.3)."""
    import pydyf
    from weasyprint import pdf as engine

    # The engine has the profile but leaves its file open when it is asked for it.
    profile = Path(engine.__file__).with_name("sRGB2014.icc").read_bytes()
    stream = pydyf.Stream([profile], {"N": 3}, compress=True)
    pdf.add_object(stream)
    name = pydyf.String("sRGB IEC61966-2.1")
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": name,
        "Info": name,
        "DestOutputProfile": stream.reference,
    }
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])


def about(document: Document) -> xmp.About:
    """Return the description of a file: what its pages are about."""
    import weasyprint

    metadata = document.metadata
    return xmp.About(
        title=metadata.title or "",
        creators=metadata.authors,
        description=metadata.description or "",
        keywords=", ".join(metadata.keywords),
        language=metadata.lang or "",
        created=metadata.created or "",
        modified=metadata.modified or "",
        producer=f"WeasyPrint {weasyprint.__version__}",
    )
