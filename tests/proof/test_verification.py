"""Finished files before every check of the command: all of them run, and find what is there and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from exporter.service import FileStatus, verify
from exporter.validate.external.ace import Ace
from exporter.validate.validators import run_validator
from tests.proof.built_editions import SPOKEN, BuiltEditions
from tests.proof.validators import ROOT, chromium
from tests.validate.external.fakes import program

SLOW = "import os, sys, time; time.sleep(8); os.execv({0!r}, [{0!r}, *sys.argv[1:]])"
"""A browser that takes longer to start than Ace waits by itself."""


def test_every_check_runs_and_finds_nothing(built: BuiltEditions) -> None:
    folder = built.silent("asylum-dispatch")
    files = tuple(path for path in sorted(folder.iterdir()) if path.suffix in {".pdf", ".epub", ".docx"})
    assert len(files) == 5
    for one in verify(files).files:
        assert [str(finding) for finding in one.findings] == []
        assert [checked.reason for checked in one.checks if not checked.ran] == []
        assert one.status is FileStatus.GOOD


def test_recordings_are_judged_too(built: BuiltEditions) -> None:
    folder = built.spoken("asylum-dispatch")
    files = tuple(path for path in folder.glob("asylum-dispatch*") if path.suffix not in {".pdf", ".epub"})
    assert len(files) == len(SPOKEN) - 2
    for one in verify(files).files:
        assert [str(finding) for finding in one.findings] == []
        assert one.status is FileStatus.GOOD


@pytest.mark.parametrize("checks", [["--ours"], pytest.param([], marks=pytest.mark.soak)], ids=["ours", "all"])
def test_the_planted_defects_are_all_found(checks: list[str]) -> None:
    command = [sys.executable, "-m", "tests.validate.planted", *checks]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_browser_that_starts_slowly_on_a_busy_machine_makes_no_verdict(
    built: BuiltEditions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = program(tmp_path / "chromium", SLOW.format(chromium()))
    monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", str(slow))
    checked = run_validator(Ace(), built.silent_book("asylum-dispatch"))
    assert (checked.ran, checked.reason, checked.findings) == (True, "", ())


def test_the_verdict_of_a_spoilt_book_names_who_found_what(built: BuiltEditions, tmp_path: Path) -> None:
    from tests.validate.epub.planted import DEFECTS, plant

    missing = next(each for each in DEFECTS if each.rule == "epub-metadata-summary")
    bad = plant(built.silent_book("asylum-dispatch"), missing, tmp_path / "bad.epub")
    command = [sys.executable, "-m", "exporter", "verify", str(bad), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    (one,) = json.loads(done.stdout)["files"]
    assert done.returncode == one["code"] == 1
    assert {each["check"] for each in one["findings"]} >= {"structure"}
