"""The structure tree of every publication of the house, read back and compared with the publication node by node."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from exporter.findings import Finding
from exporter.inspect.pdf import open_pdf
from exporter.model.walk import rewrite, walk
from exporter.pipeline.registry import discover
from exporter.validate import validators
from exporter.validate.validators import ValidationResult
from exporter.writers.pdf.options import Standard, When
from tests.images.pictures import raster
from tests.parity.compared import compare
from tests.publications import SHORT, all_of, laid_out, tree
from tests.trees import PUBLICATIONS, examples, pictures_of_trees
from tests.write_context import Pictures, write_context
from tests.writers.pdf.made import Made, make
from tests.writers.sample import MATHML
from tests.writers.stress import stress

pytestmark = pytest.mark.slow
EXAMPLES = 6
"""Generated trees, by how long one takes."""


@pytest.mark.parametrize("slug", all_of(SHORT))
def test_pdf_2_says_what_the_tree_says(slug: str, tmp_path: Path) -> None:
    # PDF/UA-1 is compared in `test_every_edition`.
    assert compare_as_pdf_2(slug, "pdf", tmp_path) == []


@pytest.mark.parametrize("slug", all_of(["asylum-dispatch"]))
def test_large_print_in_pdf_2_says_what_the_tree_says(slug: str, tmp_path: Path) -> None:
    assert compare_as_pdf_2(slug, "large-print", tmp_path) == []


def compare_as_pdf_2(slug: str, name: str, folder: Path) -> list[Finding]:
    publication, _ = tree(slug)
    pictures = laid_out(slug, folder / "pictures")
    context = write_context(folder, publication.metadata.language, pictures=pictures)
    (edition,) = discover().select([name])
    path = folder / "made.pdf"
    edition.writer.write(publication, context, edition.writer.Options(pdf_standard=Standard.UA_2), path)
    return compare(publication, {name: path})


@pytest.mark.parametrize("standard", Standard)
def test_everything_that_a_tree_can_hold_is_told(standard: Standard, sample_pdf: Callable[[Standard], Made]) -> None:
    made = sample_pdf(standard)
    assert compare(made.publication, {"pdf": made.path}) == []


@pytest.mark.parametrize("standard", Standard)
def test_words_go_on_behind_the_mark_of_a_note_wherever_they_stand(standard: Standard, tmp_path: Path) -> None:
    text = m.Paragraph((m.Text("Before the mark"), m.NoteReference("n"), m.Text(", and behind it.")))
    mark = m.NoteReference("o")
    body = (
        m.List((m.ListItem((text,)),), tight=True),
        m.DefinitionList((m.DefinitionItem((m.Term((m.Text("Term"),)),), (m.Definition((text,)),)),)),
        m.Table((m.Column(),), bodies=((m.Row((m.Cell((text,)),)),),)),
        m.Quote((text,)),
        m.Quote((m.Paragraph((m.Text("Quoted."),)),), attribution=(m.Text("A witness"), mark, m.Text(", 2025"))),
    )
    notes = (m.Note("n", (m.Paragraph((m.Text("Words of the note."),)),)), m.Note("o", (text,)))
    publication = transforms.apply(m.Publication(m.Metadata(title="Notes", language="en"), body=body, notes=notes), "n")
    made = make(tmp_path, publication, pdf_standard=standard)
    assert compare(publication, {"pdf": made.path}) == []


def checked(path: Path) -> tuple[ValidationResult, ...]:
    return validators.run(path, validators.validators_for(".pdf"), "pdf", external=False)


def test_labels_of_items_are_numbers_in_every_style_with_what_stands_around_them(tmp_path: Path) -> None:
    numbers = {"decimal": "4", "lower-alpha": "d", "upper-alpha": "D", "lower-roman": "iv", "upper-roman": "IV"}
    around = {"period": "{}.", "parenthesis": "{})", "parentheses": "({})"}
    item = m.ListItem((m.Paragraph((m.Text("Words"),)),))
    body = tuple(m.List((item,), m.ListStyle(one), 4, m.ListDelimiter(other)) for one in numbers for other in around)
    publication = transforms.apply(m.Publication(m.Metadata(title="Lists", language="en"), body=body), "lists")
    with open_pdf(make(tmp_path, publication).path) as file:
        labels = [file.text(label).strip() for label in file.structure.root.all("Lbl")]
    assert labels[:15] == [text.format(number) for number in numbers.values() for text in around.values()]


@pytest.mark.parametrize("standard", Standard)
def test_a_box_in_the_place_of_a_bullet_is_the_label_of_its_item(standard: Standard, tmp_path: Path) -> None:
    tight, loose = (
        m.List(
            tuple(m.ListItem((m.Paragraph((m.Text(words),)),)) for words in ("☐ Yes", "☑ No", "Neither")), tight=tight
        )
        for tight in (True, False)
    )
    publication = transforms.apply(m.Publication(m.Metadata(title="F", language="en"), body=(tight, loose)), "form")
    made = make(tmp_path, publication, pdf_standard=standard)
    with open_pdf(made.path) as file:
        labels = [file.text(label).strip() for label in file.structure.root.all("Lbl")]
        assert labels[:6] == ["☐", "☑", "•"] * 2
        bodies = [file.text(body).strip() for body in file.structure.root.all("LBody")]
        assert bodies[:6] == ["Yes", "No", "Neither"] * 2
    assert compare(publication, {"pdf": made.path}) == []
    assert [finding for result in checked(made.path) for finding in result.findings if "list" in finding.rule] == []


@pytest.mark.parametrize("standard", Standard)
def test_pictures_and_formulas_stand_in_the_lines_of_verse(standard: Standard, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    image = m.Image("img/a.png", m.Described("A key"))
    formula = m.Subscript((m.Math(MATHML, ""),))
    lines = (
        (formula, m.Text(" before")),
        (m.Text("behind "), m.Link((image, formula), "https://example.org/")),
        (image,),
    )
    verse = m.LineBlock(tuple(m.Line(each) for each in lines))
    assets = (pictures.add("img/a.png", raster(), "image/png", 40, 20),)
    about = m.Metadata(title="Verse", language="en")
    publication = transforms.apply(m.Publication(about, body=(verse, m.Quote((verse,))), assets=assets), "verse")
    made = make(tmp_path, publication, pdf_standard=standard)
    assert compare(publication, {"pdf": made.path}) == []


def test_a_page_break_in_a_table_loses_nothing(tmp_path: Path) -> None:
    parts = (m.PageBreak(), m.MathBlock(MATHML, ""), m.Paragraph((m.Text("Words"),)))
    row = m.Row((m.Cell((*parts, m.PageBreak(), *parts[1:])),))
    table = m.Table((m.Column(),), head=(row,), bodies=((row, row),))
    publication = transforms.apply(m.Publication(m.Metadata(title="Broken", language="en"), body=(table,)), "broken")
    made = make(tmp_path, publication)
    assert compare(publication, {"pdf": made.path}) == []


@pytest.mark.proof  # in a harder layout, `test_hard_cases` compares them
@pytest.mark.parametrize("direction", m.Direction)
@pytest.mark.parametrize("standard", Standard)
def test_hard_cases_are_told(standard: Standard, direction: m.Direction, tmp_path: Path) -> None:
    hard = transforms.apply(stress(Pictures(tmp_path / "pictures"), direction), "hard")
    made = make(tmp_path, hard, pdf_standard=standard)
    assert compare(made.publication, {"pdf": made.path}) == []


def test_one_element_for_each_node_and_none_that_is_broken(everything: Made) -> None:
    nodes = Counter(type(node).__name__ for node in walk(everything.publication))
    with open_pdf(everything.path) as file:
        assert file.structure.faults == ()
        types = Counter(node.written for node in file.structure.root.all())
        headings = sum(count for type_, count in types.items() if type_[0] == "H" and type_[1:].isdigit())
        described = sum(node.alt is not None for node in file.structure.root.all("Figure"))
    assert (types["Table"], types["TR"], types["TH"] + types["TD"]) == (nodes["Table"], nodes["Row"], nodes["Cell"])
    assert (headings, types["Turn"], types["Note"]) == (nodes["Section"], nodes["Turn"], nodes["Note"])
    assert types["Formula"] == nodes["Math"] + nodes["MathBlock"]
    assert described == sum(
        isinstance(n, m.Image) and isinstance(n.alt, m.Described) for n in walk(everything.publication)
    )


def test_whatever_the_tree_holds_is_told() -> None:
    standards = [*Standard]

    @given(PUBLICATIONS)
    # A tree takes minutes to shrink; as it is generated it is small enough to be read.
    @settings(
        max_examples=examples(EXAMPLES),
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def told(publication: m.Publication) -> None:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            _, assets = pictures_of_trees(folder)
            whole = msgspec.structs.replace(_as_lint_wants_it(publication), assets=assets)
            made = make(folder, transforms.apply(whole, "any"), pdf_standard=standards[0])
            standards.reverse()
            assert compare(made.publication, {"pdf": made.path}) == []

    told()


def _as_lint_wants_it(publication: m.Publication) -> m.Publication:
    """Give the publication with words in letters that there are faces for, in each heading and link, and notes in use.

    A transcript has turns: one without is no place that a link could lead to. In which order letters of several
    directions are read back is another matter, and has tests of its own.
    """

    def readable(node: m.Node) -> m.Node:
        match node:
            case m.Section(title=title):
                return msgspec.structs.replace(node, title=(m.Text("heading"), *title))
            case m.Transcript(turns=()):
                return msgspec.structs.replace(node, turns=(m.Cue((m.Text("pause"),)),))
            case m.Link(children=children):
                return msgspec.structs.replace(node, children=(m.Text("link"), *children))
            case m.DefinitionItem(definitions=definitions):
                # Terms that nothing defines stand with the next ones that something defines.
                meaning = m.Definition((m.Paragraph((m.Text("meaning"),)),))
                return msgspec.structs.replace(node, definitions=(*definitions, meaning))
            case m.Math() | m.MathBlock():
                return msgspec.structs.replace(node, tex="")
            case m.Text(text) | m.Code(text) | m.Abbreviation(text) | m.CodeBlock(text):
                return msgspec.structs.replace(node, text=_word(text))
            case m.Turn(speaker=speaker):
                return msgspec.structs.replace(node, speaker=m.Speaker(_word(speaker.name), _word(speaker.role)))
        return node

    text = walk((*publication.front, *publication.body))
    referred = {node.note for node in text if isinstance(node, m.NoteReference)}
    notes = tuple(note for note in publication.notes if note.id in referred)
    return rewrite(msgspec.structs.replace(publication, notes=notes), readable)


def _word(text: str) -> str:
    """Return a word of plain letters for any text, another one for another text."""
    number, letters = int.from_bytes(text.encode()[:12]), ""
    while number:
        number, digit = divmod(number, 26)
        letters += chr(ord("a") + digit)
    return letters


@pytest.mark.parametrize("cover", [When.ALWAYS, When.NEVER])
def test_a_first_chapter_that_is_called_as_the_publication_is_a_heading(cover: When, tmp_path: Path) -> None:
    body = (m.Section((m.Text("Findings"),), (m.Paragraph((m.Text("Words."),)),)),)
    publication = transforms.apply(m.Publication(m.Metadata(title="Findings", language="en"), body=body), "findings")
    path = make(tmp_path, publication, cover=cover).path
    assert compare(publication, {"pdf": path}) == []


@pytest.mark.parametrize("standard", Standard)
def test_headings_keep_their_levels_however_deep_they_are(standard: Standard, tmp_path: Path) -> None:
    nested: tuple[m.Block, ...] = (m.Paragraph((m.Text("Words."),)),)
    for level in range(9, 0, -1):
        nested = (m.Section((m.Text(f"Level {level}"),), nested),)
    about = m.Metadata(title="Deep", language="en")
    publication = transforms.apply(m.Publication(about, body=nested), "deep")
    path = tmp_path / "deep.pdf"
    (found,) = discover().select(["pdf"])
    found.writer.write(publication, write_context(tmp_path), found.writer.Options(pdf_standard=standard), path)
    assert compare(publication, {"pdf": path}) == []
    with open_pdf(path) as file:
        headings = [
            node.type for node in file.structure.root.all() if node.type in {f"H{level}" for level in range(1, 99)}
        ]
        # In PDF 1.7 the title is the first heading; PDF 2.0 has an element of its own for it.
        above = 1 if standard is Standard.UA_1 else 0
        assert headings[-9:] == [f"H{level + above}" for level in range(1, 10)]
    assert [finding for one in checked(path) for finding in one.findings] == []


@pytest.mark.parametrize("standard", Standard)
def test_a_note_that_another_note_is_the_first_to_refer_to_stands_behind_it(standard: Standard, tmp_path: Path) -> None:
    items = (
        m.ListItem((m.Paragraph((m.Text("a"),)),)),
        m.ListItem((m.Paragraph((m.Text("b"), m.NoteReference("2"))),)),
    )
    first = (m.Paragraph((m.Text("See "), m.NoteReference("2"), m.Text(" below."))), m.List(items))
    second = (m.Paragraph((m.Text("As in "), m.NoteReference("1"), m.Text(", and "), m.NoteReference("3"))),)
    notes = (m.Note("1", first), m.Note("2", second), m.Note("3", (m.Paragraph((m.Text("The last."),)),)))
    words = (m.Text("Words"), m.NoteReference("1"), m.Text(" and"), m.NoteReference("2"), m.Text(" more."))
    about = m.Metadata(title="Notes", language="en")
    publication = transforms.apply(m.Publication(about, body=(m.Paragraph(words),), notes=notes), "notes")
    made = make(tmp_path, publication, pdf_standard=standard)
    assert [each.message for each in compare(publication, {"pdf": made.path})] == []
    assert [each for one in checked(made.path) for each in one.findings] == []


def test_pictures_in_headings_are_words_in_the_contents(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("a.png", raster(), "image/png", 40, 20)
    badge = m.Image("a.png", m.Described("Version badge"))
    titles = ((m.Text("One "), badge), (m.Superscript((m.Link((badge,), "https://example.org/"),)),))
    text = (m.Paragraph((m.Text("Words."),)),)
    body = tuple(m.Section(title, text) for title in titles)
    about = m.Metadata(title="Badges", language="en")
    publication = transforms.apply(m.Publication(about, body=body, assets=(asset,)), "badges")
    made = make(tmp_path, publication, contents=When.ALWAYS)
    assert [each.message for each in compare(publication, {"pdf": made.path})] == []
    with open_pdf(made.path) as file:
        assert ["Version badge" in file.text(each) for each in file.structure.root.all("TOCI")] == [True, True]


def test_headings_of_signs_alone_and_private_characters_are_no_fault(tmp_path: Path) -> None:
    titles = ("• •", "★", "\uf0b7", "One \ue000")
    body = tuple(
        m.Section((m.Text(title),), (m.Paragraph((m.Text("Text \uf0a7 or fi\uf001nd."),)),)) for title in titles
    )
    publication = transforms.apply(m.Publication(m.Metadata(title="Signs", language="en"), body=body), "signs")
    made = make(tmp_path, publication, contents=When.ALWAYS)
    assert [each.message for each in compare(publication, {"pdf": made.path})] == []
    assert [each for one in checked(made.path) for each in one.findings] == []


def test_a_table_of_header_and_footer_rows_has_a_body(tmp_path: Path) -> None:
    rows = [(m.Row((m.Cell((m.Paragraph((m.Text(words),)),), scope=m.Scope.COLUMN),)),) for words in ("Place", "Total")]
    table = m.Table((m.Column(),), head=rows[0], foot=rows[1])
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(table,)))
    with open_pdf(made.path) as file:
        (found,) = file.structure.root.all("Table")
        assert [group.type for group in found.all("THead", "TBody", "TFoot")] == ["THead", "TBody"]
    assert [finding.rule for check in checked(made.path) for finding in check.findings] == []


def test_what_random_trees_have_shown_is_told(tmp_path: Path) -> None:
    head, foot = (m.Row((m.Cell((m.Paragraph((m.Text(words),)),)),)) for words in ("Year", "Total"))
    link = m.Link((m.Text("Numbers"),), "#aside")
    table = m.Table((m.Column(),), head=(head,), foot=(foot,), caption=(link,))
    about = m.Metadata(title="T", language="en", subjects=("Rights, human", "Rights, women"))
    note = m.Note("unused", (m.Paragraph((m.Text("A note."),)),), at=m.At(id="aside"))
    _, assets = pictures_of_trees(tmp_path)
    quote = m.Quote((m.Paragraph((m.Text("True."),)),), (m.Image("img/a.png", m.Described("A signature")),))
    heading = m.Section((m.Text("Oath"),), (m.Paragraph((m.Text("Taken."),)),))
    turn = m.Turn(m.Speaker("Ana", "Examiner"), (heading,))
    body = (m.Transcript((turn,)), table, quote)
    made = make(tmp_path, transforms.apply(m.Publication(about, body=body, notes=(note,), assets=assets), "t"))
    assert compare(made.publication, {"pdf": made.path}) == []
    with open_pdf(made.path) as file:
        assert [node.type for node in file.structure.root.all("THead", "TBody", "TFoot")] == ["THead", "TBody"]
