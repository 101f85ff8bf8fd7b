"""The structure tree follows the document: read back with pikepdf from files that WeasyPrint has laid out."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import page
import pikepdf
import pytest
import weasyprint
from PIL import Image

from exporter.writers.pdf import postprocess
from exporter.writers.pdf.margin_boxes import MarginBoxes
from exporter.writers.pdf.patches import tags
from exporter.writers.pdf.tagging import builder
from exporter.writers.pdf.tagging.marked_content import MarkedContent
from exporter.writers.pdf.tagging.structure import StructureElement

CSS = """
@page { size: A5; margin: 2cm; @top-left { content: "Running head" } @bottom-right { content: counter(page) } }
.footnote { float: footnote } .footnote p { display: inline }
nav a::after { content: leader(dotted) target-counter(attr(href), page) }
"""


def picture() -> str:
    data = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(data, "PNG")
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()


@dataclass
class Tag:
    """A structure element as it stands in the file."""

    type: str
    entries: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, object] = field(default_factory=dict)
    kids: list[Tag] = field(default_factory=list)
    contents: int = 0
    pages: set[int] = field(default_factory=set)

    def all(self, type_: str) -> list[Tag]:
        found = [self] if self.type == type_ else []
        return found + [tag for kid in self.kids for tag in kid.all(type_)]

    def shape(self) -> object:
        return (self.type, *(kid.shape() for kid in self.kids)) if self.kids else self.type


def read(path: Path) -> Tag:
    with pikepdf.open(path) as file:
        pages = {entry.objgen: index for index, entry in enumerate(file.pages)}
        return _tag(file.Root.StructTreeRoot.K[0], pages)


def _tag(node: pikepdf.Object, pages: dict[tuple[int, int], int]) -> Tag:
    tag = Tag(str(node.S)[1:])
    tag.entries = {key[1:]: str(node[key]) for key in node if key in {"/Lang", "/Alt", "/E", "/ActualText", "/ID"}}
    for entry in node.get("/A", []):
        tag.attributes |= {key[1:]: value for key, value in entry.items()}
    for kid in node.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            tag.kids.append(_tag(kid, pages))
        else:
            tag.contents += 1
            home = kid.get("/Pg", node.get("/Pg")) if isinstance(kid, pikepdf.Dictionary) else node.Pg
            tag.pages.add(pages[home.objgen])
    return tag


@pytest.fixture
def tagged(tmp_path: Path):
    def make(body: str, lang: str = "en") -> Tag:
        direction = ' dir="rtl"' if lang == "ar" else ""
        html = f'<html lang="{lang}"{direction}><head><meta charset="utf-8"><title>T</title><style>{CSS}</style></head>'
        path = tmp_path / "t.pdf"
        document = weasyprint.HTML(string=f"{html}<body>{body}</body></html>").render(pdf_variant="pdf/ua-1")
        postprocess.one_annotation_for_each_link(document)
        with tags.patched(MarginBoxes(document)):
            document.write_pdf(path, pdf_variant="pdf/ua-1")
        report = page.validate_pdf(str(path), profile="ua1")
        assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
        return read(path)

    return make


LONG = "Words that fill the line and then the page. " * 200


def test_a_paragraph_over_several_pages_is_one_element(tagged) -> None:
    (paragraph,) = tagged(f"<p>{LONG}</p>").all("P")
    assert len(paragraph.pages) > 2


def test_a_list_over_several_pages_is_one_list(tagged) -> None:
    items = "".join(f"<li>{LONG[:400]}{n}</li>" for n in range(60))
    (one,) = tagged(f"<ul>{items}</ul>").all("L")
    assert [kid.type for kid in one.kids] == ["LI"] * 60
    assert len({page for item in one.all("LBody") for page in item.pages}) > 2
    assert all([kid.type for kid in item.kids] == ["Lbl", "LBody"] for item in one.kids)


def test_a_table_over_several_pages_is_one_table_with_one_head(tagged) -> None:
    rows = "".join(f'<tr><th scope="row">{n}</th><td>{"long text " * 9}</td></tr>' for n in range(90))
    head = '<tr><th scope="col">A</th><th scope="col">B</th></tr>'
    tree = tagged(f"<table><caption>C</caption><thead>{head}</thead><tbody>{rows}</tbody><tfoot>{head}</tfoot></table>")
    (table,) = tree.all("Table")
    assert [kid.type for kid in table.kids] == ["Caption", "THead", "TBody", "TFoot"]
    assert len(table.all("TR")) == 92
    assert {str(cell.attributes["Scope"]) for cell in table.all("TH")} == {"/Row", "/Column"}
    assert len(table.all("TH")) == 94, "the head that is repeated on each page is an artifact"


def test_a_cell_names_its_headers_and_spans_and_an_empty_cell_keeps_its_place(tagged) -> None:
    tree = tagged(
        '<table><tr><th id="a" colspan="2">A</th><th rowspan="2">B</th></tr>'
        '<tr><th></th><th id="b" headers="a">AB</th></tr><tr><td>1</td><td headers="a b">2</td><td></td></tr></table>'
    )
    rows = tree.all("TR")
    assert [[cell.type for cell in row.kids] for row in rows] == [["TH", "TH"], ["TH", "TH"], ["TD", "TD", "TD"]]
    assert rows[0].kids[0].attributes["ColSpan"] == 2
    assert rows[0].kids[1].attributes["RowSpan"] == 2
    assert [str(name) for name in rows[2].kids[1].attributes["Headers"]] == ["a", "b"]
    assert rows[1].kids[1].entries["ID"] == "b"


def test_running_heads_leaders_and_decorative_pictures_are_artifacts(tagged) -> None:
    tree = tagged(
        f'<nav role="doc-toc"><ol><li><a href="#x">One</a></li></ol></nav><h1 id="x">One</h1>'
        f'<p><img alt="" src="{picture()}"></p>'
    )
    assert tree.all("Figure") == []
    (link,) = tree.all("Link")
    assert link.contents == 3, "words, page number, annotation; no dots"
    assert sum(tag.contents for kind in ("P", "H1") for tag in tree.all(kind)) == 1


@pytest.mark.parametrize(
    "quiet", ['alt=""', 'alt="x" aria-hidden="true"', 'alt="x" role="presentation"', 'role="none"']
)
def test_a_picture_that_says_nothing_is_an_artifact_however_it_is_marked(quiet: str, tagged, tmp_path: Path) -> None:
    assert tagged(f'<p>Before <img {quiet} src="{picture()}"> after</p>').all("Figure") == []
    with pikepdf.open(tmp_path / "t.pdf") as file:
        drawn, artifact = [], False
        for instruction in pikepdf.parse_content_stream(file.pages[0]):
            match str(instruction.operator):
                case "BDC" | "BMC":
                    artifact = str(instruction.operands[0]) == "/Artifact"
                case "Do":
                    drawn.append(artifact)
                case _:
                    pass
    assert drawn == [True]


def test_contents_are_nested_entries_with_references(tagged) -> None:
    tree = tagged(
        '<nav role="doc-toc"><ol style="list-style:none"><li><a href="#x">One</a><ol style="list-style:none"><li>'
        '<a href="#y">Two</a></li></ol></li></ol></nav><h1 id="x">One</h1><h2 id="y">Two</h2>'
    )
    reference = ("Reference", "Link")
    assert tree.kids[0].shape() == ("TOC", ("TOCI", reference, ("TOC", ("TOCI", reference))))


def test_a_note_stands_behind_its_paragraph_with_links_both_ways(tagged) -> None:
    note = '<a role="doc-backlink" href="#r">1</a> Said so.'
    tree = tagged(
        '<p>Before<sup><a id="r" role="doc-noteref" href="#n">1</a></sup>'
        f'<span class="footnote" role="doc-footnote" id="n"><span>{note}</span></span> and after.</p><p>Next.</p>'
    )
    assert [kid.shape() for kid in tree.kids] == [
        ("P", ("Reference", "Link")),
        ("Note", ("Lbl", "Link")),
        "P",
    ]
    assert tree.kids[1].entries["ID"] == "n"


def test_lists_have_labels_bodies_and_numbering_and_nest_inside_their_item(tagged) -> None:
    tree = tagged('<ol type="a"><li>one<ul><li><p>inner</p></li></ul></li></ol>')
    (outer, inner) = tree.all("L")
    assert outer.attributes["ListNumbering"] == "/LowerAlpha"
    assert inner.attributes["ListNumbering"] == "/Disc"
    item = ("LI", "Lbl", ("LBody", "P"))
    assert outer.shape() == ("L", ("LI", "Lbl", ("LBody", ("L", item))))


def test_terms_are_labels_of_what_they_mean(tagged) -> None:
    tree = tagged("<dl><dt>T</dt><dd>D</dd><dt>U</dt><dt>V</dt><dd>E</dd></dl>")
    assert tree.kids[0].shape() == ("L", ("LI", "Lbl", "LBody"), ("LI", ("Lbl", "Span"), "LBody"))


def test_passages_carry_their_language_and_abbreviations_their_expansion(tagged) -> None:
    tree = tagged('<p>Said <span lang="fr">non</span> to the <abbr title="United Nations">UN</abbr>.</p>')
    assert [tag.entries for tag in tree.all("Span")] == [{"Lang": "fr"}, {"E": "United Nations"}]
    assert tree.entries["Lang"] == "en"


def test_a_figure_is_described_measured_in_points_and_captioned(tagged) -> None:
    style = "width:100px;height:50px;display:block"
    tree = tagged(
        f'<figure><img style="{style}" alt="A blue field" src="{picture()}"><figcaption>C</figcaption></figure>'
    )
    (figure,) = tree.all("Figure")
    left, bottom, right, top = (float(value) for value in figure.attributes["BBox"])
    assert figure.entries["Alt"] == "A blue field"
    assert (right - left, top - bottom) == pytest.approx((75, 37.5))
    assert bottom > 300, "y counts from the foot of the page"
    assert tree.kids[0].shape() == ("Div", "Figure", "Caption")


def test_a_picture_in_a_line_is_a_sign_among_signs_and_no_block(tagged) -> None:
    tree = tagged(f'<p>Before <img alt="A" src="{picture()}"> after</p><div><img alt="B" src="{picture()}"></div>')
    within, alone = tree.all("Figure")
    assert "Placement" not in within.attributes
    assert alone.attributes["Placement"] == "/Block"
    assert "BBox" in within.attributes


def test_words_without_a_paragraph_get_one(tagged) -> None:
    tree = tagged("<blockquote>Said <a href='https://e.org'>she</a></blockquote><div>a<p>b</p>c</div>")
    assert [kid.shape() for kid in tree.kids] == [("BlockQuote", ("P", "Link")), "P", "P", "P"]


def test_a_link_annotation_says_what_the_link_says(tagged, tmp_path: Path) -> None:
    tagged('<p>See <a href="https://example.org/x?y=1">the <em>whole</em> report</a>.</p>')
    with pikepdf.open(tmp_path / "t.pdf") as file:
        assert [str(note.Contents) for note in file.pages[0].Annots] == ["the whole report"]


def test_arabic_words_stand_beside_their_glyphs(tagged) -> None:
    tree = tagged("<p>العدالة البعيدة</p>", lang="ar")
    assert [tag.entries["ActualText"] for tag in tree.all("Span")] == ["العدالة البعيدة"]


def test_notes_of_a_paragraph_are_not_looked_through_for_each_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    looked, is_type = 0, builder._is

    def counted(kid: Any, type_: str) -> bool:
        nonlocal looked
        looked += 1
        return is_type(kid, type_)

    monkeypatch.setattr(builder, "_is", counted)
    html = ElementTree.Element("html")
    paragraph = ElementTree.SubElement(ElementTree.SubElement(html, "body"), "p")
    contents: list[MarkedContent] = []
    for number in range(50):
        mark = ElementTree.SubElement(paragraph, "a", href=f"#n{number}", role="doc-noteref")
        note = ElementTree.SubElement(paragraph, "aside", id=f"n{number}", role="doc-footnote")
        contents += [MarkedContent(element, "", 0, number) for element in (mark, note)]
    document = builder.Builder(html, pdf2=False).build(contents)
    assert [kid.type for kid in document.kids if isinstance(kid, StructureElement)] == ["P", *["Note"] * 50]
    assert looked <= 50
