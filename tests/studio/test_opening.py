"""How the studio is opened without a terminal, opened a second time, and closed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn
from click.testing import CliRunner
from starlette.testclient import TestClient

from exporter.cli.studio_command import studio
from exporter.pipeline import file_lock
from exporter.studio import desktop_icon, server
from exporter.studio.pages import home_page
from exporter.studio.protection import Sessions
from exporter.studio.workspace import Workspace
from tests.studio.conftest import Opened


def test_a_studio_that_is_open_already_is_shown(tmp_path: Path) -> None:
    database = Workspace(tmp_path / "a").database
    database.set_origin("http://127.0.0.1:54321")
    lines: list[str] = []
    lock = os.open(tmp_path / "a" / "open.lock", os.O_RDWR | os.O_CREAT)
    try:
        file_lock.lock(lock)
        server.run(server.Options(folder=tmp_path / "a", opens_browser=False), show=lines.append)
    finally:
        os.close(lock)
    assert lines[0] == "The studio is open already, with the folders with which it was started."
    address = urlsplit(lines[1].rpartition(" ")[2])
    assert address.netloc == "127.0.0.1:54321"
    [token] = parse_qs(address.query)["token"]
    assert Sessions(database).open(token)
    assert not Sessions(database).open(token)


def test_it_is_closed_in_the_browser_unless_others_use_it(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []

    async def interrupt() -> None:
        closed.append(True)

    monkeypatch.setattr(home_page, "_interrupt", interrupt)
    client = opened.browser()
    assert "Close the studio" in client.get("/").text
    page = client.post("/close").text
    assert "The studio is closed" in page
    assert "<a " not in page.replace('<a class="skip" href="#main">', "")
    assert closed == [True]
    monkeypatch.setattr(opened.studio, "is_shared", True)
    assert "Close the studio" not in client.get("/").text
    assert client.post("/close").status_code == 403
    assert closed == [True]


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_an_icon_on_the_desktop_opens_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    folder = tmp_path / "100 % $sure"
    folder.mkdir()
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(desktop_icon, "_desktop", lambda: tmp_path / "Desktop")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    result = CliRunner().invoke(studio, ["--icon", "--folder", str(folder)])
    assert result.exit_code == 0, result.output
    [icon] = (tmp_path / "Desktop").iterdir()
    assert f"“{icon}”" in result.output
    text = icon.read_text("utf-8")
    python, home, rest = sys.executable, tmp_path, "--host 127.0.0.1 --port 0"
    quoted = " ".join(f'"{word}"' for word in rest.split())
    lines = {
        "linux": f'Exec="{python}" "-m" "exporter" "studio" "--folder" "{home}/100 %% \\\\$sure" {quoted}',
        "darwin": f"exec {python} -m exporter studio --folder '{folder}' {rest}",
        "win32": f'@{python} -m exporter studio --folder "{home}/100 %% $sure" {rest}',
    }
    assert lines[platform] in text.splitlines()
    if platform == "linux":
        assert (tmp_path / "data" / "applications" / icon.name).read_text("utf-8") == text


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_the_address_that_is_shown_opens_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    lines: list[str] = []
    answers: list[int] = []

    def run(self: uvicorn.Server, sockets: object) -> None:
        address = lines[0].rpartition(" ")[2]
        client = TestClient(self.config.app, base_url=address.partition("/?")[0], follow_redirects=False)
        answers.append(client.get(address).status_code)

    monkeypatch.setattr(uvicorn.Server, "run", run)
    server.run(server.Options(folder=tmp_path / "a", host=host, opens_browser=False), show=lines.append)
    assert answers == [303]
