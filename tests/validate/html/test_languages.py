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


@pytest.mark.parametrize(
    ("language", "is_told"), [("sw", False), ("ha", False), ("ku", False), ("ar", True), ("pa-PK", True)]
)
def test_a_page_runs_in_the_direction_of_the_usual_script_of_its_language(
    tmp_path: Path, language: str, is_told: bool
) -> None:
    page = tmp_path / "page.html"
    page.write_text(f'<!DOCTYPE html><html lang="{language}"><head><title>1</title></head><body><p>1</p></body></html>')
    assert ("markup-direction" in {finding.rule for finding in webpage.check(page)}) is is_told
