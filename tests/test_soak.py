"""The soak itself: what it makes is varied and the same each time, and it notices what goes wrong."""

from __future__ import annotations

import time

import pytest

from exporter.errors import SourceError
from exporter.readers import markdown
from tests.soak import trial
from tests.soak.documents import document


def test_the_same_number_makes_the_same_document() -> None:
    assert document(7) == document(7)
    assert len({document(number) for number in range(50)}) == 50


def test_most_documents_can_be_read_and_some_are_refused() -> None:
    refused = 0
    for number in range(60):
        try:
            markdown.read(document(number), "manuscript.md")
        except SourceError:
            refused += 1
    assert 0 < refused < 30


@pytest.mark.parametrize("part", range(4))
def test_documents_that_nobody_wrote_are_read_or_refused_in_a_sentence(part: int) -> None:
    assert {
        number: said for number in range(part * 100, part * 100 + 100) if (said := trial.reads(document(number)))
    } == {}


def test_they_become_word_files_and_books() -> None:
    assert trial.exports([document(number) for number in range(6)], ["docx", "epub"]) == {}


def test_a_crash_and_a_hang_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(data: bytes, file: str) -> None:
        raise KeyError("a mistake")

    def hang(data: bytes, file: str) -> None:
        time.sleep(30)

    monkeypatch.setattr(markdown, "read", crash)
    assert "a mistake" in trial.reads(b"x")
    monkeypatch.setattr(markdown, "read", hang)
    monkeypatch.setattr(trial, "SECONDS", 1)
    assert "not read within 1 seconds" in trial.reads(b"x")
