"""Uploaded files: what is accepted, and that no name and no size does harm."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from exporter.studio import uploads
from exporter.studio.workspace import slug_for
from tests.studio.conftest import Opened
from tests.studio.manuscripts import chart, word_report

MARKDOWN = b"---\ntitle: A report\nlang: en\n---\n\n# Part\n\nText.\n"


def archive(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return out.getvalue()


def link(name: str, target: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        member = zipfile.ZipInfo(name)
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr("a.md", MARKDOWN)
        file.writestr(member, target)
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(archive({"a.md": MARKDOWN}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


REFUSED = {
    "no file": [],
    "a program": [("a.exe", b"MZ")],
    "an old Word file": [("a.doc", b"\xd0\xcf\x11\xe0")],
    "a PDF": [("a.pdf", b"%PDF-1.7")],
    "a script": [("a.js", b"alert(1)")],
    "only an image": [("a.png", b"\x89PNG")],
    "two manuscripts": [("a.md", MARKDOWN), ("b.md", MARKDOWN)],
    "two archives": [("a.zip", archive({"a.md": MARKDOWN})), ("b.zip", archive({"a.md": MARKDOWN}))],
    "a name without a suffix": [("passwd", b"root")],
    "a name that is only a suffix": [(".md", MARKDOWN)],
    "an archive that is none": [("a.zip", b"PK but not really")],
    "an empty archive": [("a.zip", archive({}))],
    "an archive without a manuscript": [("a.zip", archive({"a.png": b"\x89PNG"}))],
    "an archive with a password": [("a.zip", encrypted())],
    "an archive that leads out of its folder": [("a.zip", archive({"a.md": MARKDOWN, "../../evil.png": b"1"}))],
    "an archive with an absolute path": [("a.zip", archive({"a.md": MARKDOWN, "/tmp/evil.png": b"1"}))],
    "an archive with a path of Windows": [("a.zip", archive({"a.md": MARKDOWN, "C:evil.png": b"1"}))],
    "an archive with backslashes": [("a.zip", archive({"a.md": MARKDOWN, "..\\evil.png": b"1"}))],
    "an archive with hidden folders": [("a.zip", archive({"a.md": MARKDOWN, ".ssh/key.png": b"1"}))],
    "an archive with a folder inside itself": [("a.zip", archive({"a.md": MARKDOWN, "img/./a.png": b"1"}))],
    "an archive of many levels": [("a.zip", archive({"a.md": MARKDOWN, "a/" * 20 + "a.png": b"1"}))],
    "an archive with a long name": [("a.zip", archive({"a.md": MARKDOWN, "a" * 200 + ".png": b"1"}))],
    "an archive of many files": [("a.zip", archive({"a.md": MARKDOWN} | {f"{n}.png": b"" for n in range(400)}))],
    "an archive in an archive": [("a.zip", archive({"b.zip": archive({"a.md": MARKDOWN})}))],
}


@pytest.mark.parametrize("name", [*REFUSED, "a bomb"])
def test_a_hostile_upload_is_refused_in_a_sentence_and_leaves_nothing(
    opened: Opened, browser: TestClient, name: str
) -> None:
    # A bomb takes a second, and is made when it is sent.
    files = REFUSED[name] if name in REFUSED else [("a.zip", archive({"a.md": MARKDOWN, "a.png": bytes(160_000_000)}))]
    before = sorted(opened.workspace.root.rglob("*"))
    answer = browser.post("/publications", files=[("files", file) for file in files] or {"files": ("", b"")})
    assert answer.status_code == 422
    assert '<div class="summary" role="alert" tabindex="-1" autofocus' in answer.text
    assert sorted(opened.workspace.root.rglob("*")) == before


def test_a_link_in_an_archive_is_stored_as_a_file(opened: Opened, browser: TestClient) -> None:
    answer = browser.post("/publications", files={"files": ("a.zip", link("a.png", "/etc/passwd"))})
    folder = opened.workspace.root / "publications" / answer.headers["location"].rpartition("/")[2]
    (image,) = folder.glob("a/a.png")
    assert not image.is_symlink()
    assert image.read_bytes() == b"/etc/passwd"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Annual Report 2026.docx", "annual-report-2026"),
        ("../../etc/passwd.md", "etc-passwd"),
        ("Informe ñandú.docx", "informe-nandu"),
        ("Straßenbau auf Ærø.docx", "strassenbau-auf-aero"),
        ("تقرير.docx", "publication"),
        ("CON.md", "con"),
        ("....md", "publication"),
        ("a" * 300 + ".md", "a" * 60),
        ("Output.docx", "output-publication"),
        ("uploaded.docx", "uploaded-publication"),
    ],
)
def test_the_name_of_the_files_is_made_of_plain_letters(name: str, slug: str) -> None:
    assert slug_for(name) == slug


@pytest.mark.parametrize(
    "name", ["../../evil.md", "..\\..\\evil.md", "/etc/cron.d/evil.md", "evil\x00.md", "e\nvil.md", "<b>evil</b>.md"]
)
def test_the_name_of_an_upload_is_only_shown(opened: Opened, browser: TestClient, name: str) -> None:
    answer = browser.post("/publications", files={"files": (name, MARKDOWN)})
    if answer.status_code == 303:
        assert "<b>evil" not in browser.get("/").text
    outside = [path for path in opened.workspace.root.parent.rglob("*evil*") if "publications" not in path.parts]
    assert outside == []
    assert not Path("/etc/cron.d/evil.md").exists()


def test_a_manuscript_and_its_images_come_together(opened: Opened, browser: TestClient) -> None:
    text = MARKDOWN + b"\n![Prices rise.](img/chart.png)\n"
    answer = browser.post(
        "/publications", files={"files": ("r.zip", archive({"x/r.md": text, "x/img/chart.png": chart()}))}
    )
    page = browser.get(answer.headers["location"]).text
    assert "image-missing" not in page
    assert "A report" in page
    loose = browser.post(
        "/publications", files=[("files", ("r.md", text.replace(b"img/", b""))), ("files", ("chart.png", chart()))]
    )
    assert "file of a picture" not in browser.get(loose.headers["location"]).text


def test_a_damaged_manuscript_has_a_page_that_says_so(browser: TestClient) -> None:
    answer = browser.post("/publications", files={"files": ("a.docx", word_report()[:5000])})
    page = browser.get(answer.headers["location"]).text
    assert "This manuscript cannot be read" in page
    assert browser.get(f"{answer.headers['location']}/pictures").status_code == 200
    assert browser.get(f"{answer.headers['location']}/details").status_code == 200
    assert browser.get(f"{answer.headers['location']}/editions").status_code == 200


def test_markup_in_a_manuscript_stays_text(browser: TestClient) -> None:
    text = b'---\ntitle: "<script>alert(1)</script>"\nlang: en\n---\n\n[](http://a)\n\n<img src=x onerror=alert(1)>\n'
    answer = browser.post("/publications", files={"files": ("a.md", text)})
    for path in ("", "/pictures", "/details", "/editions", "/delete"):
        page = browser.get(f"{answer.headers['location']}{path}").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_limits_are_those_of_real_publications() -> None:
    assert uploads.MAXIMUM_FILES >= 200
    assert uploads.MAXIMUM_FILE >= 100_000_000


def test_an_archive_gives_its_name_to_a_manuscript_that_has_none_of_its_own(
    opened: Opened, browser: TestClient
) -> None:
    for name, expected in (("manuscript.md", "water-report"), ("prices.md", "prices")):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr(name, "# A")
        answer = browser.post("/publications", files={"files": ("Water report.zip", data.getvalue())})
        publication = opened.workspace.database.publication(answer.headers["location"].rpartition("/")[2])
        assert publication is not None
        assert publication.slug == expected
