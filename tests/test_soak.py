"""The soak itself: what it makes is varied and the same each time, and it notices what goes wrong."""

from __future__ import annotations

import os
import time

import pytest

from exporter.errors import SourceError
from exporter.readers import markdown
from tests.sampling import sampled
from tests.soak import cell, trial
from tests.soak.cell import Cell
from tests.soak.kinds import KINDS, Kind

CONVERTED = ("opendocument", "rtf")
"""Kinds that LibreOffice converts, which takes most of a second for each document."""
SOAK = (pytest.mark.proof, pytest.mark.soak)
READ = tuple(name for name in KINDS if name not in CONVERTED)


@pytest.mark.parametrize("name", [*READ, *(pytest.param(name, marks=pytest.mark.proof) for name in CONVERTED)])
def test_the_same_number_makes_the_same_document(name: str) -> None:
    document = KINDS[name].document
    assert document(7) == document(7)
    assert len({document(number) for number in range(50)}) > 45, "a change may change nothing"


@pytest.mark.parametrize("name", sampled(READ, 3))
def test_most_documents_can_be_read_and_some_are_refused(name: str) -> None:
    kind, refused = KINDS[name], 0
    for number in range(60):
        try:
            kind.reader.read(kind.document(number), f"manuscript{kind.suffix}")
        except SourceError:
            refused += 1
    assert 0 < refused < 30


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=SOAK) for part in (1, 2, 3))])
@pytest.mark.parametrize("name", sampled(READ, 3))
def test_documents_that_nobody_wrote_are_read_or_refused_in_a_sentence(name: str, part: int) -> None:
    kind = KINDS[name]
    numbers = range(part * 100, part * 100 + 100)
    read = ((number, trial.reads(kind.document(number), kind.reader, kind.suffix)) for number in numbers)
    assert {number: said for number, said in read if said} == {}


@pytest.mark.proof
@pytest.mark.parametrize("name", CONVERTED)
def test_documents_that_are_converted_are_read_or_refused_in_a_sentence(name: str) -> None:
    kind = KINDS[name]
    read = ((number, trial.reads(kind.document(number), kind.reader, kind.suffix)) for number in range(20))
    assert {number: said for number, said in read if said} == {}


@pytest.mark.proof
@pytest.mark.soak
@pytest.mark.parametrize("name", KINDS)
def test_they_become_word_files_and_books(name: str) -> None:
    kind = KINDS[name]
    assert trial.exports([kind.document(number) for number in range(6)], kind.suffix, ["docx", "epub"]) == {}


def test_a_crash_and_a_hang_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(data: bytes, file: str) -> None:
        raise KeyError("a mistake")

    def hang(data: bytes, file: str) -> None:
        time.sleep(30)

    monkeypatch.setattr(markdown, "read", crash)
    assert "a mistake" in trial.reads(b"x", markdown, ".md")
    monkeypatch.setattr(markdown, "read", hang)
    monkeypatch.setattr(trial, "SECONDS", 1)
    assert "not read within 1 seconds" in trial.reads(b"x", markdown, ".md")


class _Deadly:
    """A reader that ends its process, or takes all memory."""

    SUFFIXES = (".x",)

    @staticmethod
    def read(data: bytes, file: str) -> None:
        if data == b"1":
            os._exit(3)
        if data == b"2":
            bytearray(3_000_000_000)
        raise SourceError("It is fine.")


def test_a_reader_that_ends_its_process_or_takes_all_memory_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "deadly", Kind(".x", b"%d".__mod__, _Deadly))
    monkeypatch.setattr(cell, "START", "fork")  # so that the other process knows the kind
    room = Cell("deadly")
    try:
        assert room.reads(5) == ""
        assert "exit code 3" in room.reads(1)
        assert "MemoryError" in room.reads(2)
        assert room.reads(6) == ""
    finally:
        room.close()
