"""Word files tell what the tree tells, and every defect that is planted in one is found by its rule."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import get_args

import docx as python_docx
import msgspec
import pytest
from docx.enum.style import WD_STYLE_TYPE
from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from exporter.inspect.docx import DocxError
from exporter.model.walk import rewrite
from exporter.parity import docx as word
from exporter.writers import docx
from tests.images.pictures import raster
from tests.parity.compared import compare
from tests.parity.docx.planted import DEFECTS, Defect, make, plant
from tests.trees import PUBLICATIONS, examples, pictures_of_trees
from tests.write_context import Pictures, write_context
from tests.writers.docx import kitchen_sink
from tests.writers.docx.test_reference import model
from tests.writers.stress import stress

NEVER = docx.Options(page_numbers=docx.PageNumbers.NEVER)
EXAMPLES = 12
"""Generated trees."""
INLINES: tuple[type[m.Node], ...] = get_args(m.Inline)
# Letters are Latin for the most part; what stands in Arabic and Hebrew is told by the hard cases.
SCRIPTS = {"ar": "fr", "he": "ru"}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[m.Publication, Path]:
    return make(tmp_path_factory.mktemp("word"))


def test_everything_that_a_tree_can_hold_is_told(good: tuple[m.Publication, Path]) -> None:
    publication, path = good
    assert compare(publication, {"docx": path}) == []
    told = word.read(path).content
    assert told is not None
    assert {each.kind for each in told.items} == {
        *("heading", "paragraph", "caption", "term", "cell", "picture", "formula")
    }
    assert (len(told.notes), [note.backlinks for note in told.notes]) == (3, [2, 1, 1])
    assert told.toc_links


@pytest.mark.parametrize("direction", m.Direction)
def test_hard_cases_are_told(direction: m.Direction, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    publication = transforms.apply(stress(pictures, direction), "hard")
    path = tmp_path / "hard.docx"
    docx.write(publication, write_context(tmp_path, publication.metadata.language, pictures=pictures), NEVER, path)
    assert compare(publication, {"docx": path}) == []


def test_a_file_after_a_model_of_the_house_tells_the_same(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    publication = transforms.apply(kitchen_sink.publication(pictures), "sink")
    context = write_context(tmp_path, publication.metadata.language, pictures=pictures)
    context = msgspec.structs.replace(context, files={"house.docx": model()})
    path = tmp_path / "house.docx"
    docx.write(publication, context, msgspec.structs.replace(NEVER, reference="house.docx"), path)
    assert compare(publication, {"docx": path}) == []


def test_words_against_the_direction_of_their_paragraph_say_their_language(tmp_path: Path) -> None:
    def paragraph(text: str, language: str, direction: m.Direction) -> m.Paragraph:
        return m.Paragraph(children=(m.Text(text),), at=m.At(language=language, direction=direction))

    for language in ("en", "fa"):
        body = (
            paragraph("Set to the right", "en", m.Direction.RTL),
            paragraph("به عدالت", "fa", m.Direction.LTR),
            paragraph("Le texte à droite", "fr", m.Direction.RTL),
        )
        publication = transforms.apply(m.Publication(m.Metadata(title="T", language=language), body=body), "ways")
        path = tmp_path / f"{language}.docx"
        docx.write(publication, write_context(tmp_path / language, language), NEVER, path)
        assert compare(publication, {"docx": path}) == []
        told = word.read(path).content
        assert told is not None
        words = [each.runs for each in told.items if each.text.startswith(("Set", "Le"))]
        assert [[name for name, _ in runs] for runs in words] == [["en"], ["fr"]]


def test_contents_may_lead_to_the_cell_that_a_heading_begins(tmp_path: Path) -> None:
    words = m.Paragraph(children=(m.Text("Words."),))
    parts = [m.Section(title=(m.Text(f"Part {number}"),), children=(words,)) for number in range(1, 7)]
    cells = tuple(m.Cell(children=(parts[place], parts[place + 1])) for place in (0, 2, 4))
    table = m.Table(columns=(m.Column(),) * 3, bodies=((m.Row(cells=cells),),))
    publication = transforms.apply(m.Publication(m.Metadata(title="T", language="en"), body=(table,)), "cells")
    path = tmp_path / "cells.docx"
    docx.write(publication, write_context(tmp_path), NEVER, path)
    assert compare(publication, {"docx": path}) == []
    told = word.read(path).content
    assert told is not None
    assert [words for words, _ in told.toc_links or ()] == [f"Part {number}" for number in range(1, 7)]


def test_a_header_cell_may_have_a_heading_with_text_below_it(tmp_path: Path) -> None:
    words = m.Paragraph(children=(m.Text("Words."),))
    contents = (
        (words,),
        (m.Section(title=(m.Text("Part"),), children=(words,)),),
        (m.Section((m.Text("Alone"),), ()),),
    )
    head = m.Row(cells=tuple(m.Cell(children=blocks, scope=m.Scope.COLUMN) for blocks in contents))
    body = m.Row(cells=(m.Cell(children=(words,)),) * 3)
    table = m.Table(columns=(m.Column(),) * 3, head=(head,), bodies=((body,),))
    publication = transforms.apply(m.Publication(m.Metadata(title="T", language="en"), body=(table,)), "cells")
    path = tmp_path / "cells.docx"
    docx.write(publication, write_context(tmp_path), NEVER, path)
    assert compare(publication, {"docx": path}) == []


def test_code_keeps_its_language_and_a_short_form_each_of_its_meanings(tmp_path: Path) -> None:
    one, two = (m.Abbreviation("IP", "internet protocol"), m.Abbreviation("IP", "intellectual property"))
    text = tuple(m.Paragraph(children=(m.Text("On "), each, m.Text("."))) for each in (one, two, one, two, one))
    code = m.CodeBlock("imprimir bonjour", at=m.At(language="fr"))
    about = m.Metadata(title="T", language="en")
    publication = transforms.apply(m.Publication(about, body=(*text, code)), "short")
    path = tmp_path / "short.docx"
    docx.write(publication, write_context(tmp_path), NEVER, path)
    assert compare(publication, {"docx": path}) == []


def test_a_decorative_picture_that_is_a_link_is_one(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("a.png", raster(), "image/png", 40, 20)
    link = m.Link((m.Image("a.png", m.Decorative()),), "https://example.org/")
    body = (m.Paragraph((m.Text("See "), link, m.Text(" more."))), m.Paragraph((link,)))
    publication = m.Publication(m.Metadata(title="Icons", language="en"), body=body, assets=(asset,))
    publication, path = transforms.apply(publication, "icons"), tmp_path / "icons.docx"
    docx.write(publication, write_context(tmp_path, pictures=pictures), NEVER, path)
    assert [each.message for each in compare(publication, {"docx": path})] == []


def _compared(body: m.Blocks, folder: Path, notes: tuple[m.Note, ...] = ()) -> list[str]:
    publication = m.Publication(m.Metadata(title="T", language="en"), body=body, notes=notes)
    pictures = Pictures(folder / "pictures")
    assets = (pictures.add("icon.png", raster(), "image/png", 40, 20),)
    publication = msgspec.structs.replace(publication, assets=assets)
    publication, path = transforms.apply(publication, "small"), folder / "small.docx"
    docx.write(publication, write_context(folder, pictures=pictures), NEVER, path)
    return [each.message for each in compare(publication, {"docx": path})]


def test_a_note_may_have_the_name_of_something_else(tmp_path: Path) -> None:
    text = (m.Text("Here", at=m.At(id="b")), m.NoteReference(note="b"), m.Link((m.Text("there"),), "#b"))
    note = m.Note("b", (m.Paragraph((m.Text("A note."),)),))
    assert _compared((m.Paragraph((m.Text("First."),)), m.Paragraph(text)), tmp_path, (note,)) == []


def test_a_reference_to_a_note_that_is_missing_is_no_target(tmp_path: Path) -> None:
    reference = m.NoteReference(note="lost", at=m.At(id="here"))
    text = (reference, m.Text("Here and "), m.Link((m.Text("there"),), "#here"))
    assert _compared((m.Paragraph(text),), tmp_path) == []


def test_images_of_notes_are_in_the_order_of_footnotes_and_endnotes(tmp_path: Path) -> None:
    last, first = (m.Image("icon.png", m.Described(alt)) for alt in ("Last", "First"))
    endnote = m.Note("a", (m.Figure((last,)),), m.NoteKind.ENDNOTE)
    footnote = m.Note("b", (m.Figure((first,)),))
    text = m.Paragraph((m.Text("One"), m.NoteReference("a"), m.Text("two"), m.NoteReference("b")))
    assert _compared((text,), tmp_path, (endnote, footnote)) == []


def test_the_title_of_a_table_in_a_note_has_no_note_in_it(tmp_path: Path) -> None:
    cells = m.Row((m.Cell((m.Paragraph((m.Text("1"),)),)),))
    table = m.Table((m.Column(),), bodies=((cells,),), caption=(m.Text("Numbers"), m.NoteReference("b")))
    notes = (m.Note("a", (table,)), m.Note("b", (m.Paragraph((m.Text("Of 2020."),)),)))
    assert _compared((m.Paragraph((m.Text("One"), m.NoteReference("a"))),), tmp_path, notes) == []


def test_a_picture_behind_the_heading_after_it_is_found(tmp_path: Path) -> None:
    def body(*order: int) -> m.Publication:
        figure = m.Figure((m.Image("icon.png", m.Described("A sign")),))
        blocks = (figure, m.Section((m.Text("Results"),), ()))
        return m.Publication(m.Metadata(title="T", language="en"), body=tuple(blocks[index] for index in order))

    pictures = Pictures(tmp_path / "pictures")
    assets = (pictures.add("icon.png", raster(), "image/png", 40, 20),)
    wanted, other = (
        transforms.apply(msgspec.structs.replace(tree, assets=assets), "small") for tree in (body(0, 1), body(1, 0))
    )
    docx.write(other, write_context(tmp_path, pictures=pictures), NEVER, tmp_path / "small.docx")
    assert {each.rule for each in compare(wanted, {"docx": tmp_path / "small.docx"})} == {"parity-order"}


def test_a_header_of_other_things_than_paragraphs_has_no_style_of_headers(tmp_path: Path) -> None:
    empty = m.Paragraph((m.Emphasis(()),))
    turn = m.Transcript((m.Turn(m.Speaker("Ana"), (m.CodeBlock("yes"),)),))
    rows = [m.Row((m.Cell((first, empty), m.Scope.ROW), m.Cell((m.CodeBlock("no"),)))) for first in (turn, turn)]
    line = m.Paragraph((m.LineBreak(at=m.At(id="end")),))
    rows.append(m.Row((m.Cell((m.CodeBlock("code"), line), m.Scope.ROW), m.Cell((line,), m.Scope.ROW))))
    table = m.Table((m.Column(), m.Column()), bodies=(tuple(rows),), caption=(m.Text("Voices"),))
    assert _compared((table,), tmp_path) == []


def test_a_description_with_formulas_is_that_of_its_table(tmp_path: Path) -> None:
    formula = m.Math('<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>', "x")
    cells = m.Row((m.Cell((m.Paragraph((m.Text("1"),)),)),))
    description = (m.Paragraph((formula, m.Text("is the first of all numbers, which are many."))),)
    table = m.Table((m.Column(),), bodies=((cells,),), caption=(m.Text("Numbers"),), description=description)
    assert _compared((table,), tmp_path) == []


def test_a_line_of_verse_is_a_target_and_a_run_is_raised_or_lowered(tmp_path: Path) -> None:
    lines = (m.Line((m.Text("One"),)), m.Line((m.Text("Two"),), at=m.At(id="two")))
    both = m.Superscript((m.Text("up"), m.Subscript((m.Text("down"),))))
    text = m.Paragraph((m.Text("See "), m.Link((m.Text("there"),), "#two"), both))
    assert _compared((m.LineBlock(lines), text), tmp_path) == []
    told = word.read(tmp_path / "small.docx").content
    assert told is not None
    assert {style for item in told.items for style, _ in item.styles} == {"", "superscript", "subscript"}
    assert [mark.target for item in told.items for mark in item.marks] == ["#two"]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda each: each.name)
def test_a_planted_defect_is_found(defect: Defect, good: tuple[m.Publication, Path], tmp_path: Path) -> None:
    publication, path = good
    bad = plant(path, tmp_path / "bad.docx", {defect.part: defect.change})
    findings = compare(publication, {"docx": bad})
    assert {each.rule for each in findings} == defect.rules, [each.message for each in findings]


def test_whatever_the_tree_holds_is_told() -> None:
    @given(PUBLICATIONS)
    # A tree takes minutes to shrink; as it is generated it is small enough to be read.
    @settings(
        max_examples=examples(EXAMPLES),
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def write(raw: m.Publication) -> None:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            pictures, assets = pictures_of_trees(folder)
            about = raw.metadata
            about = msgspec.structs.replace(about, language=SCRIPTS.get(about.language, about.language))
            tree = msgspec.structs.replace(rewrite(raw, _sensible), metadata=about, assets=assets)
            tree = transforms.apply(tree, "any")
            path = folder / "any.docx"
            docx.write(tree, write_context(folder, tree.metadata.language, pictures=pictures), NEVER, path)
            findings = [each.message for each in compare(tree, {"docx": path})]
            if findings:  # no comparison of long texts by pytest: it would take minutes
                raise AssertionError("\n".join(findings))

    write()


def _sensible(node: m.Node) -> m.Node:
    """Return a node as a manuscript has it: directions follow from languages, Latin letters are in no Arabic words.

    Neighbours that Word stores as one, such as two pieces of code that touch, are parted.
    """
    language = SCRIPTS.get(node.at.language or "", node.at.language)
    node = msgspec.structs.replace(node, at=msgspec.structs.replace(node.at, direction=None, language=language))
    for field in ("children", "title", "caption", "attribution"):
        value: tuple[m.Inline, ...] = getattr(node, field, ())
        if len(value) > 1 and isinstance(value[0], INLINES):
            parted = [part for each in value for part in (each, m.Text(" - "))][:-1]
            node = msgspec.structs.replace(node, **{field: tuple(parted)})
    return node


# Limits and broken files


def test_what_word_cannot_hold_is_not_asked() -> None:
    deep: m.Block = m.Section(title=(m.Text("Deepest"),), children=())
    for level in range(11):
        deep = m.Section(title=(m.Text(f"Level {11 - level}"),), children=(deep,))
    short = m.Table(
        columns=(m.Column(), m.Column()),
        bodies=((_row("one", "two"), _row("three")),),
    )
    note = m.Note("n", (_p("Inside", m.NoteReference("o")),))
    other = m.Note("o", (_p("Outside"),))
    text = _p("Text", m.NoteReference("n"))
    about = m.Metadata(title="T", language="en")
    raw = m.Publication(about, body=(text, deep, short), notes=(note, other))
    asked = word.expected_extraction(transforms.apply(raw, "x"))
    assert [each.level for each in asked.headings or ()] == [*range(1, 10), 9, 9, 9]
    assert asked.content is not None
    assert [each.text for each in asked.content.items if each.kind == "cell"] == ["one", "two", "three", ""]
    assert [each.text for note in asked.content.notes for each in note.items] == ["Inside [Outside]"]


def _p(text: str, *nodes: m.Inline) -> m.Paragraph:
    return m.Paragraph(children=(m.Text(text), *nodes))


def _row(*words: str) -> m.Row:
    return m.Row(cells=tuple(m.Cell(children=(_p(each),)) for each in words))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footnotes.xml", "docProps/core.xml"])
@pytest.mark.parametrize("data", [b"", b"<", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_a_broken_part_never_crashes(part: str, data: bytes, good: tuple[m.Publication, Path], tmp_path: Path) -> None:
    publication, path = good
    bad = tmp_path / "bad.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for entry in source.namelist():
            target.writestr(entry, data if entry == part else source.read(entry))
    assert compare(publication, {"docx": bad}) != []


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK")
    with pytest.raises(DocxError):
        word.read(path)


def test_a_link_to_what_tells_nothing_at_the_end_leads_behind_the_text(tmp_path: Path) -> None:
    link = m.Paragraph((m.Link((m.Text("There"),), "#end"),))
    about = m.Metadata(title="T", language="en", publisher="P")
    raw = m.Publication(about, body=(link, _p("Last"), m.LineBlock((), at=m.At(id="end"))))
    publication = transforms.apply(raw, "end")
    path = tmp_path / "end.docx"
    docx.write(publication, write_context(tmp_path), NEVER, path)
    assert compare(publication, {"docx": path}) == []
    first = m.Paragraph((m.Link((m.Text("There"),), "#first"),), at=m.At(id="first"))
    other = transforms.apply(msgspec.structs.replace(raw, body=(first, *raw.body[1:])), "end")
    assert [each.rule for each in compare(other, {"docx": path})] == ["parity-links"]


def _written(tmp_path: Path, *body: m.Block) -> tuple[m.Publication, Path]:
    about = m.Metadata(title="T", language="en", publisher="P")
    publication = transforms.apply(m.Publication(about, body=body), "own")
    path = tmp_path / "own.docx"
    docx.write(publication, write_context(tmp_path, "en", pictures=Pictures(tmp_path / "pictures")), NEVER, path)
    return publication, path


def _paragraph(*inlines: m.Inline) -> m.Paragraph:
    return m.Paragraph(inlines)


def test_a_short_quotation_is_told_by_its_marks(tmp_path: Path) -> None:
    inner = m.Span((m.Quotation((m.Text("nein"),)),), at=m.At(language="de"))
    verse = m.LineBlock((m.Line((m.Quotation((m.Text("one"), m.LineBreak(), m.Text("two"))), m.Text("three"))),))
    spoken = _paragraph(m.Text("She said "), m.Quotation((m.Text("a "), inner, m.Text(" b"))), m.Text("."))
    publication, path = _written(tmp_path, spoken, verse)
    assert compare(publication, {"docx": path}) == []

    def unquoted(node: m.Node) -> m.Node:
        return m.Span(node.children, at=node.at) if isinstance(node, m.Quotation) else node

    found = compare(rewrite(publication, unquoted), {"docx": path})
    assert {finding.rule for finding in found} == {"parity-marks"}


def test_a_table_in_a_table_and_a_description_with_a_short_form_are_no_faults(tmp_path: Path) -> None:
    column = (m.Column(m.Alignment.START, None),)
    head = m.Row((m.Cell((_paragraph(m.Text("Head")),), m.Scope.COLUMN),))
    cell = m.Row((m.Cell((_paragraph(m.Text("Cell")),)),))
    inner = m.Table(column, (head,), ((cell,),))
    description = _paragraph(m.Text("Deaths by "), m.Abbreviation("ICU", "intensive care unit"), m.Text(" in 2020."))
    outer = m.Table(
        column, bodies=((m.Row((m.Cell((inner,)),)),),), caption=(m.Text("Outer"),), description=(description,)
    )
    publication, path = _written(tmp_path, outer)
    assert compare(publication, {"docx": path}) == []


def test_a_reference_document_may_have_styles_in_fonts_of_symbols_that_no_text_has(tmp_path: Path) -> None:
    house = python_docx.Document()
    house.styles.add_style("Bullet Sign", WD_STYLE_TYPE.CHARACTER).font.name = "Wingdings"
    house.styles.add_style("Ornament", WD_STYLE_TYPE.PARAGRAPH).font.name = "ZapfDingbats"
    house.styles["Title"].font.name = "Zapfino"
    house.save(str(tmp_path / "house.docx"))
    body = (m.Paragraph((m.Text("Four rooms."),)),)
    publication = transforms.apply(m.Publication(m.Metadata(title="Rooms", language="en"), body=body), "rooms")
    context = msgspec.structs.replace(
        write_context(tmp_path, "en", pictures=Pictures(tmp_path / "pictures")),
        files={"house.docx": (tmp_path / "house.docx").read_bytes()},
    )
    path = tmp_path / "rooms.docx"
    docx.write(publication, context, msgspec.structs.replace(NEVER, reference="house.docx"), path)
    assert compare(publication, {"docx": path}) == []
