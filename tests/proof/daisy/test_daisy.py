"""Talking books of every publication: valid by the types of the W3C and by the form of DAISY 2.02, and whole."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from exporter.model.walk import headings
from tests.proof import validators
from tests.proof.built_editions import BuiltEditions
from tests.proof.daisy import jing
from tests.writers.daisy import forms
from tests.writers.daisy.talking import Talking

TRANSITIONAL = "REC-xhtml1-20020801/xhtml1-transitional.dtd"
SMIL = "REC-smil-19980615/smil10.dtd"


@pytest.fixture
def book(built: BuiltEditions, heard: str) -> Talking:
    return Talking(built.spoken(heard) / f"{heard}-daisy.zip")


def test_every_document_is_valid(book: Talking) -> None:
    types = {
        kind: etree.DTD(str(validators.document_type(path))) for kind, path in (("html", TRANSITIONAL), ("smil", SMIL))
    }
    for name, root in book.roots.items():
        judge = types[name.rpartition(".")[2]]
        assert judge.validate(root), f"{name}: {judge.error_log}"


def test_it_has_the_form_that_validators_of_talking_books_ask_for(book: Talking) -> None:
    assert forms.faults(book) == []


def test_jing_finds_that_form_too(book: Talking, tmp_path: Path) -> None:
    documents = {name: root for name, root in book.roots.items() if name.endswith(".smil")}
    assert len(documents) > 1
    assert jing.faults(forms.FOLDER / "smil.rng", documents, tmp_path) == []
    assert jing.faults(forms.FOLDER / "ncc.rng", {"ncc.html": book.roots["ncc.html"]}, tmp_path) == []


def test_jing_finds_what_is_wrong(tmp_path: Path) -> None:
    wrong = etree.fromstring("<smil><head/><body><par/></body></smil>")
    assert jing.faults(forms.FOLDER / "smil.rng", {"d0001.smil": wrong}, tmp_path)


def test_nothing_is_wrong(book: Talking) -> None:
    assert book.faults() == []


def test_headings_are_those_of_the_manuscript_word_for_word(book: Talking, built: BuiltEditions, heard: str) -> None:
    expected = [each.text for each in headings(built.tree(heard)) if each.text]
    found = [words for _, words in book.headings()]
    assert found[1 : 1 + len(expected)] == expected


def test_pages_are_those_of_the_pdf(book: Talking, built: BuiltEditions, heard: str) -> None:
    with pikepdf.open(built.spoken(heard) / f"{heard}.pdf") as pdf:
        labels = [page.label for page in pdf.pages]
    found = ["".join(line.itertext()) for line in book.lines if (line.get("class") or "").startswith("page-")]
    assert found == labels
