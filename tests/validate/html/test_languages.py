"""Passages in another language, told from what is in none."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.validate import webpage

ENGLISH = "the one of that was with this"


def passages(path: Path, body: str) -> list[str]:
    path.write_text(
        f'<!DOCTYPE html><html lang="de"><head><title>Titel</title></head><body><main>{body}</main></body></html>',
        "utf-8",
    )
    return [finding.message for finding in webpage.check(path) if finding.rule == "markup-language-passage"]


@pytest.mark.parametrize("name", ["code", "pre", "kbd", "samp"])
def test_what_stands_in_code_however_deep_is_in_no_language(tmp_path: Path, name: str) -> None:
    page = tmp_path / "page.html"
    assert passages(page, f"<p>Setzen Sie <{name}><span>{ENGLISH}</span></{name}> ein.</p>") == []
    assert passages(page, f"<div><{name}>{ENGLISH} {ENGLISH}</{name}></div>") == []


def test_a_passage_that_does_not_say_its_language_is_told(tmp_path: Path) -> None:
    (message,) = passages(tmp_path / "page.html", f"<div><span>{ENGLISH}</span></div>")
    assert "seems to be in “en”" in message
