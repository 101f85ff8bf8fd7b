"""EPUBCheck over every EPUB, with its voice and without: no error and no warning."""

from __future__ import annotations

from tests.proof.built_editions import Shelf
from tests.writers.epub.test_epubcheck import check


def test_epubcheck_finds_nothing_in_a_silent_book(shelf: Shelf, slug: str, java: str) -> None:
    assert check(shelf.silent_book(slug), java) == []


def test_epubcheck_finds_nothing_in_a_book_with_a_voice(shelf: Shelf, slug: str, java: str) -> None:
    assert check(shelf.edition(slug, ".epub", "pdf", "epub", "audio"), java) == []
