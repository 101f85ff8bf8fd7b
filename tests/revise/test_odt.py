"""Changes in OpenDocument texts."""

from __future__ import annotations

import re

import pytest

from exporter import model as m
from exporter.errors import SourceError
from exporter.revise import AltText, Change, DecorativeImage, HeaderRows, PassageLanguage, TableCaption, Title, odt
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


TEXT = (
    '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:x="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><o:automatic-styles><o:s/></o:automatic-styles>'
    '<o:body><o:text><t:p t:class="el agua">It is <t:span>el\n agua</t:span>.<t:note><t:p>N</t:p></t:note></t:p>'
    "<t:p>Sí</t:p><t:p>Sí</t:p><x:table><x:table-row><x:table-cell><t:p>A</t:p></x:table-cell></x:table-row>"
    "<x:table-row><x:table-cell><t:p>B</t:p></x:table-cell></x:table-row></x:table></o:text></o:body>"
    "</o:document-content>"
)


def _at(anchor: int) -> m.At:
    return m.At(source=m.Source("a.odt", anchor=anchor))


def _paragraph(anchor: int, text: str) -> m.Paragraph:
    return m.Paragraph(at=_at(anchor), children=(m.Text(text),))


ROWS = tuple(m.Row(cells=(m.Cell(children=(_paragraph(number, text),)),)) for number, text in ((4, "A"), (5, "B")))
TREE = m.Publication(
    metadata=m.Metadata(),
    body=(
        _paragraph(1, "It is el agua."),
        _paragraph(2, "Sí"),
        _paragraph(3, "Sí"),
        m.Table(at=_at(4), columns=(m.Column(),), bodies=(ROWS,)),
    ),
)


def _source(anchor: int) -> m.Source:
    return m.Source("other.odt", anchor=anchor)


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (TableCaption(_source(4), "A & B"), 't:style-name="Caption">A &amp; B</t:p><x:table>'),
        (HeaderRows(_source(4), 1), "<x:table><x:table-header-rows><x:table-row><x:table-cell><t:p>A</t:p>"),
        (HeaderRows(_source(4), 1), "</x:table-row></x:table-header-rows><x:table-row><x:table-cell><t:p>B"),
        (PassageLanguage(_source(1), "es", "el agua"), '<t:span><t:span t:style-name="Language_es">el\n agua</t:span>'),
        (
            PassageLanguage(_source(3), "es-MX"),
            '<t:p>Sí</t:p><t:p><t:span t:style-name="Language_es-MX">Sí</t:span></t:p>',
        ),
        (PassageLanguage(_source(3), "es-MX"), 'fo:language="es" fo:country="MX"/></style:style></o:automatic-styles>'),
        (PassageLanguage(_source(2), "ar"), 'style:language-complex="ar" style:country-complex="none"'),
    ],
)
def test_tables_and_languages(change: Change, after: str) -> None:
    data, refusals = odt.apply(zipped({**FILES, "content.xml": TEXT}), TREE, [change])
    assert refusals == [None]
    content = re.sub(r' xmlns:(?:text|table|style|fo)="[^"]*"', "", parts_of(data)["content.xml"].decode())
    content = content.replace("text:", "t:").replace("table:", "x:").replace("&#237;", "í")
    assert after in content


def test_two_passages_share_a_style() -> None:
    changes = [PassageLanguage(_source(number), "es") for number in (2, 3)]
    data, refusals = odt.apply(zipped({**FILES, "content.xml": TEXT}), TREE, changes)
    assert refusals == [None, None]
    assert parts_of(data)["content.xml"].count(b'style:name="Language_es"') == 1


@pytest.mark.parametrize(
    "change",
    [
        TableCaption(_source(1), "A"),
        HeaderRows(_source(4), 2),
        PassageLanguage(_source(1), "es", "la sal"),
        PassageLanguage(_source(9), "es"),
    ],
)
def test_what_is_not_found_is_not_changed(change: Change) -> None:
    data = zipped({**FILES, "content.xml": TEXT})
    after, refusals = odt.apply(data, TREE, [change])
    assert after == data
    assert refusals[0] is not None


@pytest.mark.parametrize("data", [b"PK", zipped({"content.xml": CONTENT})[:-30]])
def test_damaged_files(data: bytes) -> None:
    with pytest.raises(SourceError):
        odt.apply(data, BEFORE, [])
