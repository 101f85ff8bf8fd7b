"""Where page-validation is known to be wrong, its word is not taken; where it is right about the same, it is."""

from __future__ import annotations

from pathlib import Path

import page
import pikepdf
import pytest

from exporter import programs
from exporter.errors import TimedOutError
from exporter.validate.external.page_validation import PageValidation, _Failure, _false_length_failures
from exporter.validate.validators import run_validator

RULE = "STREAM-LENGTH-001"


def sheet(path: Path, data: bytes, level: str, part: str = "2") -> Path:
    """Write a PDF that claims PDF/A, whose page has these bytes, uncompressed, as its content."""
    with pikepdf.new() as file:
        file.add_blank_page()
        file.pages[0].Contents = file.make_stream(data)
        with file.open_metadata() as metadata:
            metadata["pdfaid:part"], metadata["pdfaid:conformance"] = part, level
        file.save(path, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return path


def lengths(path: Path) -> list[str]:
    checked = PageValidation().check(path)
    assert checked.ran
    return [finding.clause for finding in checked.findings if finding.clause.endswith(RULE)]


@pytest.mark.parametrize(("part", "level"), [("1", "B"), ("2", "A"), ("2", "U"), ("3", "B")])
def test_data_that_end_with_a_carriage_return_have_their_right_length(tmp_path: Path, part: str, level: str) -> None:
    path = sheet(tmp_path / "return.pdf", b"q Q\r", level, part)
    said = page.validate_pdf(str(path), profile=f"{part}{level.lower()}").to_json()
    assert RULE in said, "it is no longer mistaken: take out what answers to that"
    assert lengths(path) == []


@pytest.mark.parametrize("data", [b"q Q  ", b"q Q\r "])
def test_a_length_that_is_wrong_is_told(tmp_path: Path, data: bytes) -> None:
    path = sheet(tmp_path / "wrong.pdf", data, "A")
    whole = path.read_bytes()
    assert b"/Length 5" in whole
    path.write_bytes(whole.replace(b"/Length 5", b"/Length 4", 1))
    assert lengths(path) == [f"PDF/A-2a, PDFA2A-{RULE}"]


@pytest.mark.parametrize(("length", "heard"), [(b"/Length 4", True), (b"/Length 3", False)])
def test_a_failure_that_names_no_stream_is_heeded_unless_all_lengths_are_right(
    tmp_path: Path, length: bytes, heard: bool
) -> None:
    path = sheet(tmp_path / "one.pdf", b"q Q\r", "A")
    path.write_bytes(path.read_bytes().replace(b"/Length 4", length, 1))
    nameless = _Failure(f"PDFA2A-{RULE}", "It does not match.")
    assert bool(_false_length_failures(path, [nameless])) is heard


def test_a_small_file_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    waited: list[float] = []

    def hang(command: list[str], *, seconds: float) -> None:
        waited.append(seconds)
        raise TimedOutError("“python” did not finish.")

    monkeypatch.setattr(programs, "run", hang)
    checked = run_validator(PageValidation(), sheet(tmp_path / "sheet.pdf", b"", "B"))
    assert waited
    assert waited[0] < 40
    assert "page-validation cannot read the file; it was not checked" in checked.reason
