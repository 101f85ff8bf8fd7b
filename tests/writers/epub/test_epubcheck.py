"""EPUBCheck over a book with one of everything and one with nothing usual."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from exporter import model as m
from exporter.validate.external.epubcheck import EpubCheck
from exporter.writers import epub
from tests.writers.epub.books import Bench, figure, kitchen_sink, metadata, pixels


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
@pytest.mark.parametrize("fonts", [False, pytest.param(True, marks=pytest.mark.proof)])
def test_epubcheck_finds_nothing_in_a_certified_book_with_everything(bench: Bench, java: str, fonts: bool) -> None:
    publication = msgspec.structs.replace(kitchen_sink(bench), metadata=metadata(certifier="Access Lab"))
    assert check(bench.write(publication, options=epub.Options(fonts=fonts))[0], java) == []


@pytest.mark.slow
def test_epubcheck_finds_nothing_in_an_unusual_book(bench: Bench, java: str) -> None:
    assert check(bench.write(unusual(bench))[0], java) == []


def check(target: Path, java: str) -> list[str]:
    checked = EpubCheck(java).check(target)
    assert checked.ran
    return [str(found) for found in checked.findings]
