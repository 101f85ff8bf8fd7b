"""veraPDF tells a file that keeps its standards from one that does not; without it nothing counts as checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from exporter.errors import MissingToolError, StepError
from exporter.model import Direction, Metadata, Publication
from exporter.validate.external import verapdf
from exporter.validate.external.claimed_standards import Profile
from exporter.writers.pdf.options import Standard
from tests.writers.pdf.made import Made, make
from tests.writers.sample import p

pytestmark = pytest.mark.slow
UA_1 = (Profile.UA_1, Profile.A_2A)
UA_2 = (Profile.UA_2, Profile.WTPDF_ACCESSIBILITY, Profile.WTPDF_REUSE)
UA_2_WITH_FORMULAS = (*UA_2, Profile.A_4F)


def test_a_good_file_breaks_no_rule_and_what_is_spoilt_is_found(everything: Made, tmp_path: Path, java: str) -> None:
    good = everything.path
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(good) as file:
        dictionaries = [each for each in file.objects if isinstance(each, pikepdf.Dictionary)]
        del next(each for each in dictionaries if each.get("/S") == "/Figure").Alt
        file.save(spoilt)
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(good.read_bytes()[:2000])
    found = verapdf.check({good: UA_1, spoilt: (Profile.UA_1,)}, java_address=java)
    assert [finding.message for finding in found[good]] == []
    assert [f.clause for f in found[spoilt]] == ["ISO 14289-1:2014, 7.3"]
    with pytest.raises(StepError, match="cannot read the file"):
        verapdf.check({torn: (Profile.UA_1,)}, java_address=java)


@pytest.mark.proof
def test_everything_and_the_hard_cases_keep_both_standards_in_both_directions(
    sample_pdf: Callable[[Standard], Made],
    hard_cases: Callable[[Direction, Standard], Made],
    tmp_path: Path,
    java: str,
) -> None:
    plain = Publication(Metadata(title="T", language="en"), body=(p("Words 漢 and 🎉 that no typeface has."),))
    jobs: dict[Path, tuple[Profile, ...]] = {
        sample_pdf(Standard.UA_2).path: UA_2_WITH_FORMULAS,
        make(tmp_path / "plain", plain, pdf_standard=Standard.UA_2).path: (*UA_2, Profile.A_4),
    }
    for direction in Direction:
        for standard, profiles in ((Standard.UA_1, UA_1), (Standard.UA_2, UA_2_WITH_FORMULAS)):
            jobs[hard_cases(direction, standard).path] = profiles
    assert [
        finding.message
        for findings in verapdf.check(jobs, java_address=java, max_repeats=2).values()
        for finding in findings
    ] == []


def test_a_checker_that_is_not_installed_has_checked_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verapdf.VeraPdf, "NEEDS", {"no_such_module": "no-such-package==1"})
    with pytest.raises(MissingToolError, match="was not checked"):
        verapdf.check({tmp_path / "x.pdf": (Profile.UA_1,)})


def test_a_file_is_held_against_what_it_claims(everything: Made, tmp_path: Path, java: str) -> None:
    checked = verapdf.VeraPdf(java).check(everything.path)
    assert (checked.ran, checked.standards, checked.findings) == (True, ("PDF/UA-1", "PDF/A-2a"), ())
    bare = tmp_path / "bare.pdf"
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(bare)
    checked = verapdf.VeraPdf(java).check(bare)
    assert checked.standards == ("PDF/UA-1",)
    assert {finding.rule for finding in checked.findings} == {"pdf-standard-unclaimed"}
