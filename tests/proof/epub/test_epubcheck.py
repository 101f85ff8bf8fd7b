"""EPUBCheck over every EPUB with its voice: no error and no warning; `test_verification` has those without."""

from __future__ import annotations

from tests.proof.built_editions import BuiltEditions
from tests.writers.epub.test_epubcheck import check


def test_epubcheck_finds_nothing_in_a_book_with_a_voice(built: BuiltEditions, heard: str, java: str) -> None:
    assert check(built.spoken_book(heard), java) == []
