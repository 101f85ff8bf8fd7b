"""The manuscript and its editions beside what a screen reader meets in them, and where a finding is in each."""

from __future__ import annotations

import io
import re
import zipfile
from types import SimpleNamespace

import pikepdf
import pytest
from starlette.testclient import TestClient

from exporter.parity.content import ContentItem, ExtractedContent, ExtractedNote, InlineItem
from exporter.parity.extraction import Extraction, Heading
from exporter.readers.docx.other_formats import conversion
from exporter.studio.database import Task
from exporter.studio.look import page_images
from exporter.studio.look.screen_reader import Announcement, announcements, with_pages
from tests.studio.conftest import Opened
from tests.studio.manuscripts import word_report
from tests.studio.test_flow import OWN_CHECKS, bring, checked

MANUSCRIPT = b"""---
title: Water for all
lang: en
kind: report
date: 2026-03-31
authors: [Ana Ruiz]
description: What water costs.
---

# Prices

Families pay [more](https://example.org/tariffs) than hotels.

| Island | Price |
|--------|-------|
| Norra  | 4.20  |

# Pumps

The pumps can be repaired before the next summer, click here: [here](https://example.org/pumps).
"""
CHAPTERS = {
    "prices": "<h1>Prices</h1><p>Families pay <a href='https://example.org/tariffs'>more</a> than hotels.</p>"
    "<table><thead><tr><th scope='col'>Island</th><th scope='col'>Price</th></tr></thead>"
    "<tbody><tr><td>Norra</td><td>4.20</td></tr></tbody></table>",
    "pumps": "<h1>Pumps</h1><p>The pumps can be repaired before the next summer, click here: "
    "<a href='https://example.org/pumps'>here</a>.</p>",
}


def web_page(title: str, body: str) -> str:
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>{title}</title>'
        f'<link rel="stylesheet" href="book.css"/></head><body><main>{body}</main></body></html>'
    )


def book() -> bytes:
    """Return an EPUB with two chapters and a font."""
    names = {name: f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in CHAPTERS}
    spine = "".join(f'<itemref idref="{name}"/>' for name in CHAPTERS)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="EPUB/a.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "EPUB/a.opf",
            f'<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>{"".join(names.values())}</manifest>'
            f"<spine>{spine}</spine></package>",
        )
        archive.writestr("EPUB/book.css", "@font-face{font-family:A;src:url(a.woff2)}")
        archive.writestr("EPUB/a.woff2", b"font")
        for name, body in CHAPTERS.items():
            archive.writestr(f"EPUB/{name}.xhtml", web_page(name.title(), body))
    return out.getvalue()


@pytest.fixture(scope="module")
def made(opened: Opened) -> tuple[TestClient, str]:
    """A publication with a web page, a book, and a recording with its words, as exports would have made them."""
    browser = opened.browser()
    files = [("files", ("water.md", MANUSCRIPT)), ("files", OWN_CHECKS)]
    address = checked(browser, browser.post("/publications", files=files).headers["location"])
    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication is not None
    files_by_suffix = {
        ".html": web_page("Water", "".join(CHAPTERS.values()).replace("h1>", "h2>")).encode(),
        ".epub": book(),
        ".vtt": b"WEBVTT\n\n1\n00:00:01.500 --> 00:01:02.250\nFamilies pay more\nthan hotels.\n",
        ".m4b": b"sound",
    }
    for suffix, data in files_by_suffix.items():
        opened.workspace.edition(publication, suffix).write_bytes(data)
    return browser, address


def finding_about(page: str, rule_text: str) -> str:
    (number,) = re.findall(rf'id="f(\d+)"[^>]*>[^<]*{rule_text}', page)
    return number


def test_the_manuscript_is_shown_with_its_headings_and_what_was_found_in_it(opened: Opened) -> None:
    browser = opened.browser()
    address = bring(browser)
    page = browser.get(f"{address}/read").text
    assert re.findall(r'<li class="level\d"><a href="#p\d+">(.*?)</a>', page) == ["What we saw", "What should change"]
    assert page.index("has no alt text") < page.index("What should change</p>")
    number = finding_about(browser.get(address).text, "The table has no header cells")
    assert f"{address}/read?finding={number}#here" in browser.get(address).text
    page = browser.get(f"{address}/read?finding={number}").text
    assert page.count('id="here"') == 1
    assert page.index('id="here"') < page.index("<td>Island</td>") < page.index("What should change</p>")


