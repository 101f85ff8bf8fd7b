"""Captions of pictures, and typed lines that become captions, in manuscripts of four formats."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from exporter import model as m
from exporter.model.walk import images, plain_text, walk
from exporter.revise import CaptionParagraph, FigureCaption, TableCaption, odt
from exporter.validate.lint import lint
from tests.readers.docx.files import p, package, picture, r, row, table, zipped
from tests.report.test_word_comments import parts_of
from tests.revise import test_odt, test_text, test_word
from tests.revise.test_text import at
from tests.revise.test_word import changed_parts, source_of

CAPTION = "Wells & *pumps*, <2025>"
TYPED = p("Figure 1: Wells in " + "the north")
WORD = p("Words.") + p(picture("")) + TYPED + p("More.") + table(row("a", "b"), row("1", "2")) + p("Table 1: Prices")


def captions(tree: m.Publication) -> list[str]:
    return [plain_text(node.caption) for node in walk(tree) if isinstance(node, m.Figure | m.Table)]


def paragraphs(tree: m.Publication) -> list[m.Node]:
    return [node for node in walk(tree) if isinstance(node, m.Paragraph)]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("below", [p("Words."), table(row("a", "b"), row("1", "2")), p(picture('descr="B"'))])
def test_a_caption_is_written_below_its_picture_in_word(tmp_path: Path, strict: bool, below: str) -> None:
    data = package(p("Words.") + p(picture("")) + below, strict=strict)
    tree = test_word.read_again(data)
    image = next(images(tree))
    revision, after = test_word.revised(tmp_path, data, FigureCaption(source_of(image), CAPTION))
    assert revision.results[0].is_applied, revision.results[0].reason
    assert captions(test_word.read_again(after)) == [CAPTION, *captions(tree)[1:]]
    assert changed_parts(data, after) <= {"word/document.xml", "word/styles.xml"}
    document = parts_of(after)["word/document.xml"].decode()
    assert document.index("<w:drawing") < document.index("Wells &amp;")


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("", '<w:keepNext w:val="1"/>'),
        ('<w:pStyle w:val="A"/><w:keepLines/>', '<w:pStyle w:val="A"/><w:keepNext w:val="1"/><w:keepLines/>'),
        ('<w:keepNext w:val="0"/>', '<w:keepNext w:val="1"/>'),
    ],
)
def test_a_picture_stays_on_the_page_of_its_caption(tmp_path: Path, properties: str, expected: str) -> None:
    data = package(p("Words.") + p(picture(""), properties=properties) + p("Below."))
    image = next(images(test_word.read_again(data)))
    parts = parts_of(test_word.revised(tmp_path, data, FigureCaption(source_of(image), CAPTION))[1])
    assert f"<w:pPr>{expected}</w:pPr>" in parts["word/document.xml"].decode().partition("<w:drawing")[0]
    assert b"keepNext" not in parts["word/styles.xml"]


def test_a_typed_line_stays_on_the_page_of_the_table_below_it(tmp_path: Path) -> None:
    line = p("Table 1: Prices").replace("<w:pPr></w:pPr>", "")
    data = package(p("Words.") + line + table(row("a", "b"), row("1", "2")) + p("Words."))
    typed, owner = m.Source("manuscript.docx", anchor=2), m.Source("manuscript.docx", anchor=3)
    revision, after = test_word.revised(tmp_path, data, CaptionParagraph(typed, owner))
    assert revision.results[0].is_applied, revision.results[0].reason
    document = parts_of(after)["word/document.xml"].decode()
    assert '<w:pPr><w:pStyle w:val="Caption"/><w:keepNext w:val="1"/></w:pPr>' in document


def test_typed_lines_become_captions_in_word(tmp_path: Path) -> None:
    data = package(WORD)
    tree = test_word.read_again(data)
    found = [finding for finding in lint(tree) if finding.details and finding.details.caption]
    assert [finding.rule for finding in found] == ["figure-caption", "table-caption"]
    changes = [
        CaptionParagraph(f.details.caption, f.source) for f in found if f.details and f.details.caption and f.source
    ]
    revision, after = test_word.revised(tmp_path, data, *changes)
    assert all(result.is_applied for result in revision.results)
    again = test_word.read_again(after)
    assert captions(again) == ["Figure 1: Wells in the north", "Table 1: Prices"]
    assert [plain_text(node) for node in paragraphs(again)][:2] == ["Words.", "More."]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    "beside",
    [
        picture('descr="A"', anchor=True) + r("Words beside it."),
        r("Words beside it.") + picture('descr="A"', anchor=True) + picture('descr="B"', anchor=True),
        picture('descr="A"', anchor=True) + picture('descr="B"'),
        picture('descr="A"', anchor=True),
    ],
)
def test_a_picture_that_floats_is_put_in_line_above_its_caption(tmp_path: Path, beside: str, strict: bool) -> None:
    data = package(p("Words.") + p(picture("")) + p("Words.") + p(beside) + p("Below."), strict=strict)
    tree = test_word.read_again(data)
    sources = {getattr(image.alt, "text", ""): source_of(image) for image in images(tree)}
    changes = [FigureCaption(source, CAPTION) for source in (sources[""], sources["A"])]
    revision, after = test_word.revised(tmp_path, data, *changes)
    assert [result.is_applied for result in revision.results] == [True, True], revision.results
    again = test_word.read_again(after)
    figures = [node for node in walk(again) if isinstance(node, m.Figure)]
    described = {getattr(figure.images[0].alt, "text", ""): plain_text(figure.caption) for figure in figures}
    assert described == {"": CAPTION, "A": CAPTION} | ({"B": ""} if 'descr="B"' in beside else {})
    document = parts_of(after)["word/document.xml"].decode()
    assert document.count("<wp:anchor>") == beside.count("<wp:anchor>") - 1
    assert [plain_text(node) for node in paragraphs(again)] == [plain_text(node) for node in paragraphs(tree)]


def test_a_picture_among_words_has_no_caption(tmp_path: Path) -> None:
    data = package(p("<w:r><w:t>Words </w:t></w:r>" + picture("") + r(" and more.")) + p("Below."))
    image = next(images(test_word.read_again(data)))
    revision, after = test_word.revised(tmp_path, data, FigureCaption(source_of(image), CAPTION))
    assert after == data
    assert "would not belong to it" in revision.results[0].reason


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("![A *map* of “x”](a.png)", None),
        ('![A "map"](a.png)', '![{}](a.png){{alt="A \\"map\\""}}'),
        (r"![A 1\*2 map](a.png)", '![{}](a.png){{alt="A 1*2 map"}}'),
        ("![A map][ref]", '![{}][ref]{{alt="A map"}}'),
        ("![ref]", '![{}][ref]{{alt="ref"}}'),
        ("![A map](a.png){#fig}", '![{}](a.png){{alt="A map" #fig}}'),
        ("![](a.png){.decorative}", "![{}](a.png){{.decorative}}"),
        ('![A map](a.png){title="a .decorative b"}', '![{}](a.png){{alt="A map" title="a .decorative b"}}'),
        ("![](a.png)", None),
        ('![](a.png){alt="A map"}', '![{}](a.png){{alt="A map"}}'),
        ('![Cap](a.png){alt="A map"}', None),
        ("Words ![A map](a.png).", None),
    ],
)
def test_a_caption_in_markdown(tmp_path: Path, before: str, after: str | None) -> None:
    text = f"Words.\n\n{before}\n\nMore.\n\n[ref]: a.png\n"
    revision, new = test_text.revised(tmp_path, text, FigureCaption(at(3), CAPTION))
    expected = before if after is None else after.format(r"Wells \& \*pumps\*, \<2025\>")
    assert new == text.replace(before, expected)
    assert revision.results[0].is_applied == (after is not None)
    if after is not None:
        assert captions(test_text.read_again(new)) == [CAPTION]
        assert [image.alt for image in images(test_text.read_again(new))] == test_text.alts(text)


@pytest.mark.parametrize(
    ("lines", "paragraph", "owner", "after"),
    [
        (
            "![A](a.png)\n\nFigure 1: *Wells*\nin the north\n\nMore.",
            5,
            3,
            '![Figure 1: *Wells* in the north](a.png){alt="A"}\n\nMore.',
        ),
        ("![A](a.png)  \n\nFigure 1: Wells", 5, 3, '![Figure 1: Wells](a.png){alt="A"}  '),
        ("Figure 1: Wells\n\n![A](a.png)\n\nMore.", 3, 5, '![Figure 1: Wells](a.png){alt="A"}\n\nMore.'),
        ("> Table 1: Wells\n\n| a | b |\n|---|---|\n| 1 | 2 |", 3, 5, None),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\n\nCuadro 1. Pozos",
            7,
            3,
            "| a | b |\n|---|---|\n| 1 | 2 |\n\nTable: Cuadro 1. Pozos",
        ),
    ],
)
def test_typed_lines_become_captions_in_markdown(
    tmp_path: Path, lines: str, paragraph: int, owner: int, after: str | None
) -> None:
    text = f"Words.\n\n{lines}\n"
    revision, new = test_text.revised(tmp_path, text, CaptionParagraph(at(paragraph), at(owner)))
    assert revision.results[0].is_applied == (after is not None), revision.results[0].reason
    assert new == (text if after is None else f"Words.\n\n{after}\n")


PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><title>A</title></head><body><h1>A</h1>\n<p>Words.</p>\n{}\n'
    "<p>End.</p></body></html>"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p class="c"><img src="a.png" alt="A"></p>', '<figure class="c"><img src="a.png" alt="A">{}</figure>'),
        ('<img src="a.png" alt="A">', '<figure><img src="a.png" alt="A">{}</figure>'),
        ('<figure> <img src="a.png"/> </figure>', '<figure> <img src="a.png"/> {}</figure>'),
        (
            '<figure><a href="b"><img src="a.png" alt="A"></a></figure>',
            '<figure><a href="b"><img src="a.png" alt="A"></a>{}</figure>',
        ),
        (
            '<figure><img src="a.png" alt="A"><figcaption class="c"> </figcaption></figure>',
            '<figure><img src="a.png" alt="A">{}</figure>',
        ),
        (
            '<figure><figcaption></figcaption><p><img src="a.png" alt="A"></p></figure>',
            '<figure>{}<p><img src="a.png" alt="A"></p></figure>',
        ),
        ('<p>Words <img src="a.png" alt="A"></p>', None),
        ('<p><img src="a.png" alt="A"><img src="b.png" alt="B"></p>', None),
    ],
)
def test_a_caption_in_a_web_page(tmp_path: Path, before: str, after: str | None) -> None:
    text = PAGE.format(before)
    revision, new = test_text.revised(tmp_path, text, FigureCaption(at(4), CAPTION), name="manuscript.html")
    caption = "<figcaption>Wells &amp; *pumps*, &lt;2025&gt;</figcaption>"
    assert new == PAGE.format(before if after is None else after.format(caption))
    assert revision.results[0].is_applied == (after is not None)
    assert after is not None or "in a paragraph with other content" in revision.results[0].reason


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<p><img src="a.png" alt="A"></p>\n<p>Figure 1: <em>Wells</em></p>',
            '<figure><img src="a.png" alt="A"><figcaption>Figure 1: <em>Wells</em></figcaption></figure>\n',
        ),
        (
            "<table><tr><td>1<td>2</table>\n<p>Table 1: Wells</p>",
            "<table><caption>Table 1: Wells</caption><tr><td>1<td>2</table>\n",
        ),
        (
            '<figure><a href="b">\n<img src="a.png" alt="A"></a></figure>\n<p>Figure 1: Wells</p>',
            '<figure><a href="b">\n<img src="a.png" alt="A"></a><figcaption>Figure 1: Wells</figcaption></figure>\n',
        ),
        (
            '<table><tr><td><img src="a.png" alt="A"></table>\n<p>Table 1: Wells</p>',
            '<table><caption>Table 1: Wells</caption><tr><td><img src="a.png" alt="A"></table>\n',
        ),
        (
            '<figure><img src="a.png" alt="A">\n<p>Figure 1: Wells</p>\n</figure>',
            '<figure><img src="a.png" alt="A">\n<figcaption>Figure 1: Wells</figcaption></figure>',
        ),
        ('<p><img src="a.png"><img src="b.png"></p>\n<p>Figure 1: Wells</p>', None),
        ("<table><tr><td>1<td>2</table>\n<p>Table 1: Wells\n<p>Next words</p>", None),
        ('<p><img src="a.png" alt="A"></p>\n<p>Figure 1: Wells\n<p>Next words</p>', None),
        ("<table><tr><td>1<td>2</table>\n<p>Table 1: Wells\n<ul><li>Next words</ul></p>", None),
        (
            '<table><tr><td><p><img src="a.png"></p>\n<p>Figure 1: Wells</p></table>',
            '<table><tr><td><figure><img src="a.png"><figcaption>Figure 1: Wells</figcaption></figure>\n</table>',
        ),
    ],
)
def test_typed_lines_become_captions_in_a_web_page(tmp_path: Path, before: str, after: str | None) -> None:
    text = PAGE.format(before)
    line = text[: text.index(" 1: ")].count("\n") + 1
    _, new = test_text.revised(tmp_path, text, CaptionParagraph(at(line), at(4)), name="manuscript.html")
    assert new == (text if after is None else PAGE.format(after).replace("\n\n", "\n"))


def test_a_table_that_begins_in_the_line_of_a_picture_has_a_caption(tmp_path: Path) -> None:
    text = PAGE.format('<table><tr><td><img src="a.png" alt="A"></table>')
    _, new = test_text.revised(tmp_path, text, TableCaption(at(4), "Wells"), name="manuscript.html")
    assert new == text.replace("<table>", "<table><caption>Wells</caption>")


def test_captions_in_an_open_document() -> None:
    paragraph = '<t:p xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><draw:frame draw:name="a">'
    content = test_odt.CONTENT.replace('<draw:frame draw:name="a">', paragraph, 1).replace(
        "</draw:frame>", "</draw:frame></t:p>", 1
    )
    data = zipped({**test_odt.FILES, "content.xml": content})
    after, refusals = odt.apply(data, test_odt.BEFORE, [FigureCaption(test_odt.SOURCES[0], "A & b")])
    content = parts_of(after)["content.xml"].decode()
    assert refusals == [None], refusals
    assert content.index("<draw:image") < content.index('text:style-name="Caption">A &amp; b</text:p>')
    styled = test_odt.TEXT.replace("<t:p>Sí</t:p><x:", '<t:p t:style-name="P1">Sí</t:p><x:')
    text = zipped({**test_odt.FILES, "content.xml": styled})
    changes = [CaptionParagraph(m.Source("a.odt", anchor=number), m.Source("a.odt", anchor=4)) for number in (3, 1, 9)]
    after, refusals = odt.apply(text, test_odt.TREE, changes)
    assert [refusal is None for refusal in refusals] == [True, True, False]
    content = parts_of(after)["content.xml"].decode()
    assert content.count("xmlns:text=") == 1
    paragraphs = etree.fromstring(content.encode()).iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p")
    styles = [paragraph.get("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}style-name") for paragraph in paragraphs]
    assert styles == ["Caption", None, None, "Caption", None, None]
