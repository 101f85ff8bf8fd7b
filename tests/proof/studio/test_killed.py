"""The studio ended with SIGKILL while it makes the editions of two publications, and opened again."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

pytestmark = pytest.mark.proof
MANUSCRIPT = "---\ntitle: {0}\nlang: en\n---\n\n# A\n\n{1}\n"
SECONDS = 150


@contextmanager
def studio(folder: Path) -> Iterator[tuple[subprocess.Popen[str], httpx2.Client]]:
    """Open a studio, and a browser without a script."""
    command = [sys.executable, "-m", "exporter", "studio", "--no-open", "--port", "0", "--folder", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        (address,) = re.findall(r"http\S+", server.stdout.readline())
        headers = {"Sec-Fetch-Site": "same-origin"}
        try:
            with httpx2.Client(
                base_url=address.partition("?")[0], headers=headers, timeout=60, follow_redirects=True
            ) as browser:
                browser.get(address)
                yield server, browser
        finally:
            server.terminate()


def page_when(browser: httpx2.Client, address: str, words: str) -> str:
    """Return a page once it has words."""
    end = time.monotonic() + SECONDS
    while words not in (page := browser.get(address).text) and time.monotonic() < end:
        time.sleep(0.2)
    return page


def test_two_exports_go_on_after_the_studio_was_killed(tmp_path: Path) -> None:
    names = ("Rain", "Sand")
    with studio(tmp_path / "own") as (server, browser):
        addresses = []
        for name in names:
            text = MANUSCRIPT.format(name, f"Only {name.lower()} is spoken of here. " * 400)
            answer = browser.post("/publications", files={"files": (f"{name}.md", text.encode())})
            assert answer.status_code == 200
            address = answer.url.path
            assert "Choose editions" in page_when(browser, address, 'id="tasks"')
            browser.post(f"{address}/editions", data={"edition": ["docx", "pdf", "epub"]})
            addresses.append(address)
        assert "data-progress" in browser.get(f"{addresses[0]}/editions").text
        server.send_signal(signal.SIGKILL)
        server.wait(20)
    with studio(tmp_path / "own") as (_, browser):
        for name, other, address in zip(names, reversed(names), addresses, strict=True):
            page = page_when(browser, f"{address}/editions", "3 editions are ready")
            assert "3 editions are ready" in page
            (file,) = re.findall(r'href="([^"]+\.docx)"', page)
            document = browser.get(file).content
            assert document.startswith(b"PK")
            everything = browser.get(f"{address}/all.zip").content
            assert name.lower().encode() in everything
            assert f"{other.lower()}/".encode() not in everything