def test_an_edition_is_shown_beside_what_is_met_in_it(made: tuple[TestClient, str]) -> None:
    browser, address = made
    page = browser.get(f"{address}/read?edition=html").text
    (frame,) = re.findall(r'<iframe src="([^"]+)"[^>]*sandbox="allow-popups"', page)
    assert browser.get(frame).headers["x-frame-options"] == "SAMEORIGIN"
    assert browser.get(f"{address}/read").headers["x-frame-options"] == "DENY"
    assert re.search(r"Heading, level 2</span>\s*<div><span[^>]*>Prices", page)
    assert re.search(r'<span class="head">Price:</span> 4\.20', page)


def test_a_finding_leads_to_its_chapter_in_the_book(made: tuple[TestClient, str]) -> None:
    browser, address = made
    tasks = browser.get(address).text
    number = finding_about(tasks, ".*“here”")
    page = browser.get(f"{address}/read?edition=epub&finding={number}").text
    assert page.count('id="here"') == 1
    assert re.search(r"<summary>Part \d+ of \d+: <bdi[^>]*>[^<]+</bdi></summary>", page)
    (frame,) = re.findall(r'<iframe src="([^"]+)"', page)
    chapter = browser.get(frame)
    assert chapter.headers["content-type"].startswith("application/xhtml+xml")
    assert "sandbox" in chapter.headers["content-security-policy"]
    assert "The pumps can be repaired" in chapter.text
    key = frame.split("/")[2]
    assert "url(data:font/woff2;base64," in browser.get(f"/view/{key}/inside/EPUB/book.css").text
    for name in ("../../studio.sqlite", "EPUB/none.xhtml", "%2e%2e/%2e%2e/studio.sqlite"):
        assert browser.get(f"/view/{key}/inside/{name}").status_code != 200


def test_the_words_of_a_recording_have_their_times(made: tuple[TestClient, str]) -> None:
    browser, address = made
    page = browser.get(f"{address}/read?edition=audio").text
    assert '<li data-begin="1.500" data-end="62.250">Families pay more than hotels.</li>' in page


def test_an_edition_that_does_not_exist_leads_to_the_manuscript(made: tuple[TestClient, str]) -> None:
    browser, address = made
    for query in ("edition=pdf", "edition=../x", "finding=999", "finding=x", "edition=epub&chapter=99"):
        assert browser.get(f"{address}/read?{query}").status_code == 200
    for name in ("pdf/1.png", "epub/1.png", "docx/1.png"):
        assert browser.get(f"{address}/pages/{name}").status_code == 404


def test_rows_are_announced_with_the_headers_of_their_columns() -> None:
    def cell(row: int, column: int, text: str, detail: str) -> ContentItem:
        return ContentItem("cell", text, ("table", f"row {row}", f"cell {column}"), detail=detail)

    items = (
        ContentItem("heading", "Prices"),
        cell(1, 1, "Island", "heads its column, 1 by 1"),
        cell(1, 2, "Price", "heads its column, 1 by 1"),
        cell(2, 1, "Norra", "data, 1 by 1"),
        ContentItem("paragraph", "Norra", ("table", "row 2", "cell 1")),
        cell(2, 2, "4.20", "data, 1 by 1"),
        ContentItem("paragraph", "Repair.", ("list bullet", "item 2")),
        ContentItem("picture", marks=(InlineItem("picture", target="A pump."),)),
        ContentItem("paragraph", "Agua", runs=(("es", "agua"),)),
    )
    note = ExtractedNote((ContentItem("paragraph", "See above.", page=3),), 1)
    content = ExtractedContent(items, (note,))
    met = announcements(Extraction(language="en", headings=(Heading("Prices", 2),), content=content))
    assert [(item.role, item.number, item.text) for item in met] == [
        ("heading", 2, "Prices"),
        ("row", 1, ""),
        ("row", 2, ""),
        ("item", 2, "Repair."),
        ("picture", 0, "A pump."),
        ("paragraph", 0, "Agua"),
        ("note", 1, "See above."),
    ]
    assert met[2].cells == (("Island", "Norra"), ("Price", "4.20"))
    assert met[5].languages == ("es",)
    assert met[6].page == 3


def test_the_images_of_pages_follow_the_file(opened: Opened) -> None:
    folder, pdf = opened.workspace.root / "images", opened.workspace.root / "a.pdf"
    pdf.write_bytes(b"one")
    first = page_images._named(folder, pdf, "-1.png")
    first.write_bytes(b"")
    assert page_images._named(folder, pdf, "-1.png").exists()
    pdf.write_bytes(b"another")
    assert not page_images._named(folder, pdf, "-1.png").exists()
    assert not first.exists()


