"""Manuscripts of an opened folder, newer versions of an uploaded one, and the output folder."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from exporter import service
from exporter.errors import ExitCode
from exporter.service import Request
from exporter.service.outcome import Outcome, OutputFile, PublicationOutcome
from exporter.studio.database import Task
from tests.studio.conftest import Opened
from tests.studio.manuscripts import word_report
from tests.studio.test_flow import OWN_CHECKS, WORDS, bring, checked, form_of, heading

SOUND = (
    b"---\ntitle: A\nlang: en\nkind: report\ndate: 2026-03-31\nauthors: [Ana]\ndescription: B.\n---\n\n# C\n\nText.\n"
)


@pytest.fixture(scope="module")
def opened_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Opened, Path, Path]]:
    root = tmp_path_factory.mktemp("opened")
    (root / "input" / "water").mkdir(parents=True)
    manuscript = root / "input" / "water" / "manuscript.md"
    manuscript.write_bytes(SOUND)
    (root / "input" / "water" / OWN_CHECKS[0]).write_bytes(OWN_CHECKS[1])
    studio = Opened(root / "own", root / "input", published=root / "output")
    yield studio, manuscript, root / "output"
    studio.jobs.close()


def test_a_manuscript_of_an_opened_folder_is_changed_where_it_is_and_published(
    opened_folder: tuple[Opened, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, manuscript, output = opened_folder
    browser = opened.browser()
    assert 'name="slug" value="water"' in browser.get("/").text
    assert browser.post("/open", data={"slug": "../water"}).status_code == 422
    address = checked(browser, browser.post("/open", data={"slug": "water"}).headers["location"])
    assert 'name="slug"' not in browser.get("/").text
    browser.post(f"{address}/details", data={"name": "Water for all", "language": "en", "kind": "report"})
    assert b"title: Water for all" in manuscript.read_bytes()
    # The file has changed
    checked(browser, address)
    assert browser.get(f"{address}/state").json() == {"changed": False}
    manuscript.write_bytes(manuscript.read_bytes() + b"\nMore.\n")
    assert browser.get(f"{address}/state").json() == {"changed": True}
    assert 'data-watch="' in browser.get(address).text
    assert 'hidden>\n<h2 id="h-changed"' not in browser.get(address).text
    browser.post(f"{address}/check")
    checked(browser, address)
    assert browser.get(f"{address}/state").json() == {"changed": False}
    # Publication
    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication is not None
    assert browser.post(f"{address}/publish").status_code == 404
    requests: list[Request] = []

    def export(request: Request, *_: object) -> Outcome:
        requests.append(request)
        file = request.output / "water" / "water.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"edition")
        files = (OutputFile(str(file), 7, changed=True),)
        return Outcome((PublicationOutcome("water", "water", ExitCode.DONE, (), files, tree=publication.tree),))

    monkeypatch.setattr(service, "export", export)
    for path, task in (("editions", Task.EXPORT), ("publish", Task.PUBLISH)):
        browser.post(f"{address}/{path}", data={"edition": ["html"], "theme": "harbour"})
        job = opened.workspace.database.last_job(publication.id, task)
        assert job is not None
        opened.jobs.wait(job.id, 60)
    private, public = requests
    assert (public.output, private.output) == (output, opened.workspace.output(publication))
    assert public.editions == private.editions == ("html",)
    assert public.options == private.options == {"theme": "harbour"}
    assert public.store == private.store
    assert f"Published in {output}" in browser.get(f"{address}/editions").text
    # Deletion leaves what is the user's
    browser.post(f"{address}/delete")
    assert manuscript.exists()
    assert (output / "water" / "water.html").exists()
    assert not opened.workspace.folder(publication).exists()


def test_a_newer_version_from_word_keeps_the_fixes_that_its_author_did_not_touch(opened: Opened) -> None:
    browser, original = opened.browser(), word_report()
    address = bring(browser, data=original)
    for number, words in enumerate(WORDS, 1):
        state = form_of(browser.get(f"{address}/pictures/{number}").text)
        browser.post(f"{address}/pictures/{number}", data={**state, "lost": "something", "text": words})
    page = browser.get(checked(browser, address)).text
    number = page.split("Make the first row")[0].rpartition('name="finding" value="')[2].partition('"')[0]
    assert browser.post(f"{address}/fix", data={"finding": number}).status_code == 303
    browser.post(f"{address}/details", data={"name": "Water for all", "language": "en", "kind": "report"})
    # The author goes on with the file that has no fixes, and describes the second picture.
    document = Document(io.BytesIO(original))
    document.paragraphs[2].text = "Between March and June the wells of four islands ran dry."
    [*document.inline_shapes][1]._inline.docPr.set("descr", "The author's own words.")
    newer = io.BytesIO()
    document.save(newer)
    answer = browser.post(f"{address}/replace", files={"files": ("Water 2.docx", newer.getvalue())})
    assert answer.headers["location"] == f"{address}?done=kept"
    page = browser.get(answer.headers["location"]).text
    for kept in ("one description of a picture", "the header row of one table", "2 of the details"):
        assert f"<li>{kept}</li>" in page
    assert "not in the new version" not in page
    # Without the table, the fix of its header row is lost, and this is said once.
    document._body._body.remove(document.tables[0]._tbl)
    shorter = io.BytesIO()
    document.save(shorter)
    answer = browser.post(f"{address}/replace", files={"files": ("Water 3.docx", shorter.getvalue())})
    page = browser.get(answer.headers["location"]).text
    assert "One fix is not in the new version" in page
    assert "Header row of the table that begins with: <q" in page
    assert "not in the new version" not in browser.get(address).text
    document = Document(io.BytesIO(browser.get(f"{address}/manuscript").content))
    alts = [element.get("descr") for element in document.element.body.iter() if element.tag.endswith("}docPr")]
    assert alts == [WORDS[0], "The author's own words."]
    assert "four islands" in document.paragraphs[2].text
    assert 'value="Water for all"' in browser.get(f"{address}/details").text
    assert heading(browser.get(checked(browser, address)).text).startswith("Ready to export")
