"""Details that the text suggests."""

from __future__ import annotations

import datetime
import io

import pytest
from docx import Document

from exporter import model as m
from exporter.labels import Labels
from exporter.studio.suggestions import suggested_address, suggested_date
from tests.studio.conftest import Opened
from tests.studio.test_flow import bring
from tests.write_context import STYLES


@pytest.mark.parametrize(
    ("line", "language", "date"),
    [
        ("Puerto Alba, 27 November 2026", "en", "2026-11-27"),
        ("27 November 2026", "en", "2026-11-27"),
        ("Puerto Alba, 27 de noviembre de 2026", "es", "2026-11-27"),
        ("Лима, 27 ноября 2026 г.", "ru", "2026-11-27"),
        ("Embargoed until 27 November 2026, 10:00", "en", ""),
        ("They were evicted on 27 November 2026.", "en", ""),
        ("Puerto Alba, November 2026", "en", ""),
        ("1 January 2026 – 31 December 2026", "en", ""),
        ("12 May 2026 - 15 May 2026, Puerto Alba", "en", ""),
        ("2026-01-01 – 2026-12-31: the year in figures", "en", ""),
        ("1 de enero de 2026 — 31 de diciembre de 2026.", "es", ""),
    ],
)
def test_a_date_alone_or_after_a_place_is_suggested(line: str, language: str, date: str) -> None:
    body = (m.Paragraph((m.Text("Housing Now"),)), m.Paragraph((m.Text(line),)))
    suggested = suggested_date(m.Publication(m.Metadata(), body=body), Labels.load(STYLES, language))
    assert suggested == ((datetime.date.fromisoformat(date), line) if date else (None, ""))


@pytest.mark.parametrize("dateline", ["(Puerto Alba, 27 November 2026) – ", "Puerto Alba, 27 November 2026 — "])
def test_the_date_of_a_dateline_is_suggested(dateline: str) -> None:
    body = (m.Paragraph((m.Strong((m.Text(dateline),)), m.Text("Police destroyed 61 homes."))),)
    suggested = suggested_date(m.Publication(m.Metadata(), body=body), Labels.load(STYLES, "en"))
    assert suggested == (datetime.date(2026, 11, 27), "Puerto Alba, 27 November 2026")


def test_the_date_of_the_text_is_filled_in_until_another_is_saved(opened: Opened) -> None:
    document = Document()
    for text in ("Puerto Alba, 27 November 2026", "Nobody knows when the water will come back to the town."):
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    browser = opened.browser()
    address = f"{bring(browser, data=out.getvalue())}/details"
    page = browser.get(address).text
    assert 'value="2026-11-27"' in page
    assert "Taken from the line “Puerto Alba, 27 November 2026” of the text." in page
    browser.post(address, data={"name": "Water", "language": "en", "date": "2026-12-01"})
    page = browser.get(address).text
    assert 'value="2026-12-01"' in page
    assert "Taken from the line" not in page


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Who pays for water?", "who-pays-for-water"),
        ("Straße & Fluß", "strasse-fluss"),
        ("Ærø, Łódź i Đakovo", "aero-lodz-i-dakovo"),
        ("العربية 2026", ""),
        ("Права человека в COVID", ""),
        ("The word حق", "the-word"),
        ("1984", "1984"),
        ("Store", "store-publication"),
        ("…", ""),
        ("", ""),
    ],
)
def test_an_address_after_a_title(title: str, address: str) -> None:
    assert suggested_address(title) == address
