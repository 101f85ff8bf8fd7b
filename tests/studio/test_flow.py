"""The way from a Word report to its editions, without a script: forms and pages only."""

from __future__ import annotations

import datetime
import io
import os
import re
import time
import zipfile

import pytest
from docx import Document
from starlette.testclient import TestClient

from exporter.revise import history
from exporter.studio.database import JobState, Task
from tests.studio.conftest import Opened
from tests.studio.manuscripts import chart, word_report
from tests.writers.braille.made import needs_liblouis

WORDS = ("Bar chart: the price of water rises in each month.", "Bar chart in red: the same prices, for households.")


OWN_CHECKS = ("publication.toml", b'[export]\nvalidators = "own"\n')
"""Settings without the validators from outside, which take seconds."""


def bring(browser: TestClient, name: str = "Water report.docx", data: bytes | None = None) -> str:
    answer = browser.post("/publications", files=[("files", (name, data or word_report())), ("files", OWN_CHECKS)])
    assert answer.status_code == 303
    return checked(browser, answer.headers["location"])


def checked(browser: TestClient, address: str) -> str:
    """Return the address of a publication once it is checked, however busy the machine is."""
    end = time.monotonic() + 60
    while "data-progress" in browser.get(address).text and time.monotonic() < end:
        time.sleep(0.05)
    return address


