"""Report and conformance statement in a browser: axe-core, the keyboard, narrow and large, in the dark, on paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exporter.programs import run
from exporter.report import conformance_page, html_report
from exporter.report.complete import complete_report
from exporter.report.model import Report
from tests.proof import validators
from tests.proof.site.validity import errors
from tests.report.reports import INSTALLED, arabic, clean, full

HERE = Path(__file__).parent
REPORTS = {"full": full, "clean": clean, "arabic": arabic}
FORMS = {"report": html_report.render, "conformance": conformance_page.render}
VIEWS: dict[str, dict[str, Any]] = {
    "light": {"open": True},
    "dark": {"dark": True},
    "telephone": {"width": 320, "height": 640, "open": True},
    "four times as large": {"width": 1280, "height": 1024, "zoom": 4},
    "forced colours": {"forced": True},
    "dark forced colours": {"forced": True, "dark": True},
    "paper": {"media": "print", "width": 700},
}


FILES = [(name, form) for name in REPORTS for form in FORMS]


@pytest.fixture(params=FILES, ids="-".join)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    name, form = request.param
    report: Report = complete_report(REPORTS[name](), None, INSTALLED)
    path = tmp_path / f"{form}.html"
    path.write_bytes(FORMS[form](report, INSTALLED))
    return path


def look(path: Path, **options: Any) -> Any:
    validators.module("playwright-core/index.mjs")
    validators.module("axe-core/axe.min.js")
    given = {"page": str(path), "program": validators.chromium(), "flags": validators.CHROMIUM_FLAGS, **options}
    done = run([validators.node(), HERE / "look.mjs", json.dumps(given)], seconds=120)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("file", "view"),
    [
        pytest.param(file, view, marks=() if file[0] == "full" or view == "light" else pytest.mark.soak)
        for file in FILES
        for view in VIEWS
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
    indirect=["file"],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(file: Path, view: str) -> None:
    told = look(file, **VIEWS[view])
    assert told["violations"] == []
    assert told["wide"] == []
    assert not told["scrolls"]
    assert told["errors"] == []
    assert told["asked"] == []


def test_there_is_no_script_and_it_reads_the_same_without_one(file: Path) -> None:
    assert look(file)["scripts"] == 0
    assert look(file, script=False)["asked"] == []


def test_the_tab_key_goes_from_the_link_to_the_text_through_all_that_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(html_report.render(complete_report(full(), None, INSTALLED), INSTALLED))
    stops = look(path, tabs=60)["stops"]
    assert stops[0]["text"] == "Skip to main content"
    assert all(stop["seen"] for stop in stops if stop["name"] != "BODY")
    names = [stop["text"] for stop in stops]
    order = ["Problems to fix", "115 more places", "informe.html", "Checksums (SHA-256)", "report.json"]
    places = [next(n for n, text in enumerate(names) if text.startswith(start)) for start in order]
    assert places == sorted(places)


def test_the_pages_are_valid_html(tmp_path: Path) -> None:
    paths = []
    for name, report in REPORTS.items():
        for form, render in FORMS.items():
            paths.append(tmp_path / f"{name}-{form}.html")
            paths[-1].write_bytes(render(complete_report(report(), None, INSTALLED), INSTALLED))
    assert errors(paths) == []


def test_the_judge_sees_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    path.write_text(
        '<!DOCTYPE html><title>x</title><p style="color:#aaa">pale</p><p style="width:5000px">x<img src="x.png">',
        "utf-8",
    )
    told = look(path)
    assert any(one.startswith("image-alt") for one in told["violations"])
    assert any(one.startswith("color-contrast") for one in told["violations"])
    assert told["wide"]
    assert told["scrolls"]
