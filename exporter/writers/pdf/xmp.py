"""The metadata stream of the file: what it is about and which standards it keeps (ISO 16684-1, XMP).

The page engine can name one standard and appends a second RDF for others, which validators do not read; so the whole
packet is made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfd": "http://pdfa.org/declarations/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}


class Claims(NamedTuple):
    """The standards that a file says it keeps."""

    properties: tuple[tuple[str, str], ...]
    """Identifying properties, such as ("pdfuaid:part", "1")."""
    declarations: tuple[str, ...] = ()
    """Addresses of PDF Declarations (PDF Association, 2019)."""
    extension: str = ""
    """Description of properties that PDF/A-2 does not know (ISO 19005-2, 6.6.2.3.3)."""


_UA_SCHEMA = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""

# ISO 19005-2, 6.6.4, and ISO 14289-1, clause 5.
A_2A_UA_1 = Claims((("pdfaid:part", "2"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")), extension=_UA_SCHEMA)
# ISO 19005-4, 6.7.3; ISO 14289-2, clause 5; Well-Tagged PDF 1.0, 6.1.3.
A_4_UA_2 = Claims(
    (("pdfaid:part", "4"), ("pdfaid:rev", "2020"), ("pdfuaid:part", "2"), ("pdfuaid:rev", "2024")),
    ("http://pdfa.org/declarations/wtpdf#accessibility1.0", "http://pdfa.org/declarations/wtpdf#reuse1.0"),
)


A_4_F_UA_2 = A_4_UA_2._replace(properties=(*A_4_UA_2.properties, ("pdfaid:conformance", "F")))
"""The same for a file with other files in it (ISO 19005-4, annex A)."""


class About(NamedTuple):
    """The description of a publication; the information dictionary has the same."""

    title: str
    creators: Sequence[str]
    description: str
    keywords: str
    language: str
    created: str
    """ISO 8601, like all dates; empty when it is not known."""
    modified: str
    producer: str


def packet(about: About, claims: Claims) -> bytes:
    """Return the packet, in one RDF description."""
    lines = [f"<{name}>{escape(value)}</{name}>" for name, value in claims.properties]
    if claims.declarations:
        items = "".join(
            f'<rdf:li rdf:parseType="Resource"><pdfd:conformsTo>{escape(address)}</pdfd:conformsTo></rdf:li>'
            for address in claims.declarations
        )
        lines.append(f"<pdfd:declarations><rdf:Bag>{items}</rdf:Bag></pdfd:declarations>")
    if claims.extension:
        lines.append(claims.extension)
    lines.append("<dc:format>application/pdf</dc:format>")
    lines += _alternatives("dc:title", about.title)
    if about.creators:
        items = "".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in about.creators)
        lines.append(f"<dc:creator><rdf:Seq>{items}</rdf:Seq></dc:creator>")
    lines += _alternatives("dc:description", about.description)
    if about.language:
        lines.append(f"<dc:language><rdf:Bag><rdf:li>{escape(about.language)}</rdf:li></rdf:Bag></dc:language>")
    simple = {
        "pdf:Keywords": about.keywords,
        "pdf:Producer": about.producer,
        "xmp:CreateDate": about.created,
        "xmp:ModifyDate": about.modified,
    }
    lines += [f"<{name}>{escape(value)}</{name}>" for name, value in simple.items() if value]
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    inside = "\n".join(lines)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" {spaces}>
{inside}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""".encode()


def _alternatives(name: str, text: str) -> list[str]:
    if not text:
        return []
    return [f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>']
