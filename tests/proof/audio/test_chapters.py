"""The chapters of every recording are the bookmarks of the PDF, word for word and in their order.

A recording begins with a chapter called like the publication, in which title and people are read, and ends with one
about itself; between them there is a chapter for each heading, and the PDF has a bookmark for each heading. Neither
counts headings: numbers that a manuscript writes are words of the heading, in both.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pikepdf
import pytest
from lxml import html
from mutagen.mp4 import MP4

from exporter.labels import Labels
from exporter.programs import run
from tests.proof.built_editions import BuiltEditions
from tests.proof.validators import ROOT


@pytest.fixture
def expected(built: BuiltEditions, heard: str) -> list[str]:
    """What the chapters should be called."""
    metadata = built.tree(heard).metadata
    labels = Labels.load(ROOT / "styles", metadata.language)
    with pikepdf.open(built.spoken(heard) / f"{heard}.pdf") as pdf, pdf.open_outline() as outline:
        bookmarks = list(_titles(outline.root))
    assert bookmarks
    return [metadata.title, *bookmarks, labels("speech.about")]


def _titles(items: list[Any]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def test_of_the_file_with_chapters(built: BuiltEditions, heard: str, expected: list[str]) -> None:
    path = built.spoken(heard) / f"{heard}.m4b"
    command = ["ffprobe", "-v", "error", "-print_format", "json", "-show_chapters", str(path)]
    told = json.loads(run(command, seconds=60).stdout)["chapters"]
    assert [each["tags"]["title"] for each in told] == expected
    # The list of chapters that Nero invented holds 255; the track of text beside it holds all.
    assert [each.title for each in MP4(str(path)).chapters or ()] == expected[:255]


def test_of_the_files_by_section(built: BuiltEditions, heard: str, expected: list[str], tmp_path: Path) -> None:
    found: list[str] = []
    with zipfile.ZipFile(built.spoken(heard) / f"{heard}-mp3.zip") as archive:
        for name in sorted(each for each in archive.namelist() if each.endswith(".mp3")):
            path = Path(archive.extract(name, tmp_path))
            with av.open(str(path)) as file:
                inside = [each["metadata"]["title"] for each in sorted(file.chapters(), key=lambda each: each["start"])]
                assert file.metadata["title"] == inside[0]
            found += inside
    assert found == expected


def test_of_the_package_for_apps(built: BuiltEditions, heard: str, expected: list[str]) -> None:
    with zipfile.ZipFile(built.spoken(heard) / f"{heard}.lpf") as archive:
        contents = html.fromstring(archive.read("index.html"))
    (navigation,) = contents.iter("nav")
    assert [" ".join("".join(link.itertext()).split()) for link in navigation.iter("a")] == expected


def test_of_the_list_for_podcasts(built: BuiltEditions, heard: str, expected: list[str]) -> None:
    told = json.loads((built.spoken(heard) / f"{heard}-chapters.json").read_bytes())
    assert [each["title"] for each in told["chapters"]] == expected
