"""An edition that another package adds, as one module: it is found wherever those of the exporter are."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from exporter.pipeline.registry import discover
from tests.command_line import run_here
from tests.test_input import handbook_row, rows

ADDED = Path(__file__).parent / "added"
MANUSCRIPT = """---
title: A short report
kind: report
author: Ana Author
date: 2026-01-31
lang: en
description: What an added edition is tested with.
---

# Findings

One paragraph.
"""
Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the command in a folder with one publication."""
    folder = tmp_path_factory.mktemp("added")
    (folder / "input" / "short").mkdir(parents=True)
    (folder / "input" / "short" / "manuscript.md").write_text(MANUSCRIPT, "utf-8")

    return partial(run_here, folder, packages=ADDED)


@pytest.fixture(scope="module")
def output(cli: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of an export of the added edition, beside the page in HTML."""
    folder = tmp_path_factory.mktemp("output")
    done = cli(
        "export", "--to", "plain", "--to", "html", "--output", str(folder), "--store", "store", "--validators", "own"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def report(output: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((output / "short" / "report.json").read_text("utf-8"))
    return read


def test_it_is_exported_by_its_name(output: Path) -> None:
    assert (output / "short" / "short.plain.txt").read_text("utf-8").startswith("A short report\n")


def test_formats_list_it_with_its_settings(cli: Run) -> None:
    listed = cli("formats").stdout
    assert "plain: SLUG.plain.txt\n  The plain edition: a text file with the title on its first line." in listed
    assert "capitals = false" in listed


def test_it_is_compared_and_checked(report: dict[str, Any]) -> None:
    checks = {check["name"]: check for check in report["checks"] if check["edition"] == "plain"}
    assert checks.keys() == {"carried", "parity", "plain"}
    assert all(check["ran"] for check in checks.values())
    assert checks["plain"]["title"] == "Lines of plain text"


def test_the_report_calls_it_by_its_title_and_knows_its_kind(output: Path, report: dict[str, Any]) -> None:
    assert '<th scope="row">Plain text</th>' in (output / "short" / "report.html").read_text("utf-8")
    wcag = [outcome["editions"]["plain"] for outcome in report["conformance"] if outcome["standard"] == "WCAG 2.2"]
    assert wcag
    assert "This file contains only words and times." in (output / "short" / "conformance.html").read_text("utf-8")


def test_the_page_and_the_catalogue_list_it_in_its_order(output: Path) -> None:
    entry = json.loads((output / "short" / "entry.json").read_text("utf-8"))
    assert [file["name"] for file in entry["files"]] == ["html", "plain"]
    for page in (output / "short" / "index.html", output / "index.html"):
        assert "Plain text" in page.read_text("utf-8"), page
    assert "<details" not in (output / "index.html").read_text("utf-8").partition('class="card')[2]
    feed = json.loads((output / "opds.json").read_text("utf-8"))
    assert "Plain text" in {link.get("title") for link in feed["publications"][0]["links"]}


def test_its_files_can_be_verified(cli: Run, output: Path, tmp_path: Path) -> None:
    good = cli("verify", str(output / "short" / "short.plain.txt"))
    assert good.returncode == 0, good.stdout + good.stderr
    (tmp_path / "bad.plain.txt").write_text("No line feed", "utf-8")
    bad = cli("verify", str(tmp_path / "bad.plain.txt"))
    assert bad.returncode != 0
    assert "The last line does not end." in bad.stdout + bad.stderr


def test_the_handbook_lacks_a_row_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [tuple(row[:2]) for row in rows("handbook", "tbl-editions")]
    monkeypatch.syspath_prepend(str(ADDED))
    editions = discover().editions
    assert {edition.name for edition in editions if handbook_row(edition) not in told} == {"plain"}