def form_of(page: str) -> dict[str, str]:
    """Return the hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def heading(page: str) -> str:
    (text,) = re.findall(r"<h1>(.*?)</h1>", page, re.DOTALL)
    return text.strip()


@pytest.fixture(scope="module")
def report(opened: Opened) -> tuple[TestClient, str]:
    browser = opened.browser()
    return browser, bring(browser)


def test_the_verdict_comes_first_and_names_where_things_are_fixed(report: tuple[TestClient, str]) -> None:
    browser, address = report
    page = browser.get(address).text
    assert heading(page) == "3 things stop this publication, and 6 things are worth a look"
    assert f'href="{address}/pictures/1"' in page
    assert f'href="{address}/details#date"' in page
    assert "Make the first row of this table its header row" in page
    assert "Island | Price" in page
    assert page.index("Pictures without a description") < page.index("Tables without header cells")
    assert page.index("Tables without header cells") < page.index("Details that are missing")


def test_no_description_is_ever_filled_in_by_a_program(report: tuple[TestClient, str]) -> None:
    browser, address = report
    for number in (1, 2):
        page = browser.get(f"{address}/pictures/{number}").text
        assert re.search(r'<textarea id="text"[^>]*></textarea>', page)
        assert not re.search(r'name="(lost|kind)"[^>]* checked', page)


def test_a_picture_stands_in_its_text(report: tuple[TestClient, str]) -> None:
    browser, address = report
    page = browser.get(f"{address}/pictures/1").text
    assert "the wells of three islands ran dry" in page
    (image,) = re.findall(r'<img class="shown" src="([^"]+)"', page)
    answer = browser.get(image)
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("name", "text", "is_offered"),
    [
        ("a.markdown", "# A\n\n![](chart.png)\n", True),
        ("a.html", '<!doctype html><html lang="en"><title>A</title><p><img src="chart.png"></p>', False),
    ],
)
def test_a_long_description_is_offered_where_it_can_be_written(
    browser: TestClient, name: str, text: str, is_offered: bool
) -> None:
    files = [("files", (name, text.encode())), ("files", ("chart.png", chart())), ("files", OWN_CHECKS)]
    address = checked(browser, browser.post("/publications", files=files).headers["location"])
    assert ('name="long"' in browser.get(f"{address}/pictures/1").text) is is_offered


def test_saving_without_a_choice_says_what_is_missing_and_keeps_what_was_written(
    report: tuple[TestClient, str],
) -> None:
    browser, address = report
    state = form_of(browser.get(f"{address}/pictures/1").text)
    answer = browser.post(f"{address}/pictures/1", data={**state, "text": "A chart."})
    assert answer.status_code == 422
    assert "Choose what is lost without the picture." in answer.text
    assert ">A chart.</textarea>" in answer.text
    empty = browser.post(f"{address}/pictures/1", data={**state, "lost": "something", "text": "  "})
    assert "Write a description" in empty.text


def test_a_page_that_was_opened_before_a_change_overwrites_nothing(report: tuple[TestClient, str]) -> None:
    browser, address = report
    answer = browser.post(f"{address}/pictures/1", data={"state": "old", "lost": "something", "text": "A chart."})
    assert answer.status_code == 422
    assert "The manuscript has changed since this page was opened" in answer.text


def test_from_a_word_report_with_two_undescribed_pictures_to_its_editions(opened: Opened) -> None:
    browser, original = opened.browser(), word_report()
    address = bring(browser, data=original)
    # Pictures, one after another
    for number, words in enumerate(WORDS, 1):
        state = form_of(browser.get(f"{address}/pictures/{number}").text)
        answer = browser.post(
            f"{address}/pictures/{number}", data={**state, "lost": "something", "text": words, "next": "1"}
        )
        assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"{address}/pictures?done=saved"
    page = browser.get(answer.headers["location"]).text
    assert "Every picture is described" in page
    assert f'<a href="{address}">See what is left to do</a>' in page
    # The header row of the table, and the bold line that is a heading
    for button in ("header row", "Make it a heading"):
        page = browser.get(address).text
        (number,) = re.findall(r'name="finding" value="(\d+)">(?:(?!</form>).)*' + button, page, re.DOTALL)
        assert browser.post(f"{address}/fix", data={"finding": number, "level": "2"}).status_code == 303
    # Details
    details = {"name": "Water for all", "language": "en", "kind": "report", "date": "2026-03-31"}
    details |= {"authors": "Ana Ruiz\nBen Okri", "publisher": "Island Water", "description": "What water costs."}
    answer = browser.post(f"{address}/details", data=details)
    assert answer.status_code == 303, answer.text
    page = browser.get(f"{address}/details").text
    assert "Ana Ruiz\nBen Okri</textarea>" in page
    assert 'value="2026-03-31"' in page
    page = browser.get(address).text
    assert heading(page) == "Ready to export; one thing is worth a look"  # the caption of the table
    # The Word file holds all of it, and nothing else has changed
    document = Document(io.BytesIO(browser.get(f"{address}/manuscript").content))
    alts = [element.get("descr") for element in document.element.body.iter() if element.tag.endswith("}docPr")]
    assert alts == list(WORDS)
    assert document.core_properties.title == "Water for all"
    assert [paragraph.text for paragraph in document.paragraphs][1] == "What we saw"
    # Editions
    answer = browser.post(f"{address}/editions", data={"edition": ["docx"]})
    assert answer.status_code == 303
    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication is not None
    job = opened.workspace.database.last_job(publication.id, Task.EXPORT)
    assert job is not None
    opened.jobs.wait(job.id, 60)
    page = browser.get(f"{address}/editions").text
    assert heading(page) == "One edition is ready"
    assert f'<a href="{address}#h-warning">One thing is still worth a look</a>' in page
    edition = browser.get(f"{address}/files/water-report/water-report.docx")
    assert edition.headers["content-disposition"] == 'attachment; filename="water-report.docx"'
    assert edition.content.startswith(b"PK")
    with zipfile.ZipFile(io.BytesIO(browser.get(f"{address}/all.zip").content)) as archive:
        assert {"water-report/water-report.docx", "water-report/report.html", "index.html"} <= set(archive.namelist())
    assert not list(opened.workspace.folder(publication).glob("*.zip"))
    # The report and the page of readers, without rights
    stranger = opened.client()
    for name in ("water-report/index.html", "index.html"):
        view = stranger.get(f"/view/{publication.view_key}/{name}")
        assert view.status_code == 200
        assert view.headers["content-security-policy"].startswith("sandbox")
        assert "allow-scripts" not in view.headers["content-security-policy"]
        assert "allow-same-origin" not in view.headers["content-security-policy"]
    # The report is not of users: it runs no script, and leads to what fixes a finding.
    view = stranger.get(f"/view/{publication.view_key}/water-report/report.html")
    policy = view.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "script-src" not in policy
    assert f'<a href="{address}#warning-table-caption">Fix it in the studio</a>' in view.text
    assert "References, Insert Caption" not in view.text
    assert stranger.get(f"/view/{publication.view_key}/../{publication.slug}/manuscript.docx").status_code == 404
    assert stranger.get(f"/view/{publication.view_key}/%2e%2e/%2e%2e/studio.sqlite").status_code == 404
    assert "Editions up to date" in browser.get("/").text
    # Back to the original
    page = browser.get(f"{address}/versions").text
    assert "Return to the original" in page
    now, _, before = page.partition("The manuscript now")[2].partition("<h2>Version of")
    assert re.findall(r"<li>(?!<h2>)(.*?)</li>", now) == ["7 of the details"]
    assert before.count("<li>one description of a picture</li>") == 2
    assert "the header row of one table" in before
    assert browser.post(f"{address}/versions/1").status_code == 303
    page = browser.get(f"{address}/versions").text
    assert "<li>an earlier version again</li>" in page.partition("<h2>Version of")[0]
    assert browser.get(f"{address}/manuscript").content == original
    assert "These were made before the last change" in browser.get(f"{address}/editions").text
    # Deleted means deleted
    folder = opened.workspace.folder(publication)
    assert "Delete" in browser.get(f"{address}/delete").text
    assert folder.exists()
    assert browser.post(f"{address}/delete").headers["location"] == "/?done=deleted"
    assert not folder.exists()
    assert browser.get(address).status_code == 404
    assert stranger.get(f"/view/{publication.view_key}/water-report/report.html").status_code == 404
    assert opened.workspace.database.last_job(publication.id, Task.EXPORT) is None
    assert all(b"Water for all" not in path.read_bytes() for path in opened.workspace.root.glob("studio.sqlite*"))


def test_decoration_is_asked_for_by_what_is_lost(opened: Opened, browser: TestClient) -> None:
    address = bring(browser)
    state = form_of(browser.get(f"{address}/pictures/2").text)
    assert browser.post(f"{address}/pictures/2", data={**state, "lost": "nothing"}).status_code == 303
    assert "Decoration" in browser.get(f"{address}/pictures").text


def test_descriptions_go_out_as_a_table_and_come_back(browser: TestClient) -> None:
    address = bring(browser)
    table = browser.get(f"{address}/pictures/table")
    assert "attachment" in table.headers["content-disposition"]
    lines = table.content.decode("utf-8-sig").splitlines()
    column = lines[0].split(",").index("Alt text")
    import csv

    rows = list(csv.reader(lines))
    rows[1][column], rows[2][column] = WORDS
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    answer = browser.post(f"{address}/pictures/table", files={"table": ("t.csv", out.getvalue().encode())})
    assert answer.headers["location"] == f"{address}/pictures?done=imported&count=2"
    assert WORDS[0] in browser.get(f"{address}/pictures").text
    bad = browser.post(f"{address}/pictures/table", files={"table": ("t.csv", b"\x00\x01")})
    assert bad.status_code == 422


def test_details_that_cannot_be_are_named_with_their_field(browser: TestClient) -> None:
    address = bring(browser)
    answer = browser.post(f"{address}/details", data={"name": "", "language": "", "date": "31.3.2026"})
    assert answer.status_code == 422
    assert '<a href="#name">Write a title.</a>' in answer.text
    assert '<a href="#date">' in answer.text
    assert answer.text.count('aria-invalid="true"') == 3


def test_a_new_version_replaces_the_manuscript_and_is_checked(browser: TestClient) -> None:
    address = bring(browser, "a.md", b"# A\n\nText.\n")
    assert heading(browser.get(address).text).startswith("One thing stops")
    answer = browser.post(
        f"{address}/replace", files={"files": ("a.md", b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n")}
    )
    page = browser.get(answer.headers["location"]).text
    assert heading(page).startswith("Ready to export")
    assert "The new version of your manuscript was checked." in page


def test_an_export_without_editions_asks_for_them(browser: TestClient) -> None:
    address = bring(browser, "a.md", b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n")
    assert "Choose at least one edition." in browser.post(f"{address}/editions", data={}).text


@pytest.mark.parametrize("address", ["/?done=deleted", "/publisher?done=publisher"])
def test_what_has_happened_is_said_on_pages_of_no_publication(browser: TestClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200
    assert '<p class="result"' in answer.text


def test_the_language_is_that_of_the_browser(browser: TestClient) -> None:
    address = bring(browser)
    spanish = browser.get(address, headers={"Accept-Language": "fr;q=0.5, es-MX, en;q=0.8"}).text
    assert '<html lang="es">' in spanish
    assert heading(spanish) == "3 cosas detienen esta publicación y 6 merecen una mirada"
    assert '<html lang="en">' in browser.get(address, headers={"Accept-Language": "de, fr;q=x"}).text


def test_jobs_that_were_running_go_on_after_a_restart(opened: Opened) -> None:
    browser = opened.browser()
    address = bring(browser, "a.md", b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n")
    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication is not None
    number = opened.workspace.database.add_job(publication.id, Task.EXPORT, ("docx",))
    opened.workspace.database.set_job_state(number, JobState.RUNNING)
    again = Opened(opened.workspace.root)
    with again.client():
        again.jobs.wait(number, 60)
        job = again.workspace.database.job(number)
    assert job is not None
    assert job.state is JobState.DONE
    assert "a/a.docx" in again.workspace.files(publication)


def test_an_export_can_be_stopped(opened: Opened, browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    from exporter import service

    def endless(request, listener, pool):
        while not request.is_cancelled():
            time.sleep(0.01)
        raise KeyboardInterrupt

    address = bring(browser, "a.md", b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n")
    monkeypatch.setattr(service, "export", endless)
    browser.post(f"{address}/editions", data={"edition": "docx"})
    page = browser.get(f"{address}/editions").text
    assert heading(page) == "Making the editions"
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    answer = browser.post(f"{address}/cancel")
    assert "The export was stopped." in browser.get(answer.headers["location"]).text
    assert heading(browser.get(f"{address}/editions").text) == "Editions"


def test_progress_is_sent_until_the_job_has_ended(browser: TestClient) -> None:
    address = bring(browser, "a.md", b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n")
    answer = browser.get(f"{address}/progress")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert "event: end" in answer.text


def test_a_failed_edition_does_not_make_the_manuscript_unreadable(
    opened: Opened, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exporter.errors import StepError
    from exporter.writers import docx

    def broken(*_: object) -> None:
        raise StepError("The disk is full.", advice="Delete what nobody needs.")

    address = bring(browser, "a.md", b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n")
    monkeypatch.setattr(docx, "write", broken)
    browser.post(f"{address}/editions", data={"edition": "docx"})
    job = opened.workspace.database.last_job(address.rpartition("/")[2], Task.EXPORT)
    assert job is not None
    opened.jobs.wait(job.id, 60)
    assert heading(browser.get(address).text).startswith("Ready to export")
    page = browser.get(f"{address}/editions?ended").text
    assert "No edition was made. The report says why." in page
    assert '<h1 tabindex="-1" autofocus>' in page
    browser.post(f"{address}/editions", data={"edition": ["docx", "html"]})
    job = opened.workspace.database.last_job(address.rpartition("/")[2], Task.EXPORT)
    assert job is not None
    opened.jobs.wait(job.id, 60)
    page = browser.get(f"{address}/editions").text
    assert heading(page) == "One edition is ready"
    assert re.search(
        r"One edition was not made</h3>\s*<ul><li>Word: .*The disk is full\. Delete what nobody needs\.", page
    )


def test_a_caption_and_the_language_of_a_passage_are_written_where_they_are_missing(browser: TestClient) -> None:
    text = "---\ntitle: A\nlang: en\n---\n\n# B\n\nالماء حق للجميع في كل مكان.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    address = bring(browser, "a.md", text.encode())
    for button, entry in (("Write this caption", {"caption": "Wells "}), ("Mark its language", {"language": "ar"})):
        page = browser.get(checked(browser, address)).text
        (number,) = re.findall(r'name="finding" value="(\d+)">(?:(?!</form>).)*' + button, page, re.DOTALL)
        assert browser.post(f"{address}/fix", data={"finding": number}).headers["location"] == address
        assert browser.post(f"{address}/fix", data={"finding": number, **entry}).status_code == 303
    manuscript = browser.get(f"{address}/manuscript").text
    assert "Table: Wells\n\n| a | b |" in manuscript
    assert "::: {lang=ar}\nالماء حق للجميع في كل مكان.\n:::" in manuscript


def test_captions_of_pictures_are_written_and_taken_from_typed_lines(browser: TestClient) -> None:
    text = "---\ntitle: A\nlang: en\n---\n\n# B\n\n![](chart.png)\n\nFigure 1: Wells\n\n![](chart.png)\n\nMore.\n"
    files = [("files", ("a.md", text.encode())), ("files", ("chart.png", chart())), ("files", OWN_CHECKS)]
    address = checked(browser, browser.post("/publications", files=files).headers["location"])
    page = browser.get(address).text
    assert "First describe picture 1" in page
    assert "Make this line the caption" not in page
    for number, entered in ((1, {}), (2, {"caption": " The  pumps "})):
        page = browser.get(f"{address}/pictures/{number}").text
        assert 'name="caption"' in page
        form = {**form_of(page), **entered}
        refused = browser.post(f"{address}/pictures/{number}", data={**form, "lost": "nothing"}) if entered else None
        assert refused is None or "Describe it, or leave the caption empty" in refused.text
        data = {**form, "lost": "something", "text": WORDS[number - 1]}
        assert browser.post(f"{address}/pictures/{number}", data=data).status_code == 303
    page = browser.get(checked(browser, address)).text
    assert '<blockquote lang="en" dir="auto">Figure 1: Wells</blockquote>' in page
    assert "First describe" not in page
    (number,) = re.findall(r'name="finding" value="(\d+)">(?:(?!</form>).)*Make this line the caption', page, re.DOTALL)
    assert browser.post(f"{address}/fix", data={"finding": number}).status_code == 303
    manuscript = browser.get(f"{address}/manuscript").text
    assert f'![Figure 1: Wells](chart.png){{alt="{WORDS[0]}"}}\n\n![The pumps]' in manuscript
    page = browser.get(f"{address}/pictures/2").text
    assert 'name="caption" dir="auto" value="The pumps"' in page
    data = {**form_of(page), "lost": "something", "text": WORDS[1]}
    assert "The caption is empty" in browser.post(f"{address}/pictures/2", data={**data, "caption": " "}).text
    assert browser.post(f"{address}/pictures/2", data={**data, "caption": "Pumps, 2025"}).status_code == 303
    assert "![Pumps, 2025](chart.png)" in browser.get(f"{address}/manuscript").text


def test_a_typed_list_becomes_one_and_tables_get_captions_and_header_rows_together(browser: TestClient) -> None:
    table = "| | |\n|---|---|\n| Island | Price |\n| Norra | 4 |\n"
    long = "Prices of two islands. " * 30
    tables = f"{table}\nMore.\n\nTable: Prices\n\n{table}\nLast.\n\nTable: {long}\n\n{table}"
    text = f"---\ntitle: A\nlang: en\n---\n\n# B\n\n• one\n\n• two\n\n{tables}"
    address = bring(browser, "a.md", text.encode())
    page = browser.get(address).text
    (number,) = re.findall(r'name="finding" value="(\d+)">(?:(?!</form>).)*Make these 2 lines a list', page, re.DOTALL)
    assert browser.post(f"{address}/fix", data={"finding": number}).status_code == 303
    page = browser.get(f"{address}/tables").text
    assert "<td>Island</td>" in page
    form = {**form_of(page), "caption1": "Wells", "caption2": "Prices of 2025", "caption3": long, "header1": "1"}
    assert "is empty" in browser.post(f"{address}/tables", data={**form, "caption2": ""}).text
    assert browser.post(f"{address}/tables", data=form).status_code == 303
    manuscript = browser.get(f"{address}/manuscript").text
    assert "- one\n\n- two\n\nTable: Wells\n\n| Island | Price |" in manuscript
    assert "Table: Prices of 2025\n\n| | |" in manuscript
    assert f"Table: {long}\n\n| | |" in manuscript
    assert browser.post(f"{address}/tables", data=form).status_code == 422, "the manuscript has changed"
    (number, *_) = re.findall(r'action="/p/\w+/versions/(\d+)"', browser.get(f"{address}/versions").text)
    assert browser.post(f"{address}/versions/{number}").status_code == 303
    assert "Table: Prices\n\n| | |" in browser.get(f"{address}/manuscript").text


def test_the_words_in_another_script_are_offered_to_be_marked(browser: TestClient) -> None:
    text = "---\ntitle: A\nlang: en\n---\n\n# B\n\nThey wrote: الماء حق 2025, للجميع. Nobody answered.\n"
    address = bring(browser, "a.md", text.encode())
    page = browser.get(checked(browser, address)).text
    (number, words) = re.search(
        r'name="finding" value="(\d+)">\s*<label for="words\d+">.*?value="([^"]+)"', page
    ).groups()
    assert words == "الماء حق 2025, للجميع"
    browser.post(f"{address}/fix", data={"finding": number, "language": "ar", "words": words})
    assert f"They wrote: [{words}]{{lang=ar}}. Nobody" in browser.get(f"{address}/manuscript").text


def test_a_cover_is_an_image_with_a_description(browser: TestClient) -> None:
    address = bring(browser, "a.md", b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n")
    details = {"name": "A", "language": "en"}
    answer = browser.post(f"{address}/details", data=details, files={"cover": ("c.png", b"<svg/>")})
    assert answer.status_code == 422
    assert "The cover has to be a PNG or JPEG file." in answer.text
    assert "Describe the cover picture." in answer.text
    details["cover_alt"] = "Bars"
    answer = browser.post(f"{address}/details", data=details, files={"cover": ("c.png", chart())})
    assert answer.status_code == 303, answer.text
    checked(browser, address)
    page = browser.get(f"{address}/details").text
    assert re.search(r'<img class="thumb" src="[^"]+/images/[0-9a-f]{64}" alt="Bars">', page)
    assert browser.post(f"{address}/details", data={**details, "remove_cover": "1"}).status_code == 303
    checked(browser, address)
    assert 'class="thumb"' not in browser.get(f"{address}/details").text


def test_a_speaker_is_spelt_as_before(browser: TestClient) -> None:
    text = b"---\ntitle: A\nlang: en\n---\n\n# B\n\n::: transcript\n**Ana Ruiz:** One.\n\n**Ana RUIZ:** Two.\n:::\n"
    address = bring(browser, "a.md", text)
    page = browser.get(address).text
    (number,) = re.findall(r'name="finding" value="(\d+)">(?:(?!</form>).)*Spell it', page, re.DOTALL)
    assert browser.post(f"{address}/fix", data={"finding": number}).status_code == 303
    assert "**Ana Ruiz:** Two." in browser.get(f"{address}/manuscript").text


def test_editions_that_only_some_publications_have_are_offered_to_these(browser: TestClient) -> None:
    text = b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n"
    page = browser.get(f"{bring(browser, 'a.md', text)}/editions").text
    assert 'value="epub"' in page
    assert "side-by-side" not in page
    assert "sign-language" not in page
    settings = b'[sign-language]\nvideo = "a.mp4"\n'
    answer = browser.post("/publications", files=[("files", ("a.md", text)), ("files", ("publication.toml", settings))])
    page = browser.get(f"{answer.headers['location']}/editions").text
    assert 'value="sign-language"' in page
    assert "side-by-side" not in page


@pytest.mark.parametrize("report", ["", '{"editions": [{"na', "[]", '{"editions": [{"name": "docx"}, {}]}', "\xff"])
def test_a_report_that_cannot_be_read_names_no_files(report: str, opened: Opened, browser: TestClient) -> None:
    address = bring(browser, "a.md", b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n")
    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication
    folder = opened.workspace.output(publication) / publication.slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_bytes(report.encode("latin-1"))
    assert browser.get(f"{address}/editions").status_code == 200


def test_a_theme_of_the_settings_is_not_overridden(opened: Opened, browser: TestClient) -> None:
    text = b"---\ntitle: A\nlang: en\nexport:\n  docx:\n    theme: harbour\n---\n\n# B\n\nText.\n"
    page = browser.get(f"{bring(browser, 'a.md', text)}/editions").text
    assert re.findall(r'name="theme" id="[^"]*" value="(\w*)" checked', page) == [""]
    plain = text.replace(b"export:\n  docx:\n    theme: harbour\n", b"")
    page = browser.get(f"{bring(browser, 'a.md', plain)}/editions").text
    assert re.findall(r'name="theme" id="[^"]*" value="(\w*)" checked', page) == ["house"]


def test_one_of_several_tables_of_a_line_is_changed_on_the_page_of_tables(browser: TestClient) -> None:
    table = "<table><tr><td>{0}<td>b<tr><td>1<td>2</table>"
    text = f"<!DOCTYPE html><html lang=en><title>A</title><h1>A</h1>\n{table.format('a')}{table.format('c')}</html>"
    address = bring(browser, "a.html", text.encode())
    page = browser.get(address).text
    assert "Make the first row" not in page
    assert f'<a class="button" href="{address}/tables">' in page
    numbers = range(page.count('id="f'))
    assert all(
        browser.post(f"{address}/fix", data={"finding": number}).headers["location"] == address for number in numbers
    )
    form = {**form_of(browser.get(f"{address}/tables").text), "caption2": "Wells", "header2": "1"}
    assert browser.post(f"{address}/tables", data=form).status_code == 303
    fixed = '<table><caption>Wells</caption><tr><th scope="col">c<th scope="col">b<tr><td>1<td>2</table>'
    assert browser.get(f"{address}/manuscript").text == text.replace(table.format("c"), fixed)


def test_a_picture_described_by_the_name_of_its_file_is_not_counted_as_described(
    opened: Opened, browser: TestClient
) -> None:
    document = Document(io.BytesIO(word_report()))
    document.inline_shapes[0]._inline.docPr.set("descr", "IMG_2044.jpg")
    out = io.BytesIO()
    document.save(out)
    page = browser.get(f"{bring(browser, data=out.getvalue())}/pictures").text
    assert heading(page) == "2 pictures have no description yet"
    assert "A file name in place of a description" in page


@needs_liblouis
def test_a_braille_edition_whose_name_says_its_code_can_be_downloaded(opened: Opened, browser: TestClient) -> None:
    text = b"---\ntitle: Water\nlang: en\ndate: 2026-03-31\n---\n\nThe wells ran dry.\n"
    address = bring(browser, "Water.md", text)
    assert browser.post(f"{address}/editions", data={"edition": ["braille"]}).status_code == 303
    job = opened.workspace.database.last_job(address.rpartition("/")[2], Task.EXPORT)
    assert job is not None
    opened.jobs.wait(job.id, 60)
    page = browser.get(f"{address}/editions").text
    assert heading(page) == "One edition is ready"
    (link,) = re.findall(r'href="([^"]*\.brf)" download', page)
    assert browser.get(link).status_code == 200


@pytest.mark.proof
def test_editions_of_an_earlier_version_are_not_among_the_new_ones(opened: Opened) -> None:
    browser = opened.browser()
    address = bring(browser, "earlier.md", b"---\ntitle: A report\nlang: en\n---\n\n# Part\n\nText.\n")
    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication is not None

    def export(*names: str) -> str:
        assert browser.post(f"{address}/editions", data={"edition": [*names]}).status_code == 303
        job = opened.workspace.database.last_job(publication.id, Task.EXPORT)
        assert job is not None
        opened.jobs.wait(job.id, 60)
        return browser.get(f"{address}/editions").text

    def zipped() -> set[str]:
        with zipfile.ZipFile(io.BytesIO(browser.get(f"{address}/all.zip").content)) as archive:
            return {name.rpartition("/")[2] for name in archive.namelist()}

    assert heading(export("html", "docx")) == "2 editions are ready"
    # Of the same version, one by one
    assert heading(export("html")) == "2 editions are ready"
    old = browser.get(f"{address}/files/earlier/earlier.docx").content
    browser.post(f"{address}/details", data={"name": "Another title", "language": "en"})
    page = export("html")
    assert heading(page) == "One edition is ready"
    assert "One edition is of an earlier version" in page
    assert zipped() & {"earlier.html", "earlier.docx"} == {"earlier.html"}
    report = browser.get(f"{address}/files/earlier/report.html").text
    assert report.count("; of an earlier version of the manuscript") == 1
    assert "edition=docx" not in browser.get(f"{address}/read").text
    assert "earlier.docx" not in browser.get(f"{address}/files/earlier/index.html").text
    (link,) = re.findall(r'href="([^"]*earlier\.docx)"', page)
    assert browser.get(link).content == old
    page = export("html", "docx")
    assert heading(page) == "2 editions are ready"
    assert "of an earlier version" not in page
    assert zipped() >= {"earlier.html", "earlier.docx"}


def test_a_line_that_stands_beside_a_picture_is_offered_as_its_caption(browser: TestClient) -> None:
    text = "---\ntitle: A\nlang: en\n---\n\n# B\n\n![](chart.png)\n\nFigure 1: Wells\n\n![](chart.png)\n\nPumps. © Ana"
    text += f"\n\n![](chart.png)\n\n{'More words. ' * 20}\n"
    files = [("files", ("a.md", text.encode())), ("files", ("chart.png", chart())), ("files", OWN_CHECKS)]
    address = checked(browser, browser.post("/publications", files=files).headers["location"])
    first, second, third = (browser.get(f"{address}/pictures/{number}").text for number in (1, 2, 3))
    assert 'value="1" checked> <label for="line">' in first
    assert '<q dir="auto" lang="en">Figure 1: Wells</q>' in first
    assert 'value="1"> <label for="line">' in second
    assert '<q dir="auto" lang="en">Pumps. © Ana</q>' in second
    assert 'id="line"' not in third
    data = {**form_of(first), "lost": "something", "text": WORDS[0], "line": "1"}
    assert "Choose one: the line" in browser.post(f"{address}/pictures/1", data={**data, "caption": "Dry"}).text
    assert "Describe it, or leave" in browser.post(f"{address}/pictures/1", data={**data, "lost": "nothing"}).text
    assert browser.post(f"{address}/pictures/1", data={**data, "caption": ""}).status_code == 303
    # The same words, typed again
    data = {**form_of(browser.get(f"{address}/pictures/2").text), "lost": "something", "text": WORDS[1]}
    assert browser.post(f"{address}/pictures/2", data={**data, "caption": "Pumps. ©  Ana"}).status_code == 303
    manuscript = browser.get(f"{address}/manuscript").text
    for caption, words in (("Figure 1: Wells", WORDS[0]), ("Pumps. © Ana", WORDS[1])):
        assert manuscript.count(caption) == 1
        assert f'![{caption}](chart.png){{alt="{words}"}}' in manuscript


def test_files_and_address_are_named_after_the_title_until_editions_are_made(opened: Opened) -> None:
    browser = opened.browser()
    address = bring(browser)
    details = {"name": "Who pays for water?", "language": "en"}
    for name, reason in (
        ("Water v2", "in small letters, digits and hyphens"),
        ("uploaded", "The studio has a folder with the name “uploaded” itself"),
        (61 * "a", "too many characters: write at most 60"),
    ):
        answer = browser.post(f"{address}/details", data={**details, "address": name})
        assert answer.status_code == 422
        assert reason in answer.text
    assert browser.post(f"{address}/details", data={**details, "address": "publication"}).status_code == 303
    assert browser.post(f"{address}/details", data=details).status_code == 303
    assert "After the title: who-pays-for-water" in browser.get(f"{address}/details").text
    assert browser.post(f"{address}/details", data={**details, "address": "who-pays-for-water"}).status_code == 303
    assert 'value="who-pays-for-water"' in browser.get(f"{address}/details").text
    assert browser.get(f"{address}/manuscript").status_code == 200
    row = opened.workspace.database.publication(address.rpartition("/")[2])
    assert row is not None
    assert opened.workspace.manuscript(row).parent.name == row.slug == "who-pays-for-water"
    assert not opened.workspace.has_changed(row)
    opened.workspace.database.add_job(row.id, Task.EXPORT)
    assert "readers may know the address" in browser.get(f"{address}/details").text
    assert browser.post(f"{address}/details", data={**details, "address": "water"}).status_code == 422


def test_the_list_of_findings_keeps_its_place_after_a_fix(browser: TestClient) -> None:
    text = "---\ntitle: A\nlang: en\n---\n\n# B\n\nWords.\n\n• one\n\n• two\n\nWords.\n\n• three\n\n• four\n"
    address = bring(browser, "a.md", text.encode())
    for place in ("warning-list-by-hand", "warning-details"):
        page = browser.get(address).text
        number = re.findall(r'name="finding" value="(\d+)">(?:(?!</form>).)*these 2 lines a list', page, re.DOTALL)[0]
        answer = browser.post(f"{address}/fix", data={"finding": number})
        assert answer.headers["location"] == f"{address}?done=saved&at={place}#{place}"
        page = browser.get(checked(browser, answer.headers["location"].partition("#")[0])).text
        article = page.partition(f'<article class="task" id="{place}">')[2].partition("</article>")[0]
        assert '<p class="result" tabindex="-1" autofocus>Saved in the manuscript.</p>' in article
        assert page.count("Saved in the manuscript.") == 1
    assert browser.get(f"{address}?done=saved&at=nowhere").text.count("Saved in the manuscript.") == 1


def test_languages_in_use_come_first(browser: TestClient) -> None:
    address = bring(browser, "a.md", b"---\ntitle: A\nlang: nhn\n---\n\n# B\n\nText.\n")
    page = browser.get(f"{address}/details").text
    first, others = page.partition('<optgroup label="Frequent languages">')[2].split("</optgroup>")[:2]
    names = re.findall(r">([^<]+)</option>", first)
    assert names == sorted(names, key=str.casefold)
    assert {"Arabic", "English", "French", "Spanish"} < set(names)
    assert 'value="nhn" selected' in first
    assert "Klingon" in others
    assert ">French<" not in others


def test_rows_that_name_the_columns_together_become_header_rows_together(opened: Opened) -> None:
    document = Document(io.BytesIO(word_report()))
    table = document.add_table(4, 3)
    texts = (("Year", "Cases", ""), ("", "Reported", "Tried"), ("2024", "12", "3"), ("2025", "14", "5"))
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    out = io.BytesIO()
    document.save(out)
    browser = opened.browser()
    address = bring(browser, "Cases.docx", out.getvalue())
    assert "The first 2 rows of table 2 name the columns" in browser.get(f"{address}/tables").text
    page = browser.get(address).text
    assert "has no header cells: the first 2 rows seem to name the columns." in page
    (form,) = re.findall(r'name="finding" value="(\d+)"><button[^>]*>Make the first 2 rows of this table', page)
    browser.post(f"{address}/fix", data={"finding": form})
    tables = browser.get(f"{checked(browser, address)}/tables").text
    assert [tables.count(f'<th scope="col">{word}</th>') for word in ("Year", "Reported", "2024", "Island")] == [
        1,
        1,
        0,
        0,
    ]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has its own time zones")
def test_versions_have_the_time_of_the_clock_here(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    address = bring(browser, "a.md", b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n")
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    try:
        before = time.strftime("%H:%M")
        browser.post(f"{address}/details", data={"name": "Another title", "language": "en"})
        page = browser.get(f"{address}/versions").text
        after = time.strftime("%H:%M")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert re.findall(r", (\d\d:\d\d)</p>", page)[0] in (before, after)


def test_a_version_has_the_time_of_its_file_and_the_changes_made_in_it(
    opened: Opened, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = bring(browser, "dated.md", b"---\ntitle: A\nlang: en\n---\n\n# B\n\nText.\n")
    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication is not None
    manuscript = opened.workspace.manuscript(publication)
    monkeypatch.setattr(history, "_MOST", 2)

    def save(title: str) -> None:
        assert browser.post(f"{address}/details", data={"name": title, "language": "en"}).status_code == 303

    def date(year: int) -> None:
        os.utime(manuscript, (when := datetime.datetime(year, 5, 6, 12).timestamp(), when))

    save("Saved here")
    manuscript.write_bytes(manuscript.read_bytes() + b"\nWritten elsewhere.\n")
    date(2031)
    save("Saved again")
    date(2032)
    page = browser.get(f"{address}/versions").text
    assert re.findall(r"The manuscript now</h2>\s*<p[^>]*>(.*),", page) == ["May 6, 2032"]
    assert re.findall(r"<h2>Version of (.*), [0-9:]+<", page) == ["May 6, 2031"]
    assert page.count("Changed in it:") == 2
    save("A third title")
    page = browser.get(f"{address}/versions").text
    # The second version is no longer kept, and nor is what was changed after it.
    assert re.findall(r"<h2>Version of (.*), [0-9:]+<", page) == ["May 6, 2032"]
    assert page.count("Changed in it:") == 1
    manuscript.unlink()
    assert browser.get(f"{address}/versions").status_code == 200
