"""The page engine reads what it is given and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporter.writers.pdf import engine
from tests.write_context import STYLES
from tests.writers import sample


def render(tmp_path: Path, body: str, css: str = "") -> list[str]:
    asked: list[str] = []

    def asset(name: str) -> tuple[bytes, str]:
        asked.append(name)
        return sample.picture(8, 8), "image/png"

    with engine.warnings() as warnings:
        engine.render(
            f'<html lang="en"><head><title>t</title></head><body>{body}</body></html>',
            [(css, STYLES / "x.css")],
            styles=STYLES,
            asset=asset,
            scratch=tmp_path,
        )
    return asked + warnings


def test_a_picture_is_asked_for_by_its_name(tmp_path: Path) -> None:
    assert render(tmp_path, '<p><img src="asset:img/a%20b.png" alt="x"/></p>') == ["img/a b.png"]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.png",
        "http://127.0.0.1:9/a.png",
        "file:///etc/hostname",
        "ftp://example.org/a",
        "data:image/svg+xml;base64,AA",
        "data:text/css,a",
    ],
)
@pytest.mark.parametrize("place", ["body", "css"])
def test_the_network_and_the_disk_are_refused(address: str, place: str, tmp_path: Path) -> None:
    body = f'<p><img src="{address}" alt="x"/></p>' if place == "body" else "<p>x</p>"
    css = f"p {{ background: url({address}) }}" if place == "css" else ""
    (complaint,) = render(tmp_path, body, css)
    assert "RefusedError" in complaint


def test_style_sheets_cannot_leave_their_folder(tmp_path: Path) -> None:
    (complaint,) = render(tmp_path, "<p>x</p>", "p { background: url(../pyproject.toml) }")
    assert "RefusedError" in complaint


def test_the_environment_is_as_it_was(tmp_path: Path) -> None:
    before = dict(os.environ)
    render(tmp_path, "<p>x</p>")
    assert dict(os.environ) == before
