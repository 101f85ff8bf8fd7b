"""Every publication, exported as a whole: nothing is withheld, every check has run, and none has found anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exporter.service import formats
from exporter.validate.validators import all_validators
from tests.proof.built_editions import BENCHMARK, SILENT, SPOKEN, BuiltEditions
from tests.publications import ALL

TRANSLATION = "presentacion-comite"
TRUE = {
    BENCHMARK: {"markup-link-address"},  # its notes link addresses by themselves
    "access-to-justice-report": {"braille-language"},  # a passage is in Nahuatl
    "arabic-brief": {"braille-character"},  # a name has letters of Spanish
    "comentario-justicia": {"braille-character"},  # an address has a low line
}
"""What is truly amiss."""
CLAIMED = {
    "pdf": {"PDF/UA-1", "PDF/A-2a"},
    "large-print": {"PDF/UA-1", "PDF/A-2a"},
    "epub": {"EPUB 3.3", "EPUB Accessibility 1.1", "WCAG 2.2 AA"},
    "html": {"WCAG 2.2 AA"},
}
"""The standards that validators from outside have to be asked about, at least."""


def test_all_validators_are_there() -> None:
    assert [check.missing() for check in all_validators() if check.missing()] == []


@pytest.mark.parametrize("slug", [*ALL, BENCHMARK])
def test_editions_that_are_read(built: BuiltEditions, slug: str) -> None:
    with_original = slug == TRANSLATION
    wanted = {row.name for row in formats()[1] if row.name in SILENT and (row.suits_all or with_original)}
    is_published_whole(built.silent(slug), wanted, CLAIMED)


def test_editions_that_are_heard(built: BuiltEditions, heard: str) -> None:
    is_published_whole(built.spoken(heard), set(SPOKEN), {name: CLAIMED[name] for name in ("pdf", "epub")})


def test_pdfs_that_keep_the_second_standard(built: BuiltEditions, shown: str) -> None:
    claimed = {"PDF/UA-2", "WTPDF 1.0 accessibility", "WTPDF 1.0 reuse"}
    is_published_whole(built.pdf_2(shown), {"pdf", "large-print"}, {"pdf": claimed, "large-print": claimed})


def is_published_whole(folder: Path, editions: set[str], claimed: dict[str, set[str]]) -> None:
    """Check the report of an export: all editions are published, and all checks have run and found nothing."""
    report: dict[str, Any] = json.loads((folder / "report.json").read_bytes())
    assert report["published"]
    assert {each["name"] for each in report["editions"] if each["standing"] == "made"} == editions
    checks = [each for each in report["checks"] if not each["edition"] or each["edition"] in editions]
    assert [(each["edition"], each["name"], each["reason"]) for each in checks if not each["ran"]] == []
    for edition, standards in claimed.items():
        asked = [each["standards"] for each in checks if each["edition"] == edition]
        assert standards <= {standard for each in asked for standard in each}, edition
    known = TRUE.get(report["slug"], set())
    # A note, such as that of the size of a recording, is no fault.
    found = [each for each in report["findings"] if each["severity"] != "note" and each["rule"] not in known]
    assert [each for each in found if each["severity"] == "error" or each.get("edition")] == []
