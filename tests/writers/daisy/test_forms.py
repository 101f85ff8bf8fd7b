"""The form of a talking book, with planted defects: each has to be found."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from exporter.writers import daisy
from tests.counting import CountingMp3, spoken_by
from tests.writers.audio.recordings import make
from tests.writers.daisy.forms import faults
from tests.writers.daisy.talking import Talking


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with spoken_by(CountingMp3):
        return make(daisy, tmp_path_factory.mktemp("book"))[0]


def test_ours_has_the_form_that_validators_ask_for(book: Path) -> None:
    assert faults(Talking(book)) == []


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("ncc.html", '<h1 class="title"', '<h1 class="heading"'),
        ("ncc.html", "smil#t0001", "smil"),
        ("ncc.html", ' id="n0002"', ""),
        ("ncc.html", 'content="Daisy 2.02"', 'content="DAISY 2.02"'),
        ("ncc.html", '<meta name="dc:format" content="Daisy 2.02"/>', ""),
        ("ncc.html", 'name="ncc:depth" content="2"', 'name="ncc:depth" content="7"'),
        ("ncc.html", 'name="ncc:files" content="', 'name="ncc:files" content="-'),
        ("ncc.html", "audioFullText", "full"),
        ("ncc.html", '<h1 id="n0004">', '<p id="n0000">x</p><h1 id="n0004">'),
        (
            "ncc.html",
            '<h1 id="n0004">',
            '<span id="n0000" class="page-normal"><a href="a.smil#b">iv</a></span><h1 id="n0004">',
        ),
        ("d0001.smil", ' endsync="last"', ""),
        ("d0001.smil", "npt=2.583s", "2.583"),
        ("d0001.smil", '<seq dur="', '<seq id="x" dur="'),
        ("d0001.smil", '<par endsync="last" id="p0002">', '<par endsync="last" id="p0002" system-required="notes-on">'),
        ("d0001.smil", 't0001.html#e1"', 't0001.html"'),
        ("master.smil", ' src="d0002.smil"', ""),
    ],
)
def test_a_planted_defect_is_found(book: Path, tmp_path: Path, name: str, before: str, after: str) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(book) as whole, zipfile.ZipFile(broken, "w") as changed:
        for entry in whole.namelist():
            data = whole.read(entry)
            if entry == name:
                assert before.encode() in data
                data = data.replace(before.encode(), after.encode(), 1)
            changed.writestr(entry, data)
    assert faults(Talking(broken))
