"""Pages made to hurt are refused in a sentence, or read, within 20 seconds and 500 megabytes."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from exporter.errors import SourceError
from exporter.images.paths import refuse_unsafe
from exporter.images.probe_result import ImageRefusedError
from exporter.model import Image
from exporter.model.walk import images, plain_text, walk
from tests.readers.html.hostile import PAGES
from tests.readers.html.reading import HEAD, page, rules

HEAVY = {
    "links that are never closed",
    "marks around many blocks",
    "a table with 100,000 rows",
    "100,000 marks of one note",
    "20,000 notes",
    "20,000 formulas",
    "20,000 pieces of bold",
    "20,000 drawings",
    "50,000 definitions",
    "50,000 items",
    "100,000 line breaks",
    "100,000 anchors",
    "columns without end",
    "fields beside lists of choices",
    "a picture of many megabytes inside",
    "a table with many columns",
}
"""Pages that take seconds, not tenths of one; `tests/proof/html` reads them."""
SECONDS = 20
MEGABYTES = 500


@cache
def measured() -> dict[str, dict[str, Any]]:
    """Read all light pages in one process of its own, so that a crash would be seen."""
    names = [name for name in PAGES if name not in HEAVY]
    done = subprocess.run(
        [sys.executable, "-m", "tests.readers.html.measure", *names], capture_output=True, text=True, check=False
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, len(lines)) == (0, len(names)), done.stderr[-2000:]
    return {line["name"]: line for line in lines}


def test_every_hostile_page_is_read_or_refused_in_a_sentence_within_limits() -> None:
    for name, line in measured().items():
        assert line["seconds"] < SECONDS, name
        assert line["megabytes"] < MEGABYTES, name
        assert "\n" not in line["said"], name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("100,000 tags inside each other", "nested too deeply"),
        ("150 quotations inside each other", "nested too deeply"),
        ("fonts that are never closed", "are not closed"),
        ("too many tags", "more than 1,000,000 tags"),
        ("a billion laughs", "defines entities"),
        ("an entity from a file", "defines entities"),
        ("nothing but zero bytes", "not text"),
        ("a PDF file", "a PDF file"),
        ("an archive", "another archive"),
        ("a thousand pictures inside", "more than 500 images"),
        ("nothing", "has no text"),
    ],
)
def test_what_cannot_be_a_page_is_refused_and_the_reason_named(name: str, words: str) -> None:
    assert words in measured()[name]["said"]


def test_a_few_zero_bytes_are_taken_out_and_told() -> None:
    read = page(HEAD + "<p>o\0ne two three four five six seven eight")
    assert plain_text(read.publication.body).startswith("one two")
    assert [finding.rule for finding in read.findings] == ["character-removed"]


@pytest.mark.parametrize(
    "source", ["../up.png", "/etc/passwd", "file:///etc/passwd", "\\\\host\\share\\a.png", "C:\\a.png", "//host/a.png"]
)
def test_the_names_of_pictures_are_kept_as_they_are_for_those_who_look_for_the_files(source: str) -> None:
    # Where a name may lead is decided in one place, for all formats: exporter/images/paths.py.
    assert [image.source for image in images(page(HEAD + f'<p><img src="{source}" alt="x">').publication)] == [source]


def test_an_encoding_that_runs_or_packs_is_no_encoding() -> None:
    for name in ("utf-7", "rot13", "zip", "base64", "unicode_escape", "punycode", "idna"):
        read = page(f'<meta charset="{name}"><p>+ADw-script+AD4- one</p>')
        assert plain_text(read.publication.body) == "+ADw-script+AD4- one"


def test_scripts_and_handlers_leave_no_trace() -> None:
    text = (
        '<p onclick="run()">one<script>run()</script></p><svg onload="run()"></svg><a href="vbscript:run()">a b c d</a>'
    )
    assert "run" not in repr(page(HEAD + text).publication)


def test_a_picture_inside_the_page_that_is_broken_stays_a_picture_for_the_checks_to_refuse() -> None:
    read = page(HEAD + '<p><img alt="x" src="data:image/png;base64,!!!!">')
    names = [node.source for node in walk(read.publication) if isinstance(node, Image)]
    assert names == ["embedded-1.png"]
    assert read.media["embedded-1.png"] == b""


def test_what_stands_in_data_and_is_no_picture_is_left_out_and_told() -> None:
    assert rules('<p>x<img alt="x" src="data:text/html,<b>y</b>">') == [("html-dropped", 1)]


def test_a_page_that_ends_in_the_middle_is_read_to_its_end() -> None:
    with pytest.raises(SourceError):
        page("<html><head><title>T")
    assert plain_text(page(HEAD + "<p>one<p>two <b>thr").publication.body) == "one two thr"


def test_only_pictures_name_files_and_no_file_is_brought_in() -> None:
    read = page(
        HEAD + '<link rel="stylesheet" href="/etc/a.css">'
        '<style>@import "/etc/b.css"; p {background: url(/etc/c.png)}</style>'
        '<p style="background: url(../d.png)">one<img alt="x" srcset="file:///etc/e.png 2x, ../f.png 1x"></p>'
        '<object data="/etc/g.png">g</object><iframe src="/etc/h.html"></iframe><embed src="/etc/i.png">'
    )
    names = [image.source for image in images(read.publication)]
    assert names == ["../f.png", "/etc/g.png", "/etc/i.png"]
    for name in names:
        with pytest.raises(ImageRefusedError):
            refuse_unsafe(name)
    assert read.media == {}
