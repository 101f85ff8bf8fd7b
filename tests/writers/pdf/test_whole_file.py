"""What a file says as a whole and on its blocks: page labels, identifiers, direction, languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from exporter import model as m
from exporter import programs
from exporter.writers import large_print
from tests.write_context import Pictures, write_context
from tests.writers import sample
from tests.writers.pdf.made import Made, make
from tests.writers.sample import cell, p


def elements(path: Path) -> list[dict[str, Any]]:
    """Return the structure elements in reading order, as plain values."""
    found: list[dict[str, Any]] = []

    def visit(node: Any) -> None:
        found.append({key[1:]: str(node[key]) for key in ("/S", "/Lang", "/E", "/ID") if key in node})
        found[-1]["A"] = {key[1:]: str(value) for each in node.get("/A", []) for key, value in each.items()}
        for kid in node.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                visit(kid)

    with pikepdf.open(path) as file:
        visit(file.Root.StructTreeRoot.K[0])
    return found


def printed_numbers(path: Path, pages: int) -> dict[int, str]:
    """Return the last word of pages, by index, where that is a number."""
    found: dict[int, str] = {}
    for index in range(1, pages):  # no number is printed on the cover
        said = programs.run(["pdftotext", "-f", str(index + 1), "-l", str(index + 1), str(path), "-"], seconds=60)
        lines = said.stdout.decode().split()
        if lines and lines[-1].isdigit():
            found[index] = lines[-1]
    return found


def large(folder: Path) -> Path:
    pictures = Pictures(folder / "pictures")
    target = folder / "large.pdf"
    context = write_context(folder, pictures=pictures)
    large_print.write(sample.everything(pictures), context, large_print.Options(), target)
    return target


@pytest.mark.parametrize("edition", ["pdf", pytest.param("large-print", marks=pytest.mark.proof)])
def test_pages_are_called_what_is_printed_on_them(edition: str, everything: Made, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt install poppler-utils")
    path = everything.path if edition == "pdf" else large(tmp_path)
    with pikepdf.open(path) as file:
        labels = [page.label for page in file.pages]
        assert "/PageLabels" in file.Root
    printed = printed_numbers(path, len(labels))
    assert len(printed) > len(labels) / 2
    assert {index: labels[index] for index in printed} == printed
    if edition == "pdf":
        assert json.loads(everything.written.sidecars["pages"])["labels"] == labels


def test_the_tree_of_identifiers_leads_to_every_element_that_has_one(everything: Made) -> None:
    with pikepdf.open(everything.path) as file:
        names = file.Root.StructTreeRoot.IDTree.Names
        keys = [str(name) for name in list(names)[::2]]
        assert keys == sorted(keys)
        assert [str(node.ID) for node in list(names)[1::2]] == keys
    ids = [element["ID"] for element in elements(everything.path) if "ID" in element]
    assert sorted(ids) == keys
    assert {element["S"] for element in elements(everything.path) if "ID" in element} == {"/Note", "/TH"}


@pytest.mark.parametrize(("direction", "said"), [(m.Direction.RTL, "/R2L"), (m.Direction.LTR, "None")])
def test_a_document_from_right_to_left_says_so(direction: m.Direction, said: str, tmp_path: Path) -> None:
    language = "ar" if direction is m.Direction.RTL else "en"
    text = "نص" if direction is m.Direction.RTL else "Text"
    made = make(
        tmp_path, m.Publication(m.Metadata(title=text, language=language, direction=direction), body=(p(text),))
    )
    with pikepdf.open(made.path) as file:
        assert str(file.Root.ViewerPreferences.get("/Direction")) == said


def test_every_kind_of_block_says_its_language_and_direction(tmp_path: Path) -> None:
    ar = m.At(language="ar", direction=m.Direction.RTL)
    words = "نص"
    item = m.ListItem((p(words),), at=ar)
    body = (
        m.Section((m.Text(words),), (p(words),), at=m.At(language="ar", direction=m.Direction.RTL, id="s")),
        m.Paragraph((m.Text(words),), at=ar),
        m.Quote((p(words),), at=ar),
        m.Aside((p(words),), at=ar),
        m.List((item,)),
        m.DefinitionList((m.DefinitionItem((m.Term((m.Text(words),), at=ar),), (m.Definition((p(words),), at=ar),)),)),
        m.Table((m.Column(),), (), ((m.Row((m.Cell((p(words),), at=ar),)),),), at=m.At(language="fr")),
        m.Transcript((m.Turn(m.Speaker("A"), (p(words),), at=ar),)),
        p("Said ", m.NoteReference("n")),
    )
    notes = (m.Note("n", (p(words),), at=m.At(language="ar", direction=m.Direction.RTL, id="n")),)
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=body, notes=notes))
    spoken = [(each["S"], each["A"].get("WritingMode")) for each in elements(made.path) if each.get("Lang") == "ar"]
    types = {"/Sect", "/P", "/BlockQuote", "/Aside", "/LI", "/Lbl", "/LBody", "/TD", "/Turn", "/Note"}
    assert {type_ for type_, _ in spoken} == types
    assert {mode for _, mode in spoken} == {"/RlTb"}
    (table,) = [each for each in elements(made.path) if each["S"] == "/Table"]
    assert table["Lang"] == "fr"


def test_an_abbreviation_says_what_it_stands_for_wherever_it_stands(tmp_path: Path) -> None:
    short = m.Abbreviation("UN", "United Nations")
    table = m.Table((m.Column(),), (m.Row((cell("H", m.Scope.COLUMN),)),), ((m.Row((m.Cell((p(short),)),)),),))
    body = (
        m.Section((short,), (p("The ", short), m.List((m.ListItem((p(short),)),)), table, p(m.NoteReference("n")))),
    )
    notes = (m.Note("n", (p("See ", short),)),)
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=body, notes=notes))
    assert [each["E"] for each in elements(made.path) if "E" in each] == ["United Nations"] * 5
