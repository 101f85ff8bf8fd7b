"""All findings of a rule that one button fixes, and what is said if one of them cannot be."""

from __future__ import annotations

import copy
import io
from collections.abc import Mapping

import pytest
from docx import Document
from starlette.testclient import TestClient

from exporter.errors import OutputError
from exporter.model import Publication
from exporter.revise import HeaderRows, history
from exporter.studio import revising
from exporter.studio.database import PublicationRow
from tests.studio.conftest import Opened
from tests.studio.test_flow import bring, checked


def report() -> bytes:
    document = Document()
    document.add_heading("Water in the north", 0)
    document.add_heading("What we saw", 1)
    for name in ("Norra", "Sulla", "Varda"):
        document.add_paragraph(f"The people of {name} told us what they pay for the water of the pumps.")
        for text in ("•\tThe first thing that they said.", "•\tThe second thing that they said."):
            document.add_paragraph(text)
        document.add_paragraph("The prices were written down in the year of the report, by hand.")
        table = document.add_table(2, 2)
        for row, texts in zip(table.rows, (("Place", "Price"), (name, "4.20")), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def fix_all(browser: TestClient, address: str, rule: str, number: str = "0") -> int:
    return browser.post(f"{address}/fix", data={"finding": number, "all": rule}).status_code


def test_one_button_makes_all_header_rows_and_another_all_lists(browser: TestClient) -> None:
    address = bring(browser, data=report())
    page = browser.get(address).text
    assert "Make the first row of all 3 tables their header row" in page
    assert "Make all 3 of them lists" in page
    for rule in ("table-headless", "list-by-hand"):
        assert fix_all(browser, address, rule) == 303
        page = browser.get(checked(browser, address)).text
        assert f"warning-{rule}" not in page
    document = Document(io.BytesIO(browser.get(f"{address}/manuscript").content))
    assert all(table.rows[0]._tr.trPr is not None for table in document.tables)
    assert [paragraph.text for paragraph in document.paragraphs if "thing" in paragraph.text] == [
        f"The {which} thing that they said." for _ in range(3) for which in ("first", "second")
    ]


def test_what_cannot_be_fixed_is_said_and_the_others_are_fixed(
    opened: Opened, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = bring(browser, data=report())
    change_of = revising._change_of

    def beside(publication: PublicationRow, form: Mapping[str, object], tree: Publication | None) -> HeaderRows:
        change = change_of(publication, form, tree)
        assert isinstance(change, HeaderRows)
        return HeaderRows(change.source, 9) if form == {"finding": first} else change

    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication is not None
    first = str([finding.rule for finding in publication.all_findings].index("table-headless"))
    monkeypatch.setattr(revising, "_change_of", beside)
    answer = browser.post(f"{address}/fix", data={"finding": first, "all": "table-headless"})
    assert answer.status_code == 422
    assert answer.text.count("Make the first row of this table its header row") == 1
    assert "2 other changes are saved in the manuscript." in answer.text


def test_nothing_is_said_to_be_saved_if_nothing_is(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    address = bring(browser, data=report())

    def refuse(*_: object) -> None:
        raise OutputError("“report.docx” is open in a word processor.")

    monkeypatch.setattr(history, "write", refuse)
    answer = browser.post(f"{address}/fix", data={"finding": "0", "all": "table-headless"})
    assert "is open in a word processor" in answer.text
    assert "saved in the manuscript" not in answer.text.partition("</main>")[0].partition("<main")[2]


def test_the_button_for_all_says_that_a_table_gets_several_header_rows(browser: TestClient) -> None:
    document = Document(io.BytesIO(report()))
    table = document.tables[1]
    head = table.add_row()
    table._tbl.insert(table._tbl.index(table.rows[0]._tr), head._tr)
    head.cells[0].merge(head.cells[1]).text = "What they pay"
    table.rows[0]._tr.append(copy.deepcopy(table.rows[1].cells[0]._tc))
    for row in table.rows[1:]:
        row._tr.append(copy.deepcopy(row.cells[1]._tc))
    table._tbl.tblGrid.add_gridCol()
    out = io.BytesIO()
    document.save(out)
    address = bring(browser, data=out.getvalue())
    page = browser.get(address).text
    assert "Make the first rows of all 3 tables their header rows" in page
    assert "How many rows these are is said with each table below." in page
    assert page.count("Make the first 2 rows of this table its header rows") == 1
    assert fix_all(browser, address, "table-headless") == 303
    written = Document(io.BytesIO(browser.get(f"{address}/manuscript").content))
    assert [sum(row._tr.trPr is not None for row in table.rows) for table in written.tables] == [1, 2, 1]


def test_no_other_rule_is_fixed_at_once(browser: TestClient) -> None:
    address = bring(browser, data=report())
    before = browser.get(f"{address}/manuscript").content
    assert fix_all(browser, address, "table-caption", "") == 303
    assert browser.get(f"{address}/manuscript").content == before
