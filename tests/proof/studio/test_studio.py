"""The studio in a browser: a Word report of 20 pages becomes downloads with the keyboard alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exporter.programs import run
from tests.proof import validators
from tests.studio.manuscripts import long_word_report

pytestmark = pytest.mark.proof
WORDS = ("Bar chart: the price of water rises in each month.", "Bar chart in red: what households pay.")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("studio")
    command = [sys.executable, "-m", "exporter", "studio", "--no-open", "--port", "0", "--folder", str(folder / "own")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        (shown,) = re.findall(r"http\S+", line)
        yield shown
        server.terminate()
        assert server.wait(20) == 0


@pytest.fixture(scope="module")
def told(address: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    validators.module("axe-core/axe.min.js")
    validators.module("playwright-core/index.mjs")
    manuscript = tmp_path_factory.mktemp("manuscript") / "Water report.docx"
    manuscript.write_bytes(long_word_report())
    asked = {
        "address": address,
        "manuscript": str(manuscript),
        "words": WORDS,
        "program": validators.chromium(),
        "flags": validators.CHROMIUM_FLAGS,
        "pictures": os.environ.get("PROOF_PICTURES", ""),
        # PROOF_HANDBOOK=input/handbook/img takes the pictures of the handbook again.
        "handbook": os.environ.get("PROOF_HANDBOOK", ""),
    }
    done = run([validators.node(), Path(__file__).with_name("studio.mjs"), json.dumps(asked)], seconds=900)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_way_leads_from_the_report_to_its_downloads(told: dict[str, Any]) -> None:
    steps = dict(told["steps"])
    assert steps["verdict"].startswith("3 things stop this publication")
    assert steps["pictures"] == "Every picture is described or marked as decoration."
    assert steps["table"].startswith("Ready to export")
    assert steps["downloads"] == "2 editions are ready"
    assert told["download"] == "water-report.docx"
    assert told["report"]
    assert told["errors"] == []


def test_the_word_edition_is_shown_as_pages_beside_what_is_met_in_it(told: dict[str, Any]) -> None:
    assert told["paper"] > 500
    assert "Water on the islands" in told["met"]
    assert "What we saw" not in told["met"], "the first page is that of the title"


def test_the_focus_moves_to_what_happened_and_stays_while_somebody_writes(told: dict[str, Any]) -> None:
    assert told["focus"] == {"problem": "summary", "typing": "text", "result": "result"}
    assert told["heard"] == f"Image. {WORDS[0]}"
    assert len(told["questions"]) == 1


def test_progress_is_said_now_and_then(told: dict[str, Any]) -> None:
    assert len(told["live"]) <= 6


def test_axe_finds_nothing_on_any_page(told: dict[str, Any]) -> None:
    assert told["axe"] == {}


def test_nothing_is_wider_than_the_window(told: dict[str, Any]) -> None:
    assert {page: width for page, width in told["overflow"].items() if width} == {}


def test_the_focus_is_seen_wherever_it_is(told: dict[str, Any]) -> None:
    assert told["unseen"] == []
    assert told["small"] == []
