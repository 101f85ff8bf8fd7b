"""Settings of the publisher: colours that can be read, a logo that is an image, and a password for others."""

from __future__ import annotations

import io
import socket
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from exporter.cli.studio_command import studio
from exporter.config import styles_folder
from exporter.errors import UsageError
from exporter.oklch import contrast
from exporter.studio import server
from exporter.studio.password import set_password
from exporter.studio.publisher import PublisherSettings, theme_colours
from exporter.studio.workspace import Workspace
from exporter.writers.web import theme
from tests.studio.conftest import ADDRESS, OWN, Opened
from tests.writers.pdf.test_styles import GROUNDS

ENTRIES = {"name": "Island Water", "email": "formats@example.org", "url": "", "phone": "", "field": "#0D4A43"}
PASSWORD = "three words at least"


@pytest.mark.parametrize("field", ["#14304a", "#ffff00", "#ffffff", "#000000", "#e0457b", "#00a7a7"])
@pytest.mark.parametrize("accent", ["#a2341c", "#ffee00", "#101010"])
def test_any_two_colours_make_a_theme_that_can_be_read(field: str, accent: str) -> None:
    colours = dict(theme.load(styles_folder(), "house", "").light) | theme_colours(field, accent, styles_folder())
    for ground, texts in GROUNDS.items():
        for text in texts:
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "#0d4a43").save(out, "PNG")
    return out.getvalue()


def test_the_settings_of_the_publisher_are_in_the_styles_of_all_exports(opened: Opened) -> None:
    browser = opened.browser()
    answer = browser.post("/publisher", data=ENTRIES | {"accent": "#ffee00"}, files={"logo": ("a.png", logo())})
    assert answer.headers["location"] == "/publisher?done=publisher"
    page = browser.get("/publisher").text
    assert 'value="Island Water"' in page
    assert "Contrast with white: 1.2 to 1. Too little" in page
    assert browser.get("/publisher/logo").content == logo()
    styles = opened.publisher.styles
    settings = tomllib.loads((styles / "house.toml").read_text("utf-8"))
    assert settings["metadata"]["publisher"] == settings["site"]["name"] == "Island Water"
    assert settings["metadata"]["contact"] == {"name": "Island Water", "email": "formats@example.org"}
    own = theme.load(styles, "own", "")
    assert own.light["field"] == "#0d4a43"
    assert own.light["logo"].startswith("url(data:image/png")
    # The styles are made again from those of a newer exporter.
    (styles / "themes" / "own.css").unlink()
    assert PublisherSettings(opened.workspace.root, styles_folder()).has_colours


@pytest.mark.parametrize(
    ("entries", "file"),
    [
        ({"email": "nobody"}, b""),
        ({"url": "javascript:alert(1)"}, b""),
        ({"field": "red; } body { display: none"}, b""),
        ({}, b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ({}, b"\x89PNG\r\n\x1a\n broken"),
    ],
)
def test_what_cannot_be_a_setting_is_refused(opened: Opened, entries: dict[str, str], file: bytes) -> None:
    before = opened.publisher.load()
    files = {"logo": ("a.png", file)} if file else None
    answer = opened.browser().post("/publisher", data=ENTRIES | entries, files=files)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert opened.publisher.load() == before


def test_a_studio_for_others_asks_for_its_password(opened: Opened) -> None:
    stranger = opened.client(headers=OWN)
    assert stranger.get("/").status_code == 403
    assert stranger.get("/password").headers["location"] == "/"
    with pytest.raises(UsageError, match="fewer than 12"):
        set_password(opened.workspace.database, "short")
    browser = opened.browser()
    set_password(opened.workspace.database, PASSWORD)
    assert browser.get("/").headers["location"] == "/password", "earlier sessions have ended"
    page = stranger.get("/password")
    assert page.status_code == 200
    assert "This studio asks for a password" in page.text
    assert stranger.post("/password", data={"password": "wrong"}).status_code == 403
    assert (
        stranger.post("/password", data={"password": PASSWORD}, headers={"Sec-Fetch-Site": "cross-site"}).status_code
        == 403
    )
    answer = stranger.post("/password", data={"password": PASSWORD})
    assert answer.status_code == 303
    assert "secure" not in answer.headers["set-cookie"].lower()
    assert stranger.get("/").status_code == 200
    assert PASSWORD.encode() not in b"".join(path.read_bytes() for path in opened.workspace.root.glob("studio.sqlite*"))


def test_another_address_needs_a_password_first(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Everybody who reaches 0\.0\.0\.0"):
        server.run(server.Options(folder=tmp_path / "a", host="0.0.0.0"), show=print)
    entered = f"{PASSWORD}\n{PASSWORD}\n"
    arguments = ["--set-password", "--folder", str(tmp_path / "a")]
    assert CliRunner().invoke(studio, arguments, input=entered).exit_code == 0
    assert Workspace(tmp_path / "a").database.password().startswith("$argon2id$")


def test_the_address_that_others_use_is_named(opened: Opened) -> None:
    assert ADDRESS.startswith("http://127.0.0.1")
    assert opened.client().get("/", headers={"Host": "studio.example.org"}).status_code == 400


def test_a_browser_that_is_opened_at_once_is_not_refused(tmp_path: Path) -> None:
    class OpenedError(Exception):
        pass

    def show(line: str) -> None:
        port = int(line.rpartition(":")[2].partition("/")[0])
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        raise OpenedError

    with pytest.raises(OpenedError):
        server.run(server.Options(folder=tmp_path / "a", opens_browser=False), show=show)
