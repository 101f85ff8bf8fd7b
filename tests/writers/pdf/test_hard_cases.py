"""Each of the hard cases is truly in the document of hard cases, and comes out of it in one piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from exporter import model as m
from exporter.writers.pdf.options import Standard
from tests.parity.compared import compare
from tests.writers.pdf.made import Made, make
from tests.writers.sample import PARAGRAPH, p

pytestmark = pytest.mark.slow


class Element:
    """A structure element of a file and the pages that it stands on."""

    def __init__(self, node: Any, pages: dict[tuple[int, int], int], around: Element | None = None) -> None:
        self.type = str(node.S)[1:]
        self.around = around
        self.entries = {key[1:]: str(node[key]) for key in ("/Lang", "/ID", "/Alt", "/ActualText") if key in node}
        self.kids: list[Element] = []
        self.pages: set[int] = set()
        self.contents = 0
        for kid in node.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self.kids.append(Element(kid, pages, self))
                self.pages |= self.kids[-1].pages
            else:
                home = kid.get("/Pg", node.get("/Pg")) if isinstance(kid, pikepdf.Dictionary) else node.Pg
                self.pages.add(pages[home.objgen])
                self.contents += 1

    def all(self, *types: str) -> list[Element]:
        found = [self] if self.type in types else []
        return found + [inner for kid in self.kids for inner in kid.all(*types)]

    def above(self) -> Iterator[str]:
        around = self.around
        while around is not None:
            yield around.type
            around = around.around


def read(path: Path) -> Element:
    with pikepdf.open(path) as file:
        return Element(file.Root.StructTreeRoot.K[0], {page.objgen: at for at, page in enumerate(file.pages)})


@pytest.fixture(
    scope="module", params=[m.Direction.LTR, pytest.param(m.Direction.RTL, marks=pytest.mark.proof)], ids=["ltr", "rtl"]
)
def document(request: pytest.FixtureRequest, hard_cases: Callable[[m.Direction, Standard], Made]) -> Element:
    return read(hard_cases(request.param, Standard.UA_1).path)


@pytest.mark.parametrize("direction", [m.Direction.LTR, pytest.param(m.Direction.RTL, marks=pytest.mark.proof)])
@pytest.mark.parametrize("standard", [Standard.UA_1, pytest.param(Standard.UA_2, marks=pytest.mark.proof)])
def test_hard_cases_in_a_hard_layout_say_what_the_tree_says(
    standard: Standard, direction: m.Direction, hard_cases: Callable[[m.Direction, Standard], Made]
) -> None:
    made = hard_cases(direction, standard)
    assert compare(made.publication, {"pdf": made.path}) == []


def test_a_table_of_sixty_rows_is_one_over_several_pages(document: Element) -> None:
    table = max(document.all("Table"), key=lambda each: len(each.all("TR")))
    assert len(table.all("TR")) == 62
    assert len(table.pages) > 1
    assert [kid.type for kid in table.kids] == ["Caption", "THead", "TBody", "TBody", "TFoot"]


def test_forty_notes_stand_on_one_page(document: Element) -> None:
    short = [note for note in document.all("Note") if note.entries["ID"] != "long"]
    assert len(short) == 40
    # Arabic type is taller: there a part of them goes to the next page, together with the lines that refer to them.
    assert len({page for note in short for page in note.pages}) == (1 if document.entries["Lang"] == "en" else 2)


def test_a_note_over_pages_is_one_note(document: Element) -> None:
    (note,) = [note for note in document.all("Note") if note.entries["ID"] == "long"]
    assert len(note.pages) > 1
    assert len([kid for kid in note.kids if kid.type == "P"]) == 20
    assert [kid.type for kid in note.kids][-1] == "L"


def test_cells_are_empty_or_hold_pictures_lists_and_tables(document: Element) -> None:
    cells = document.all("TD", "TH")
    assert sum(not cell.kids and not cell.contents for cell in cells) > 8
    for inner in ("Figure", "L", "Table"):
        assert any(kid.all(inner) for cell in cells for kid in cell.kids)


def test_lists_stand_in_lists_and_tables_in_both(document: Element) -> None:
    assert max(list(each.above()).count("L") for each in document.all("L")) == 2
    assert any("LI" in each.above() for each in document.all("Table"))
    assert any("TD" in each.above() for each in document.all("Table"))
    assert any("Table" in each.above() for each in document.all("L"))


def test_each_direction_stands_in_the_other(document: Element) -> None:
    spans = {each.entries["Lang"] for each in document.all("Span") if "Lang" in each.entries}
    assert {"en", "he"} <= spans
    assert {"ar", "en"} <= {
        each.entries.get("Lang", "") for each in document.all("P", "Turn", "BlockQuote", "Document")
    }


def test_formulas_stand_in_lines_alone_and_in_boxes(document: Element) -> None:
    around = [each.around.type for each in document.all("Formula") if each.around]
    assert around == ["P", "Sect", "Aside"]
    assert all(each.entries["Alt"] for each in document.all("Formula"))


def test_every_picture_that_says_something_is_described(document: Element) -> None:
    assert len(document.all("Figure")) == 7
    assert all(each.entries["Alt"] for each in document.all("Figure"))


def long_note(*blocks: m.Block) -> m.Publication:
    notes = (m.Note("long", blocks, at=m.At(id="long")), m.Note("next", (p("The next."),), at=m.At(id="next")))
    body = (
        p(PARAGRAPH, m.NoteReference("long"), " and then "),
        p(PARAGRAPH, m.NoteReference("next")),
        *(p(PARAGRAPH) for _ in range(9)),
    )
    return m.Publication(m.Metadata(title="T", language="en"), body=body, notes=notes)


@pytest.mark.proof
@pytest.mark.parametrize("parts", [12, 45])
def test_nothing_of_a_long_note_is_lost(parts: int, tmp_path: Path) -> None:
    made = make(tmp_path, long_note(*(p(f"Part {i}. {PARAGRAPH}") for i in range(parts))))
    assert made.written.findings == ()
    document = read(made.path)
    long, after = document.all("Note")
    assert len(long.pages) > parts // 20
    assert len(long.all("P")) == parts
    assert [each.type for each in document.kids].index("Note") == 2, "right behind the paragraph that refers to it"
    assert after.entries["ID"] == "next"
    assert len(long.all("Link")) == 1


@pytest.mark.proof
def test_a_paragraph_of_a_note_continues_on_the_next_pages(tmp_path: Path) -> None:
    made = make(tmp_path, long_note(p(PARAGRAPH * 40)))
    assert made.written.findings == ()
    assert compare(made.publication, {"pdf": made.path}) == []
    long, _ = read(made.path).all("Note")
    assert len(long.pages) > 2
    assert len(long.all("P")) == 1


@pytest.mark.proof
def test_a_note_that_cannot_be_broken_stands_with_all_others_behind_the_text(tmp_path: Path) -> None:
    made = make(tmp_path, long_note(m.LineBlock((m.Line((m.Text("Verse"),)),) * 120)))
    assert [finding.rule for finding in made.written.findings] == ["notes-moved"]
    notes = read(made.path).all("Note")
    assert len(notes[0].pages) > 2
    assert len(notes) == 2
