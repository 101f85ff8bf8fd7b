"""Who gets an answer from the studio: only the browser that opened it, and only from its own pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from exporter.studio import protection
from tests.studio.conftest import ADDRESS, OWN, Opened

FILES = {"files": ("a.md", b"# A\n")}


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "0.0.0.0", "[::1]"])
def test_another_host_name_is_refused_so_that_no_rebound_name_reaches_it(opened: Opened, host: str) -> None:
    browser = opened.browser()
    assert browser.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "localhost"])
def test_its_own_names_are_answered(opened: Opened, host: str) -> None:
    assert opened.client().get("/static/studio.css", headers={"Host": host}).status_code == 200


def test_without_a_session_nothing_of_a_publication_is_shown(opened: Opened) -> None:
    stranger = opened.client(headers=OWN)
    for path in ("/", "/p/0123", "/p/0123/pictures", "/p/0123/files/a.pdf", "/p/0123/progress", "/p/0123/manuscript"):
        assert stranger.get(path).status_code == 403
    assert stranger.post("/publications", files=FILES).status_code == 403


def test_the_printed_address_works_once(opened: Opened) -> None:
    token = opened.sessions.new_token()
    first, second = opened.client(), opened.client()
    assert first.get(f"/?token={token}").status_code == 303
    assert first.get("/").status_code == 200
    assert second.get(f"/?token={token}").status_code == 403
    assert first.get(f"/?token={token}").headers["location"] == "/"


def test_a_wrong_token_opens_nothing_and_does_not_use_up_the_right_one(opened: Opened) -> None:
    token = opened.sessions.new_token()
    assert opened.client().get("/?token=guessed").status_code == 403
    assert opened.client().post(f"/?token={token}", headers=OWN).status_code == 403
    assert opened.client().get("/?token=").status_code == 403


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(opened: Opened) -> None:
    cookie = opened.client().get(f"/?token={opened.sessions.new_token()}").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_session_outlives_a_restart_but_its_secret_is_not_stored(opened: Opened) -> None:
    browser = opened.browser()
    again = Opened(opened.workspace.root)
    client = TestClient(again.application, base_url=ADDRESS, cookies=dict(browser.cookies))
    assert client.get("/").status_code == 200
    (secret,) = browser.cookies.values()
    assert all(secret.encode() not in path.read_bytes() for path in opened.workspace.root.glob("studio.sqlite*"))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS},
    ],
)
def test_a_form_of_another_page_changes_nothing(opened: Opened, headers: dict[str, str]) -> None:
    browser = opened.browser()
    del browser.headers["Sec-Fetch-Site"]
    before = len(opened.workspace.database.publications())
    assert browser.post("/publications", files=FILES, headers=headers).status_code == 403
    assert len(opened.workspace.database.publications()) == before


def test_a_browser_without_fetch_metadata_is_known_by_its_origin(opened: Opened) -> None:
    browser = opened.browser()
    del browser.headers["Sec-Fetch-Site"]
    answer = browser.post("/publications", files={"files": ("a.exe", b"")}, headers={"Origin": ADDRESS})
    assert answer.status_code == 422


def test_every_answer_forbids_foreign_scripts_and_frames(opened: Opened) -> None:
    browser = opened.browser()
    for path in ("/", "/nowhere", "/static/studio.js"):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "access-control-allow-origin" not in headers


def test_no_page_has_script_or_style_in_its_markup() -> None:
    for path in Path("exporter/templates/studio").glob("*.html"):
        text = path.read_text("utf-8")
        assert "<script>" not in text
        assert "style=" not in text
        assert " onclick" not in text


def test_a_request_that_is_too_large_is_refused(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "MAXIMUM_BODY", 10_000)
    browser = opened.browser()
    before = len(opened.workspace.database.publications())
    assert browser.post("/publications", files={"files": ("a.docx", b"0" * 20_000)}).status_code == 413

    def chunks():
        yield from (b"0" * 5_000 for _ in range(10))

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert browser.post("/publications", content=chunks(), headers=headers).status_code == 413
    assert len(opened.workspace.database.publications()) == before


def test_the_errors_of_the_studio_are_not_written_to_a_log(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    from exporter import service

    reports = []
    monkeypatch.setattr(service, "report_bug", lambda action, details: reports.append(details) or "")
    monkeypatch.setattr(opened.workspace.database, "publications", lambda: 1 / 0)
    client = opened.browser()
    client = TestClient(
        opened.application, base_url=ADDRESS, cookies=dict(client.cookies), raise_server_exceptions=False
    )
    assert client.get("/").status_code == 500
    assert "ZeroDivisionError" in reports[0]
    assert capfd.readouterr().err == ""
    assert caplog.text == "" or "division" not in caplog.text
