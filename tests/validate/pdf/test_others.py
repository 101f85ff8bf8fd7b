"""What files of others have and ours do not: actions of all kinds, bookmarks that are labels, strange encryption."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from exporter import model as m
from exporter.inspect.pdf import open_pdf
from exporter.validate import pdf
from exporter.validate.pdf import artifacts
from tests.writers.pdf.made import make


def linked(path: Path, **action: object) -> set[str]:
    """Write a page with a link and a bookmark that both have an action; give the rules that are broken."""
    with pikepdf.new() as file:
        file.add_blank_page()
        act = Dictionary(**action)
        file.pages[0].Annots = Array(
            [
                file.make_indirect(
                    Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Contents=String("On"), A=act)
                )
            ]
        )
        mark = file.make_indirect(Dictionary(Title=String("On"), A=act))
        file.Root.Outlines = file.make_indirect(Dictionary(First=mark, Last=mark, Count=1))
        mark.Parent = file.Root.Outlines
        file.save(path)
    return {finding.rule for finding in pdf.check(path)}


@pytest.mark.parametrize(
    "action",
    [
        {"S": Name.Named, "N": Name.NextPage},
        {"S": Name.JavaScript, "JS": String("app.alert(1)")},
        {"S": Name.SubmitForm, "F": String("https://example.org")},
        {"S": Name.GoToE, "D": String("there")},
    ],
    ids=lambda action: str(action["S"]),
)
def test_an_action_of_any_kind_leads_somewhere(tmp_path: Path, action: dict[str, object]) -> None:
    found = linked(tmp_path / "a.pdf", **action)
    assert "pdf-link-tagged" in found
    assert not found & {"pdf-link-nowhere", "pdf-bookmark-nowhere", "pdf-bookmark-label"}


def test_an_action_that_is_none_leads_nowhere(tmp_path: Path) -> None:
    assert {"pdf-link-nowhere", "pdf-bookmark-label"} <= linked(tmp_path / "a.pdf", N=Name.NextPage)
    gone = linked(tmp_path / "b.pdf", S=Name.GoTo, D=String("gone"))
    assert {"pdf-link-nowhere", "pdf-bookmark-nowhere"} <= gone


def test_a_file_that_cannot_be_read_is_told_without_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(path, encryption=pikepdf.Encryption(owner="a", user="", R=4))
    data = path.read_bytes()
    assert b"/Filter /Standard" in data
    path.write_bytes(data.replace(b"/Filter /Standard", b"/Filter /Standoff"))
    (finding,) = pdf.check(path)
    assert finding.rule == "pdf-unreadable"
    assert str(tmp_path) not in finding.message
    assert finding.message.endswith("unsupported encryption filter.")


HEAD = "What nobody else on these pages says"


def headed(path: Path, pages: int, properties: str, *, moves: bool = False, cell: str = "") -> list[str]:
    """Write tagged pages under a head that is an artifact; give what is told of artifacts.

    Args:
        path: The file.
        pages: How many.
        properties: Of the artifact.
        moves: Whether it is higher on each page.
        cell: The words of the text, which is a header cell.
    """
    with pikepdf.new() as file:
        font = file.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        root = file.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        for number in range(pages):
            page = file.add_blank_page(page_size=(200, 200))
            page.Resources = Dictionary(Font=Dictionary(F=font))
            text = cell or f"Page of text {number}"
            words = f"/P <</MCID 0>> BDC BT /F 9 Tf 9 90 Td ({text}) Tj ET EMC"
            top = 180 - 20 * number * moves
            head = f"/Artifact {properties} BT /F 9 Tf 9 {top} Td ({HEAD}) Tj ET EMC"
            page.Contents = file.make_stream(f"{head}\n{words}".encode())
            name = Name.TH if cell else Name.P
            root.K.append(file.make_indirect(Dictionary(Type=Name.StructElem, S=name, P=root, Pg=page.obj, K=0)))
        file.Root.StructTreeRoot = root
        file.Root.MarkInfo = Dictionary(Marked=True)
        file.save(path)
    return [finding.message for finding in pdf.check(path) if finding.rule == "pdf-text-artifact"]


def test_a_head_that_says_so_or_comes_again_in_its_place_is_one(tmp_path: Path) -> None:
    assert headed(tmp_path / "a.pdf", 1, "<</Type /Pagination /Subtype /Header>> BDC") == []
    assert headed(tmp_path / "b.pdf", 2, "BMC") == []


def test_words_that_are_hidden_once_or_in_several_places_are_told(tmp_path: Path) -> None:
    assert len(headed(tmp_path / "a.pdf", 1, "BMC")) == 1
    assert len(headed(tmp_path / "b.pdf", 1, "<</Type /Layout>> BDC")) == 1
    assert len(headed(tmp_path / "c.pdf", 2, "BMC", moves=True)) == 2


def test_a_decorative_picture_may_have_words(tmp_path: Path) -> None:
    placed = "<</Type /Layout /BBox [9 9 18 18]>>"
    assert headed(tmp_path / "a.pdf", 1, f"{placed} BDC 9 9 9 9 re f") == []
    assert len(headed(tmp_path / "b.pdf", 1, f"{placed} BDC")) == 1


def test_words_that_are_hidden_beside_a_shape_are_told(tmp_path: Path) -> None:
    assert len(headed(tmp_path / "a.pdf", 1, "<</Type /Layout>> BDC 9 9 9 9 re f")) == 1
    assert len(headed(tmp_path / "b.pdf", 1, "BMC 9 9 9 9 re f")) == 1


def test_a_header_cell_with_the_mark_of_a_note_may_be_repeated_without_it(tmp_path: Path) -> None:
    first, *rest = HEAD.split()
    assert headed(tmp_path / "a.pdf", 1, "<</Type /Layout>> BDC", cell=f"{first} 1 {' '.join(rest)}") == []
    assert len(headed(tmp_path / "b.pdf", 1, "<</Type /Layout>> BDC", cell=first)) == 1


def test_drawings_without_an_element_are_counted_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as file:
        root = file.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        for number in (1, 3):
            page = file.add_blank_page()
            drawn = "".join(f"/P <</MCID {each}>> BDC 0 0 9 9 re f EMC\n" for each in range(number + 1))
            page.Contents = file.make_stream(drawn.encode())
            root.K.append(file.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page.obj, K=0)))
        file.Root.StructTreeRoot = root
        file.Root.MarkInfo = Dictionary(Marked=True)
        file.save(path)
    found = [(finding.message, finding.place) for finding in pdf.check(path) if finding.rule == "pdf-content-orphan"]
    assert found == [
        ("A drawing is marked as content and part of no element.", "page 1"),
        ("3 drawings are marked as content and parts of no element.", "page 2"),
    ]


def tagged(path: Path, words: str, *, language: str = "", **element: object) -> set[str]:
    """Write a page with a tagged paragraph, without a language of the file; return the rules that are broken."""
    with pikepdf.new() as file:
        page = file.add_blank_page(page_size=(200, 200))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = Dictionary(Font=Dictionary(F=file.make_indirect(font)))
        lang = f"/Lang ({language}) " if language else ""
        page.Contents = file.make_stream(f"/P <<{lang}/MCID 0>> BDC BT /F 9 Tf 9 90 Td ({words}) Tj ET EMC".encode())
        root = file.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = file.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page.obj, K=0, **element))
        file.Root.StructTreeRoot = root
        file.Root.MarkInfo = Dictionary(Marked=True)
        file.save(path)
    return {finding.rule for finding in pdf.check(path)}


def test_a_language_of_elements_or_marks_is_enough_where_it_is_that_of_all_words(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert "pdf-language" in tagged(path, "Some words")
    assert "pdf-language" not in tagged(path, "Some words", Lang=String("en"))
    assert "pdf-language" not in tagged(path, "Some words", language="en")
    assert "pdf-language" in tagged(path, "  ")


@pytest.mark.parametrize(
    ("tag", "rule"), [("en", None), ("en_GB", "pdf-language-tag"), ("nl-1234abcd", "pdf-language-unknown")]
)
def test_a_tag_of_a_language_that_is_not_registered_has_the_right_form(
    tmp_path: Path, tag: str, rule: str | None
) -> None:
    found = tagged(tmp_path / "a.pdf", "Some words", Lang=String(tag))
    assert found & {"pdf-language-tag", "pdf-language-unknown"} == ({rule} if rule else set())


def table(path: Path, headers: str | None, head: str = "h") -> set[str]:
    """Write a table with a head cell without scope and a data cell that may name it; return the rules of tables."""
    with pikepdf.new() as file:
        file.add_blank_page()
        root = file.make_indirect(Dictionary(Type=Name.StructTreeRoot))

        def element(kind: str, around: Dictionary, **more: object) -> Dictionary:
            made = file.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=around, K=Array(), **more))
            around.K = Array([*around.get("/K", []), made])
            return made

        rows = element("Table", root)
        element("TH", element("TR", rows), ID=String(head))
        named = {} if headers is None else {"A": Dictionary(O=Name.Table, Headers=Array([String(headers)]))}
        element("TD", element("TR", rows), **named)
        file.Root.StructTreeRoot = root
        file.Root.MarkInfo = Dictionary(Marked=True)
        file.save(path)
    return {rule for finding in pdf.check(path) if (rule := finding.rule) in {"pdf-table-scope", "pdf-table-headers"}}


def test_heads_that_are_named_by_every_data_cell_need_no_scope(tmp_path: Path) -> None:
    assert table(tmp_path / "a.pdf", "h") == set()
    assert table(tmp_path / "b.pdf", "", head="") == set()
    assert table(tmp_path / "c.pdf", None) == {"pdf-table-scope"}
    assert table(tmp_path / "d.pdf", "gone") == {"pdf-table-headers"}


def test_glyphs_of_a_character_collection_are_mapped(tmp_path: Path) -> None:
    from exporter.inspect.pdf.fonts import Font

    def font(ordering: str) -> Font:
        system = Dictionary(Registry=String("Adobe"), Ordering=String(ordering), Supplement=2)
        below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType0, CIDSystemInfo=system)
        return Font(Dictionary(Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([below])))

    assert font("Japan1").mapped
    assert not font("Identity").mapped


def test_a_font_of_invisible_words_need_not_be_embedded(tmp_path: Path) -> None:
    found = []
    for mode in (0, 3):
        with pikepdf.new() as file:
            page = file.add_blank_page()
            page.Resources = Dictionary(
                Font=Dictionary(F=file.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1)))
            )
            page.Contents = file.make_stream(f"BT /F 12 Tf {mode} Tr (Words) Tj ET".encode())
            file.save(tmp_path / "words.pdf")
        found.append("pdf-font-embedded" in {finding.rule for finding in pdf.check(tmp_path / "words.pdf")})
    assert found == [True, False]


def test_lines_that_begin_with_the_same_word_are_no_running_heads(tmp_path: Path) -> None:
    names = ("north", "south", "east", "west")
    lines = [m.Paragraph((m.Strong((m.Text("Article"),)), m.Text(f" about the {name}."))) for name in names]
    blocks = tuple(block for line in lines for block in (line, m.PageBreak()))
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=blocks))
    with open_pdf(made.path) as file:
        assert [finding.rule for finding in artifacts.check(file) if finding.rule == "pdf-running-head"] == []


def test_headings_that_open_several_pages_are_no_running_heads(tmp_path: Path) -> None:
    title = (m.Text("Analysis of relationship"),)
    texts = [m.Paragraph((m.Text(f"Words about the {name}."),)) for name in ("north", "south", "east", "west")]
    body = tuple(m.Section(title, (text, m.PageBreak())) for text in texts)
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=body))
    with open_pdf(made.path) as file:
        assert "pdf-running-head" not in {finding.rule for finding in artifacts.check(file)}
