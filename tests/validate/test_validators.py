"""Every check in one shape: which fits which file, and what becomes of one that goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import StepError
from exporter.findings import Rule, Severity
from exporter.pipeline.registry import discover
from exporter.validate import validators
from exporter.validate.file_types import TITLES, FileTypes
from exporter.validate.validators import ValidationResult, completed, run, run_validator, validators_for

RULE = Rule("made-up", Severity.ERROR, "Something holds.", "Mend it.")


class Fake:
    NAME = "fake"
    TITLE = "The fake"
    SUFFIXES = (".pdf",)
    EXTERNAL = True

    def __init__(self, error: BaseException | None = None, missing: str = "") -> None:
        self.error = error
        self.gone = missing

    def missing(self) -> str:
        return self.gone

    def version(self) -> str:
        return "1.0"

    def check(self, path: Path) -> ValidationResult:
        if self.error:
            raise self.error
        return completed(self, [RULE.finding("It does not.", place="page 1")], ("PDF/UA-1",))


@pytest.mark.parametrize(
    ("name", "file_type"),
    [
        ("report.pdf", ".pdf"),
        ("Report.PDF", ".pdf"),
        ("report-print.pdf", "-print.pdf"),
        ("report-large-print.pdf", ".pdf"),
        ("report-daisy.zip", "-daisy.zip"),
        ("photos.zip", ""),
        (".epub", ".epub"),
        ("page.xhtml", ".html"),
    ],
)
def test_the_end_of_a_name_says_how_a_file_is_judged(name: str, file_type: str) -> None:
    assert FileTypes(discover().by_suffix).for_name(name) == file_type


@pytest.mark.parametrize("file_type", sorted({*TITLES, *(e.file_type for e in discover().by_suffix.values())}))
def test_every_edition_has_a_check_of_ours(file_type: str) -> None:
    assert [check for check in validators_for(file_type) if not check.EXTERNAL]


def test_editions_are_checked_as_files_of_their_type() -> None:
    types = {edition.name: edition.file_type for edition in discover().by_suffix.values()}
    assert (types["pdf"], types["large-print"], types["print"], types["daisy"]) == (
        ".pdf",
        ".pdf",
        "-print.pdf",
        "-daisy.zip",
    )


def test_a_print_edition_is_judged_by_the_press_and_not_by_readers() -> None:
    assert [check.NAME for check in validators_for("-print.pdf")] == ["press"]


def test_what_is_found_bears_the_edition() -> None:
    checked = run_validator(Fake(), Path("a.pdf"), "large-print")
    assert checked.ran
    assert checked.version == "1.0"
    assert [finding.edition for finding in checked.findings] == ["large-print"]


@pytest.mark.parametrize(
    "fake",
    [
        Fake(StepError("It did not finish within 5 seconds.")),
        Fake(ValueError("rubbish")),
        Fake(MemoryError()),
        Fake(missing="The fake is not installed. Run: make validators"),
    ],
)
def test_a_check_that_goes_wrong_did_not_run(fake: Fake) -> None:
    checked = run_validator(fake, Path("a.pdf"))
    assert not checked.ran
    assert checked.reason.endswith((".", "validators", ")."))
    assert checked.findings == ()


def test_an_unreadable_file_is_a_finding_of_ours(tmp_path: Path) -> None:
    for name in ("a.pdf", "a-print.pdf", "a.docx", "a.epub"):
        path = tmp_path / name
        path.write_bytes(b"nothing of the kind")
        file_type = path.name[1:]
        checked, *others = run(path, validators_for(file_type), external=False)
        assert not any(other.ran for other in others)
        assert checked.ran
        assert [finding.severity for finding in checked.findings][:1] == [Severity.ERROR], name


def test_without_outside_validators_none_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(validators, "all_validators", lambda java: (Fake(),))
    assert run(tmp_path / "a.pdf", validators_for(".pdf"), external=False) == ()
    assert [one.name for one in run(tmp_path / "a.pdf", validators_for(".pdf"))] == ["fake"]
