"""What only PDF 2.0 has: notes that refer both ways, destinations that are elements, namespaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from exporter.writers.pdf.options import Standard
from tests.writers.pdf.made import Made


@pytest.fixture(scope="module")
def path(sample_pdf: Callable[[Standard], Made]) -> Path:
    return sample_pdf(Standard.UA_2).path


def elements(file: pikepdf.Pdf) -> Iterator[Any]:
    stack = [file.Root.StructTreeRoot.K[0]]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(kid for kid in node.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)


def bookmarks(file: pikepdf.Pdf, first: Any) -> Iterator[Any]:
    while first is not None:
        yield first
        if "/First" in first:
            yield from bookmarks(file, first.First)
        first = first.get("/Next")


def test_notes_and_the_places_that_refer_to_them_name_each_other(path: Path) -> None:
    with pikepdf.open(path) as file:
        notes = [node for node in elements(file) if node.S == "/FENote"]
        marks = [node for node in elements(file) if node.S == "/Reference" and "/Ref" in node]
        assert notes
        named = {mark.objgen: mark.Ref[0] for mark in marks if mark.Ref[0].S == "/FENote"}
        back = {place.objgen: note for note in notes for place in note.Ref}
        assert named.keys() == back.keys()
        assert all(named[place].objgen == back[place].objgen for place in named)
        assert len(named) > len(notes), "a note that is referred to twice names both places"


def test_links_and_bookmarks_lead_to_structure_elements(path: Path) -> None:
    with pikepdf.open(path) as file:
        links = [each for page in file.pages for each in page.get("/Annots", []) if "/URI" not in each.get("/A", {})]
        leaders = [*links, *bookmarks(file, file.Root.Outlines.First)]
        assert len(links) > 5
        assert all("/Dest" not in each for each in leaders)
        assert all(each.A.S == "/GoTo" and each.A.SD[0].Type == "/StructElem" for each in leaders)
        assert "/Dests" not in file.Root.get("/Names", {})


def test_every_element_stands_in_the_namespace_that_has_its_type(path: Path) -> None:
    with pikepdf.open(path) as file:
        spaces: dict[str, set[str]] = {}
        for node in elements(file):
            spaces.setdefault(str(node.NS.NS), set()).add(str(node.S)[1:])
        old, new = spaces["http://iso.org/pdf/ssn"], spaces["http://iso.org/pdf2/ssn"]
        assert {"TOC", "TOCI", "BlockQuote", "Reference", "Code"} <= old
        assert {"Document", "Title", "FENote", "Em", "Strong", "P", "Table", "Figure", "Formula"} <= new
        assert not old & new
