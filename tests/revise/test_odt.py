"""Changes in OpenDocument texts."""

from __future__ import annotations

import pytest

from exporter import model as m
from exporter.errors import SourceError
from exporter.revise import AltText, DecorativeImage, HeaderRows, Title, odt
from tests.readers.docx.files import zipped
from tests.report.test_word_comments import parts_of

CONTENT = (
    '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:svg="{svg}" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><o:body><o:text>'
    '<draw:frame draw:name="a"><draw:image/></draw:frame><draw:frame><draw:object/><draw:image/></draw:frame>'
    "<draw:frame><draw:image/><svg:title>T</svg:title><svg:desc>old</svg:desc><draw:contour-path/></draw:frame>"
    "</o:text></o:body></o:document-content>"
).replace("{svg}", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0")
META = '<o:document-meta xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><o:meta/></o:document-meta>'
FILES = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": CONTENT,
    "meta.xml": META,
    "a.png": b"\x89",
}
SOURCES = [m.Source("a.odt", anchor=number) for number in (3, 5)]
BEFORE = m.Publication(
    metadata=m.Metadata(),
    body=tuple(
        m.Figure(images=(m.Image(at=m.At(source=source), source="a.png", alt=m.Undescribed()),)) for source in SOURCES
    ),
)


def test_alt_texts_and_the_title_are_changed_and_nothing_else() -> None:
    data = zipped(FILES)
    changes = [AltText(SOURCES[0], "A & <b>"), DecorativeImage(SOURCES[1]), Title("T & t"), HeaderRows(SOURCES[0], 1)]
    after, refusals = odt.apply(data, BEFORE, changes)
    assert [refusal is None for refusal in refusals] == [True, True, True, False]
    parts, old = parts_of(after), parts_of(data)
    assert list(parts) == list(old)
    assert {name for name in parts if parts[name] != old[name]} == {"content.xml", "meta.xml"}
    content = parts["content.xml"].decode()
    assert (
        '<draw:image/><svg:desc xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0">A &amp; '
        in content
    )
    assert 'loext:decorative="true"' in content
    assert "<svg:title></svg:title><svg:desc></svg:desc><draw:contour-path/>" in content
    assert ">T &amp; t</dc:title></o:meta>" in parts["meta.xml"].decode()
    back, _ = odt.apply(after, BEFORE, [AltText(SOURCES[1], "B"), Title("Other")])
    assert 'loext:decorative="false"' in parts_of(back)["content.xml"].decode()
    assert ">Other</dc:title></o:meta>" in parts_of(back)["meta.xml"].decode()


def test_images_that_cannot_be_told_apart_are_not_changed() -> None:
    data = zipped({**FILES, "content.xml": CONTENT.replace("<draw:object/>", "")})
    after, refusals = odt.apply(data, BEFORE, [AltText(SOURCES[0], "A")])
    assert after == data
    assert "was not found" in str(refusals[0])


@pytest.mark.parametrize("data", [b"PK", zipped({"content.xml": CONTENT})[:-30]])
def test_damaged_files(data: bytes) -> None:
    with pytest.raises(SourceError):
        odt.apply(data, BEFORE, [])
