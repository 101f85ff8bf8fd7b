"""Lines that only look like headings, and passages in another language: what is seen in them is offered."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from docx.shared import Pt

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


def test_the_title_and_all_headings_are_made_by_one_button(opened: Opened) -> None:
    browser = opened.browser()
    address = bring(browser, data=report())
    page = browser.get(address).text
    assert "Make it the title" in page
    assert re.search(r'<option value="fr" selected>French</option>', page)
    assert "Make all of them headings" in page
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
