"""Typefaces inside the book."""

from __future__ import annotations

import io
import re

import pytest
from fontTools.ttLib import TTFont

from exporter import model as m
from exporter.errors import SettingsError
from exporter.writers import epub
from exporter.writers.epub import book as epub_book
from exporter.writers.xhtml import embedded_fonts
from tests.write_context import STYLES, Memory
from tests.writers.epub.books import Bench, Book, metadata, paragraph, section

pytestmark = pytest.mark.slow
WORDS = "Ñandú — façade"
WITH_FACES = epub.Options(fonts=True, epub_audio=epub.Sound.OFF)


def publication(words: str, language: str = "en") -> m.Publication:
    about = metadata(language=language, title=words, subtitle="", kind=None, authors=(), publisher="", series="")
    return m.Publication(about, body=(section(words, paragraph(words, ident="p"), ident="s"),))


MEMORY = Memory()
"""Font subsets, which take seconds to make, for all tests of this module."""


@pytest.fixture
def bench(bench: Bench) -> Bench:
    bench.memo = MEMORY
    return bench


def faces(book: Book) -> dict[str, TTFont]:
    return {name: TTFont(io.BytesIO(data)) for name, data in book.data.items() if name.endswith(".woff2")}


def sheet(book: Book) -> str:
    return book.data["EPUB/styles/epub.css"].decode()


def test_a_book_brings_no_typeface_unless_it_is_asked_to(bench: Bench) -> None:
    book = bench.book(publication("Justice"))
    assert faces(book) == {}
    assert "font-face" not in sheet(book)
    assert not re.search(r"font-family: (?!monospace)", sheet(book))


@pytest.mark.proof
def test_typefaces_are_named_in_the_style_sheet_and_in_the_manifest(bench: Bench) -> None:
    book = Book(bench.write(publication(WORDS), options=WITH_FACES)[0])
    named = re.findall(
        r'font-family: "([^"]+)"; font-style: (\w+); font-weight: ([\d ]+); src: url\(\.\./([^)]+)\)', sheet(book)
    )
    assert [each[:3] for each in named] == [
        ("Source Serif 4", "normal", "400 700"),
        ("Source Serif 4", "italic", "400 700"),
        ("Source Sans 3", "normal", "400 700"),
        ("Source Sans 3", "italic", "400 700"),
        ("Source Code Pro", "normal", "400 700"),
        ("Source Code Pro", "italic", "400 700"),
    ]
    assert {f"EPUB/{each[3]}" for each in named} == set(faces(book))
    assert {each[3] for each in named} <= set(book.properties())


def test_a_typeface_holds_the_characters_of_the_book_and_no_others(bench: Bench) -> None:
    book = Book(bench.write(publication(WORDS), options=WITH_FACES)[0])
    upright = next(iter(faces(book).values()))
    shown = {
        ord(character)
        for root in book.documents().values()
        for text in root.itertext()
        for character in str(text)
        if not character.isspace()
    }
    assert shown <= set(upright.getBestCmap())
    assert set(upright.getBestCmap()) <= shown | {ord(" "), ord("\N{NO-BREAK SPACE}")}
    axes = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in upright["fvar"].axes}
    assert axes == {"wght": (400, 700)}


def test_a_script_that_the_first_typeface_lacks_brings_one_of_its_own(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "memo", Memory())
    monkeypatch.setattr(embedded_fonts, "_make_subset", lambda data, _: data)  # only the choice of fonts is tested
    book = Book(bench.write(publication("العدالة", "ar"), options=WITH_FACES)[0])
    assert {"Amiri", "Almarai"} <= set(re.findall(r'font-face { font-family: "([^"]+)"', sheet(book)))


@pytest.mark.proof
def test_typefaces_are_cut_once_and_always_to_the_same_bytes(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without the subsets that tests share.
    monkeypatch.setattr(embedded_fonts, "_make_subset", embedded_fonts._make_subset.__wrapped__)  # type: ignore[attr-defined]
    first = bench.write(publication(WORDS), options=WITH_FACES)[0].read_bytes()
    puts = bench.memo.puts
    assert puts
    assert bench.write(publication(WORDS), options=WITH_FACES)[0].read_bytes() == first
    assert bench.memo.puts == puts
    bench.memo.clear()
    assert bench.write(publication(WORDS), options=WITH_FACES)[0].read_bytes() == first


@pytest.mark.parametrize("name", [epub_book.SHEET, epub_book.FONT_SHEET])
def test_a_style_sheet_that_is_missing_is_told_in_a_sentence(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(epub_book, {"epub.css": "SHEET", "epub-fonts.css": "FONT_SHEET"}[name], "gone.css")
    with pytest.raises(SettingsError, match=r"Style sheet not found: gone.css"):
        bench.write(publication(WORDS), options=WITH_FACES)


def test_both_style_sheets_are_there() -> None:
    assert (STYLES / epub_book.SHEET).is_file()
    assert (STYLES / epub_book.FONT_SHEET).is_file()
