"""What a PDF claims, however its metadata are written."""

from __future__ import annotations

import pytest

from exporter.validate.outside.claims import Profile, claims


@pytest.mark.parametrize(
    ("xmp", "profiles"),
    [
        ("", ()),
        ("<pdfuaid:part>1</pdfuaid:part>", (Profile.UA_1,)),
        ('<rdf:Description pdfuaid:part="1" pdfaid:part="2" pdfaid:conformance="A"/>', (Profile.UA_1, Profile.A_2A)),
        ("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>", (Profile.A_3U,)),
        ("<pdfuaid:part>2</pdfuaid:part><pdfaid:part>4</pdfaid:part>", (Profile.UA_2, Profile.A_4)),
        ("<pdfaid:part> 4 </pdfaid:part><pdfaid:conformance>F</pdfaid:conformance>", (Profile.A_4F,)),
        ("<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#reuse1.0</pdfd:conformsTo>", (Profile.WTPDF_REUSE,)),
        ("<pdfaid:part>9</pdfaid:part>", ()),
        ("<pdfaid:part>", ()),
    ],
)
def test_claims_are_read(xmp: str, profiles: tuple[Profile, ...]) -> None:
    assert claims(xmp) == profiles


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
