"""What a PDF claims, however its metadata are written."""

from __future__ import annotations

import pytest

from exporter.validate.external.claimed_standards import Profile, claims

UA, A, D = "http://www.aiim.org/pdfua/ns/id/", "http://www.aiim.org/pdfa/ns/id/", "http://pdfa.org/declarations/"


def xmp(inside: str, attributes: str = "") -> bytes:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:pdfuaid="{UA}" xmlns:pdfaid="{A}" xmlns:n="{UA}" xmlns:pdfd="{D}" {attributes}>'
        f"{inside}"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


@pytest.mark.parametrize(
    ("metadata", "profiles"),
    [
        (b"", ()),
        (b"no XML", ()),
        (xmp("<pdfuaid:part>1</pdfuaid:part>"), (Profile.UA_1,)),
        (xmp("<n:part>1</n:part>"), (Profile.UA_1,)),
        (xmp("", 'pdfuaid:part="1" pdfaid:part="2" pdfaid:conformance="A"'), (Profile.UA_1, Profile.A_2A)),
        (xmp("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>"), (Profile.A_3U,)),
        (xmp("<pdfuaid:part>2</pdfuaid:part><pdfaid:part>4</pdfaid:part>"), (Profile.UA_2, Profile.A_4)),
        (xmp("<pdfaid:part> 4 </pdfaid:part><pdfaid:conformance>F</pdfaid:conformance>"), (Profile.A_4F,)),
        (xmp(f"<pdfd:conformsTo>{D}wtpdf#reuse1.0</pdfd:conformsTo>"), (Profile.WTPDF_REUSE,)),
        (xmp("<pdfaid:part>9</pdfaid:part>"), ()),
        (xmp("<pdfuaid:part>1</pdfuaid:part>").decode().encode("utf-16"), (Profile.UA_1,)),
    ],
)
def test_claims_are_read(metadata: bytes, profiles: tuple[Profile, ...]) -> None:
    assert claims(metadata) == profiles


@pytest.mark.parametrize(
    ("profile", "title"),
    [
        (Profile.UA_1, "PDF/UA-1"),
        (Profile.UA_2, "PDF/UA-2"),
        (Profile.A_2A, "PDF/A-2a"),
        (Profile.A_4F, "PDF/A-4f"),
        (Profile.A_4, "PDF/A-4"),
        (Profile.WTPDF_ACCESSIBILITY, "WTPDF 1.0 accessibility"),
    ],
)
def test_standards_are_named_as_people_write_them(profile: Profile, title: str) -> None:
    assert profile.title == title
