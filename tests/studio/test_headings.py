"""Lines that only look like headings, and passages in another language: what is seen in them is offered."""

from __future__ import annotations

import io
import re

import msgspec
import pytest
from docx import Document
from docx.shared import Pt

from exporter.model.walk import plain_text
from exporter.service import stored_publication
from exporter.studio.tasks import verdict_of
from tests.studio.conftest import Opened
from tests.studio.test_flow import bring, checked

FRENCH = (
    "Nous attendons le camion depuis trois jours, et personne ne sait quand il viendra. L’eau du puits est salée, les "
    "enfants tombent malades et le dispensaire n’a plus de médicaments."
)


def report() -> bytes:
    document = Document()
    document.core_properties.title = ""
    for text, size in (("Water in the north", 20), ("Prices", 14), ("Pumps", 14)):
        run = document.add_paragraph().add_run(text)
        run.bold, run.font.size = True, Pt(size)
        document.add_paragraph(f"In the year of the report we saw what {text.lower()} meant for all of the people.")
    document.add_paragraph(FRENCH)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_no_task_depends_on_the_words_of_a_message(opened: Opened) -> None:
    address = bring(opened.browser(), data=report())
    row = opened.workspace.database.publication(address.rpartition("/")[2])
    assert row is not None
    findings = [msgspec.structs.replace(finding, message="", advice="") for finding in row.all_findings]
    silent = msgspec.structs.replace(row, findings=msgspec.json.encode(findings))
    for group, other in zip(verdict_of(row).groups, verdict_of(silent).groups, strict=True):
        assert group.has_several_headings == other.has_several_headings
        assert [(task.level, task.details) for task in group.tasks] == [
            (task.level, task.details) for task in other.tasks
        ]
    details = [task.details for group in verdict_of(row).groups for task in group.tasks]
    assert {(1, 2, False), (0, 1, True)} <= {(each.level, each.count, each.is_title) for each in details}
    assert "fr" in {each.language for each in details}


def test_the_title_and_all_headings_are_made_by_one_button(opened: Opened) -> None:
    browser = opened.browser()
    address = bring(browser, data=report())
    page = browser.get(address).text
    assert "Make it the title" in page
    assert page.index("Make “Water in the north” the title") < page.index("Make only the first of them a heading")
    assert re.search(r'<option value="fr" selected>French</option>', page)
    assert "Make all of them headings" in page
    assert sorted(set(re.findall(r"<option(?: selected)?>(\d)</option>", page))) == ["1", "2", "3", "4"]
    assert browser.post(f"{address}/fix", data={"headings": "all"}).status_code == 303
    page = browser.get(checked(browser, address)).text
    assert "(bold, " not in page
    document = Document(io.BytesIO(browser.get(f"{address}/manuscript").content))
    assert document.core_properties.title == "Water in the north"
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert (styles["Prices"], styles["Pumps"]) == ("Heading 1", "Heading 1")
    assert styles[FRENCH] == "Normal"


@pytest.mark.parametrize("which", ["title", "none"])
def test_a_title_alone(opened: Opened, which: str) -> None:
    browser = opened.browser()
    address = bring(browser, data=report())
    assert browser.post(f"{address}/fix", data={"headings": which}).status_code == 303
    page = browser.get(checked(browser, address)).text
    assert ("looks like the title (" in page) == (which == "none")
    assert "look like headings of level 1" in page


def doubtful() -> bytes:
    document = Document()
    document.add_paragraph("Water Watch", style="Title")
    run = document.add_paragraph().add_run("The price of water")
    run.bold, run.font.size = True, Pt(28)
    document.add_paragraph("Who pays, and who does not")
    for text in ("Prices", "Pumps"):
        document.add_paragraph().add_run(text).bold = True
        document.add_paragraph(f"In the year of the report we saw what {text.lower()} meant for all of the people.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("form", [{"headings": "all"}, pytest.param(None, marks=pytest.mark.proof)])
def test_a_wrong_title_is_put_right_and_is_in_no_edition_twice(opened: Opened, form: dict[str, str] | None) -> None:
    browser = opened.browser()
    address = bring(browser, data=doubtful())
    page = browser.get(address).text
    assert "“Water Watch” has the style Title, but “The price of water” is larger (bold, 28 pt)." in page
    assert "Make it the title" in page
    if form:
        assert browser.post(f"{address}/fix", data=form).status_code == 303
        checked(browser, address)
    details = {"name": "The price of water", "subtitle": "Who pays, and who does not", "language": "en"}
    assert browser.post(f"{address}/details", data=details).status_code == 303
    assert "larger" not in browser.get(checked(browser, address)).text
    page = browser.get(f"{address}/details").text
    assert 'value="The price of water"' in page
    assert 'value="Who pays, and who does not"' in page
    row = opened.workspace.database.publication(address.rpartition("/")[2])
    assert row is not None
    tree = stored_publication(row.tree, opened.workspace.store(row))
    assert tree is not None
    text = plain_text((*tree.front, *tree.body))
    assert text.startswith("Water Watch")
    assert not [line for line in ("The price of water", "Who pays") if line in text]
