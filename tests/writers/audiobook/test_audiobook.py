"""The audiobook: its manifest, its page of contents, and that its files are those that it names."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from exporter.model.walk import headings
from exporter.writers import audiobook
from tests.writers.audio.recordings import loudness_of, make, sample


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target, written = make(audiobook, tmp_path_factory.mktemp("book"))
    assert written.findings == ()
    return target


@pytest.fixture(scope="module")
def book(packed: Path) -> Path:
    folder = packed.with_name("book")
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def manifest(book: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((book / "publication.json").read_text("utf-8"))
    return found


def seconds(duration: str) -> float:
    found = re.fullmatch(r"PT(\d+\.\d{3})S", duration)
    assert found
    return float(found.group(1))


def test_the_manifest_says_what_a_reading_system_needs(manifest: dict[str, Any]) -> None:
    assert manifest["@context"][:2] == ["https://schema.org", "https://www.w3.org/ns/pub-context"]
    assert manifest["conformsTo"] == "https://www.w3.org/TR/audiobooks/"
    assert manifest["type"] == "Audiobook"
    assert manifest["name"] == "Waiting"
    assert manifest["author"] == [{"type": "Person", "name": "Ana Paz"}]
    assert manifest["readBy"][0]["name"] == "eSpeak NG (English)"
    assert manifest["inLanguage"] == ["en"]
    assert manifest["accessMode"] == ["auditory", "textual"]


def test_every_file_is_named_and_every_name_is_a_file(book: Path, manifest: dict[str, Any]) -> None:
    named = {"publication.json"}
    for each in (*manifest["readingOrder"], *manifest["resources"]):
        named |= {each["url"], *(other["url"] for other in each.get("alternate", ()))}
    assert named == {str(path.relative_to(book)) for path in book.rglob("*") if path.is_file()}


def test_durations_are_those_of_the_files_and_add_up(book: Path, manifest: dict[str, Any]) -> None:
    lengths = [seconds(each["duration"]) for each in manifest["readingOrder"]]
    assert lengths == pytest.approx([loudness_of(book / each["url"])[1] for each in manifest["readingOrder"]], abs=0.1)
    assert seconds(manifest["duration"]) == pytest.approx(sum(lengths), abs=0.01)


def test_the_cover_has_its_alt_text(manifest: dict[str, Any]) -> None:
    (cover,) = (each for each in manifest["resources"] if each["rel"] == "cover")
    assert cover["name"] == "A queue at dawn"


def test_contents_are_the_headings_nested_each_a_link_to_its_place(book: Path) -> None:
    page = html.fromstring((book / "index.html").read_bytes())
    assert page.get("lang") == "en"
    (nav,) = page.xpath("//nav[@role='doc-toc']")
    links = nav.xpath(".//a")
    assert [link.text for link in links] == [
        "Waiting",
        *(each.text for each in headings(sample())),
        "About this recording",
    ]
    assert [link.text for link in nav.xpath("./ol/li/ol/li/a")] == ["Deeper: “quoted” & more"]
    places = [re.fullmatch(r"(audio/\d{3}\.m4a)(?:#t=(\d+\.\d{3}))?", link.get("href")) for link in links]
    for place in places:
        assert place
        assert float(place.group(2) or 0) < loudness_of(book / place.group(1))[1]


def test_each_part_has_a_transcript_that_ends_within_it(book: Path, manifest: dict[str, Any]) -> None:
    for each in manifest["readingOrder"]:
        text = (book / each["alternate"][0]["url"]).read_text("utf-8")
        assert text.startswith("WEBVTT\n")
        ends = re.findall(r"--> (\d+):(\d\d):(\d\d\.\d{3})", text)
        last = max(int(h) * 3600 + int(m) * 60 + float(s) for h, m, s in ends)
        assert last <= seconds(each["duration"]) + 0.01


def test_same_publication_same_bytes(packed: Path, tmp_path: Path) -> None:
    assert make(audiobook, tmp_path)[0].read_bytes() == packed.read_bytes()
