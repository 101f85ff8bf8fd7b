"""The package: order, dates, bytes, manifest and spine."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import pytest

from exporter.errors import OutputError
from exporter.model import Direction
from exporter.writers.xhtml.files import XHTML, File
from exporter.writers.xhtml.package import Package, SpineItem, pack
from tests.writers.epub.books import NS, Bench, Book, kitchen_sink

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def small(**changes: object) -> Package:
    values: dict[str, object] = {
        "identifier": "urn:x:1",
        "language": "en",
        "direction": Direction.LTR,
        "metadata": (),
        "files": (File("a.xhtml", "a", XHTML, b"<html/>"), File("b.xhtml", "b", XHTML, b"<html/>")),
        "spine": (SpineItem("a", properties=("page-spread-left",)), SpineItem("b", linear=False)),
        "modified": datetime.datetime(2026, 1, 2),
    }
    return Package(**(values | changes))


def test_the_media_type_stands_first_and_is_stored(sink: Book) -> None:
    first = sink.entries[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert not first.extra
    assert sink.data["mimetype"] == b"application/epub+zip"


def test_no_entry_tells_the_time_or_the_machine(sink: Book) -> None:
    assert {entry.date_time for entry in sink.entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in sink.entries} == {3}


def test_no_file_is_there_twice(sink: Book) -> None:
    assert len(set(sink.names())) == len(sink.names())


def test_the_same_publication_gives_the_same_bytes(bench: Bench) -> None:
    publication = kitchen_sink(bench)
    first, _ = bench.write(publication, "first.epub")
    second, _ = bench.write(publication, "second.epub")
    assert first.read_bytes() == second.read_bytes()


def test_the_bytes_do_not_depend_on_what_the_memo_holds(bench: Bench) -> None:
    publication = kitchen_sink(bench)
    first, _ = bench.write(publication, "first.epub")
    bench.memo.clear()
    second, _ = bench.write(publication, "second.epub")
    assert first.read_bytes() == second.read_bytes()


def test_the_date_of_change_is_the_date_of_the_publication(sink: Book) -> None:
    assert sink.values("dcterms:modified") == ["2026-03-01T00:00:00Z"]


def test_the_package_says_language_and_direction(sink: Book) -> None:
    assert sink.opf.get(XML_LANG) == "en-GB"
    assert sink.opf.get("dir") == "ltr"


def test_every_file_is_in_the_manifest_and_every_entry_of_it_is_a_file(sink: Book) -> None:
    files = {name.removeprefix("EPUB/") for name in sink.names() if name.startswith("EPUB/")} - {"content.opf"}
    assert set(sink.properties()) == files


def test_manifest_properties_follow_from_the_content(sink: Book) -> None:
    properties = sink.properties()
    assert properties["nav.xhtml"] == "nav"
    assert properties["images/cover.svg"] == "cover-image"
    assert properties["text-01.xhtml"] == "mathml"
    assert properties["text-02.xhtml"] is None


def test_the_spine_is_cover_title_front_contents_text_notes_and_imprint(sink: Book) -> None:
    assert sink.spine() == [
        "cover.xhtml",
        "title.xhtml",
        "front-00.xhtml",
        "nav.xhtml",
        "text-00.xhtml",
        "text-01.xhtml",
        "text-02.xhtml",
        "text-03.xhtml",
        "notes.xhtml",
        "about.xhtml",
    ]


def test_a_place_of_the_spine_may_have_properties_and_be_out_of_line(tmp_path: Path) -> None:
    target = tmp_path / "small.epub"
    pack(small(), target)
    first, second = Book(target).opf.iterfind("o:spine/o:itemref", NS)
    assert (first.get("properties"), first.get("linear")) == ("page-spread-left", None)
    assert (second.get("properties"), second.get("linear")) == (None, "no")


def test_a_path_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"The EPUB cannot be written: No such file or directory\."):
        pack(small(), tmp_path / "nowhere" / "small.epub")
