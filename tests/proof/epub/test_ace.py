"""Ace by DAISY over every EPUB: it passes, and no assertion fails."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from exporter.programs import run
from tests.proof import validators
from tests.proof.built_editions import BuiltEditions


def test_ace_finds_nothing_in_a_silent_book(built: BuiltEditions, slug: str, tmp_path: Path) -> None:
    passes(judge(built.silent_book(slug), tmp_path))


def test_ace_finds_nothing_in_a_book_with_a_voice(built: BuiltEditions, heard: str, tmp_path: Path) -> None:
    passes(judge(built.spoken_book(heard), tmp_path))


def passes(report: dict[str, Any]) -> None:
    """Check a report of Ace."""
    failed = [
        f"{each['earl:testSubject']['url']}: {rule['earl:test']['dct:title']}: {rule['earl:result']['dct:description']}"
        for each in report["assertions"]
        for rule in each["assertions"]
    ]
    assert failed == []
    assert report["earl:result"]["earl:outcome"] == "pass"


def judge(book: Path, folder: Path) -> dict[str, Any]:
    """Return Ace's report of a book."""
    ace = validators.module("@daisy/ace-cli/bin/ace.js")
    patience = dict.fromkeys(("ACE_TIMEOUT_INITIAL", "ACE_TIMEOUT_EXTENSION"), "600000")
    env = {
        **os.environ,
        **patience,
        "PUPPETEER_EXECUTABLE_PATH": validators.chromium(),
        "XDG_CONFIG_HOME": str(folder / "settings"),
    }
    done = run([validators.node(), ace, "--silent", "--force", "--outdir", folder, book], seconds=600, env=env)
    assert (folder / "report.json").exists(), done.stdout + done.stderr
    return json.loads((folder / "report.json").read_text("utf-8"))