def test_what_a_word_file_says_is_placed_on_the_pages_that_libreoffice_makes() -> None:
    def item(text: str, page: int | None = None, role: str = "paragraph") -> Announcement:
        return Announcement(role, text, page=page)

    own = [item("One."), item("A chart.", role="picture"), item("Two."), item("Not laid out."), item("Three.")]
    laid_out = [
        item("The title", 0),
        item("One.", 0),
        item("", 0, "picture"),
        item("Page 1", 0),
        item("Two.", 1),
        item("Three.", 2),
    ]
    assert [(paged.text, paged.page) for paged in with_pages(own, laid_out)] == [
        ("The title", 0),
        ("One.", 0),
        ("A chart.", 0),
        ("Two.", 1),
        ("Not laid out.", 1),
        ("Three.", 2),
    ]


def test_the_word_edition_is_laid_out_in_the_background_once(
    opened: Opened, made: tuple[TestClient, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, address = made
    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication is not None
    opened.workspace.edition(publication, ".docx").write_bytes(word_report())
    calls: list[int] = []

    def pages(data: bytes) -> bytes:
        calls.append(len(data))
        out, pdf = io.BytesIO(), pikepdf.new()
        for _ in range(2):
            pdf.add_blank_page()
        pdf.save(out)
        return out.getvalue()

    def draw(command: list[str], *, seconds: float) -> SimpleNamespace:
        assert seconds > 0
        return SimpleNamespace(stdout=b"\x89PNG" + str(command[5]).encode())

    monkeypatch.setattr(conversion, "pages", pages)
    monkeypatch.setattr(page_images.programs, "run", draw)
    monkeypatch.setattr(page_images.programs, "find", lambda program, **_: program)
    assert "LibreOffice lays the Word file out" in browser.get(f"{address}/read?edition=docx").text
    job = opened.workspace.database.last_job(publication.id, Task.PAGES)
    assert job is not None
    opened.jobs.wait(job.id, 60)
    for _ in range(2):
        page = browser.get(f"{address}/read?edition=docx").text
        assert re.findall(r"<h2[^>]*>(Page \d)</h2>", page) == ["Page 1", "Page 2"]
    assert "Between March and May" in page
    assert len(calls) == 1
    assert browser.get(f"{address}/pages/docx/2.png").content == b"\x89PNG2"
    assert browser.get(f"{address}/pages/docx/3.png").status_code == 404


def test_title_and_contents_of_editions_are_met_too(opened: Opened) -> None:
    browser = opened.browser()
    address = bring(browser, "met.md", MANUSCRIPT)
    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication is not None
    header = (
        "<header><h1>Water</h1><p>By Ana Ruiz</p></header><nav><ol><li><a href='#p'>Prices</a></li></ol></nav><main>"
    )
    page = web_page("Water", "".join(CHAPTERS.values()).replace("h1>", "h2>")).replace("<main>", header)
    opened.workspace.edition(publication, ".html").write_text(page, "utf-8")
    met = browser.get(f"{address}/read?edition=html").text.partition('<ol class="met">')[2]
    roles = re.findall(r'<span class="role">([^<]+)</span>\s*<div><span[^>]*>([^<]*)', met)
    assert roles[:4] == [
        ("Heading, level 1", "Water"),
        ("Paragraph", "By Ana Ruiz"),
        ("List item 1", "Prices"),
        ("Heading, level 2", "Prices"),
    ]
    out = io.BytesIO(book())
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    files["EPUB/a.opf"] = files["EPUB/a.opf"].replace(
        "<manifest>", '<manifest><item id="t" href="t.xhtml" media-type="application/xhtml+xml"/>'
    )
    files["EPUB/a.opf"] = files["EPUB/a.opf"].replace("<spine>", '<spine><itemref idref="t"/>')
    title = '<section epub:type="titlepage"><h1>Water</h1><p>By Ana Ruiz</p></section>'
    files["EPUB/t.xhtml"] = (
        web_page("Water", "")
        .replace("<main></main>", title)
        .replace("<html ", '<html xmlns:epub="http://www.idpf.org/2007/ops" ')
    )
    with zipfile.ZipFile(opened.workspace.edition(publication, ".epub"), "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    met = browser.get(f"{address}/read?edition=epub&chapter=1").text.partition('<ol class="met">')[2]
    assert "By Ana Ruiz" in met
    assert "is not listed" not in met
