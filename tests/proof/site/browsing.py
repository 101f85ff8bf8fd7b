"""Pages put before Chromium."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from exporter.programs import run
from tests.proof import validators

MARKERS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
"""What stands before the items of a list of each type (HTML 15.3.8); the case of the letter counts."""
WAYS = ("light", "dark", "narrow", "narrowDark", "contrast", "forced", "scriptless")
MAIN_WAYS = ("light", "narrow")
"""Enough for a page whose parts stand in another that is shown in all ways: axe-core takes up to a minute for each."""


def browse(page: Path, name: str, *, listen: bool = False, ways: Sequence[str] = WAYS) -> dict[str, Any]:
    """Return what the browser found in a page. PROOF_PICTURES names a folder for pictures of all that it saw."""
    validators.module("axe-core/axe.min.js")
    validators.module("playwright-core/index.mjs")
    pictures = os.environ.get("PROOF_PICTURES", "")
    asked = {
        "page": page.as_uri(),
        "program": validators.chromium(),
        "flags": validators.CHROMIUM_FLAGS,
        "listen": listen,
        "ways": ways,
        "pictures": f"{pictures}/{name}" if pictures else "",
    }
    script = Path(__file__).with_name("page.mjs")
    done = run([validators.node(), script, json.dumps(asked)], seconds=600)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _counts(kind: str, style: str) -> bool:
    """Return whether a list counts as its type says, with or without parentheses (`styles/lists.css`)."""
    return style in {MARKERS[kind], f"parenthesis-{MARKERS[kind]}", f"parentheses-{MARKERS[kind]}"}


def troubles(told: dict[str, Any]) -> dict[str, Any]:
    """Return what is wrong with a page, by what was looked at; nothing for one that everybody can read."""
    ways, stops = told["ways"], told["stops"]
    found = {
        "axe": {way: found["violations"] for way, found in ways.items() if found["violations"]},
        "axe has not looked": [way for way, found in ways.items() if found["passes"] <= 15],
        "wider than the window": {way: found["overflow"] for way, found in ways.items() if found["overflow"]},
        "cut off": told["cut"],
        "cut off with wider spacing": told["spaced"]["cut"],
        "wider than the window with wider spacing": told["spaced"]["overflow"],
        "empty on paper": told["paper"] < 10_000,
        "lists of the wrong letters": [each for each in told["lists"] if not _counts(*each)],
        "code in letters of uneven width": told["uneven"],
        "errors": told["errors"],
        "focus that is not seen": [stop["name"] for stop in stops if not stop["ring"]],
        "focus behind something": [stop["name"] for stop in stops if not stop["clear"]],
        "too small for a finger": [stop["name"] for stop in stops if stop["small"]],
    }
    return {name: trouble for name, trouble in found.items() if trouble}
