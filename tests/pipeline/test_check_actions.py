"""Every edition is compared and checked; an edition with errors is withheld, and a missing check is reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exporter.config import Validators
from exporter.errors import ExitCode
from exporter.findings import Rule, Severity
from exporter.model import At, Metadata, Paragraph, Publication, Section, Source, Text
from exporter.pipeline.events import Ended, Notice, StepState
from exporter.pipeline.source_map import build_source_map, with_source
from tests.pipeline.bench import Bench

JUDGES = """
import os, signal, time
from exporter.findings import Rule, Severity
from exporter.validate import validators

class Judge:
    NAME, TITLE, SUFFIXES, EXTERNAL = "judge", "Judge", (".words.txt",), {outside}
    def missing(self):
        return {missing!r}
    def version(self):
        return "1"
    def check(self, path):
        open({log!r}, "a").write(path.name + "\\n")
        {act}
        rule = Rule("judged", Severity.ERROR, "It is good.", "Mend it.")
        return validators.completed(self, {found}, ("Standard 1",))

validators.all_validators = lambda java=None: (Judge(),)
"""


class Court:
    """A validator that looks at the edition `words`, in every process that a run starts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "judged"

    def sits(self, act: str = "pass", *, missing: str = "", outside: bool = False, found: str = "()") -> None:
        text = JUDGES.format(act=act, log=str(self._log), missing=missing, outside=outside, found=found)
        (self._folder / "sitecustomize.py").write_text(text, "utf-8")

    @property
    def asked(self) -> list[str]:
        """Names of the files that it was asked about."""
        return self._log.read_text().split() if self._log.exists() else []


@pytest.fixture
def court(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Court:
    bench.processes, bench.jobs, bench.validators = True, 1, None
    folder = tmp_path / "court"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return Court(folder)


def report(bench: Bench, slug: str = "one") -> dict[str, Any]:
    read: dict[str, Any] = json.loads((bench.output / slug / "report.json").read_text("utf-8"))
    return read


def check(bench: Bench, name: str, edition: str = "words", slug: str = "one") -> dict[str, Any]:
    checks = report(bench, slug)["checks"]
    found: dict[str, Any] = next(one for one in checks if (one["name"], one["edition"]) == (name, edition))
    return found


def test_an_edition_that_says_something_else_is_withheld(bench: Bench) -> None:
    bench.write("one", "A title\nFirst paragraph.\nLast words.\n")
    outcome = bench.export("liar", "words")
    assert outcome.code is ExitCode.FINDINGS
    assert set(bench.files("one")) == {"words.txt"}
    missing = [f for f in report(bench)["findings"] if f["rule"].startswith("parity-")]
    assert any("Last words" in finding["message"] for finding in missing)
    assert {finding["edition"] for finding in missing} == {"liar"}
    assert {finding["source"]["line"] for finding in missing if "Last words" in finding["message"]} == {3}
    assert check(bench, "parity", "liar")["counts"]["error"] == len(missing)
    # Once more, nothing is compared again, and the edition stays withheld.
    assert bench.export("liar", "words").code is ExitCode.FINDINGS
    assert not [line for line in bench.worked() if "parity" in line or "check" in line]


def test_the_report_has_a_column_for_every_edition(bench: Bench) -> None:
    bench.write("one", "A title\nFirst paragraph.\nLast words.\n")
    bench.export("liar", "words")
    facts = {row["fact"]: row for row in report(bench)["facts"]}
    assert facts["headings"]["editions"]["liar"]["agrees"] is True
    assert facts["words"]["editions"]["liar"]["agrees"] is False
    assert facts["words"]["editions"]["liar"]["amount"] == facts["words"]["amount"] - 2
    assert facts["words"]["editions"]["words"] == {
        "amount": None,
        "agrees": None,
        "reason": "Files like one.words.txt cannot be compared with the manuscript yet.",
    }


def test_an_edition_that_cannot_be_read_back_is_an_error(bench: Bench) -> None:
    bench.write("one")
    assert bench.export("garbage", validators=Validators.OWN).code is ExitCode.FINDINGS
    assert "cannot be read" in bench.found()["parity-unreadable"]
    assert bench.files("one") == {}


def test_an_edition_with_an_error_that_a_validator_finds_is_withheld(bench: Bench, court: Court) -> None:
    court.sits(found='[rule.finding("It is bad.", place="part 3")]')
    bench.write("one")
    assert bench.export("words", "other").code is ExitCode.FINDINGS
    assert set(bench.files("one")) == {"other.txt"}
    assert bench.found()["judged"].startswith("words: part 3: error: It is bad. This is a fault of exporter")
    told = check(bench, "judge")
    assert (told["ran"], told["version"], told["standards"]) == (True, "1", ["Standard 1"])
    assert told["counts"]["error"] == 1
    assert bench.export("words", "other").code is ExitCode.FINDINGS
    assert court.asked == ["one.words.txt"]


CALAMITIES = {
    "segfault": ("os.kill(os.getpid(), signal.SIGSEGV)", "crashed (SIGSEGV)"),
    "kill": ("os.kill(os.getpid(), signal.SIGKILL)", "most likely because memory ran out"),
    "exit": ("os._exit(0)", "ended without a result (exit code 0)"),
    "hang": ("time.sleep(600)", "timed out after 3 seconds"),
    "memory": ("raise MemoryError", "ran out of memory; the file was not checked"),
    "mistake": ("raise KeyError('x')", "crashed; the file was not checked"),
    "leave": ("raise SystemExit(0)", "failed: SystemExit"),
    "nonsense": ("return {'ran': True, 'findings': ()}", "failed: AttributeError"),
}
"""What a validator does to the publication of this name, and what is said of it."""


@pytest.mark.proof
def test_a_validator_that_fails_has_not_checked_and_the_export_goes_on(bench: Bench, court: Court) -> None:
    acts = (f"if path.name == '{slug}.words.txt': {act}" for slug, (act, _) in CALAMITIES.items())
    court.sits("\n        ".join(acts))
    for slug in CALAMITIES:
        bench.write(slug)
        (bench.input / slug / "publication.toml").write_text("[export]\ncheck_limit = 3\n")
    assert bench.export("words", "other").code is ExitCode.DONE
    for slug, (_, reason) in CALAMITIES.items():
        assert set(bench.files(slug)) == {"words.txt", "other.txt"}
        (finding,) = (one for one in report(bench, slug)["findings"] if one["rule"] == "check-failed")
        assert reason in finding["message"]
        assert finding["severity"] == "warning"
        checks = report(bench, slug)["checks"]
        assert any(reason in one["reason"] for one in checks if one["edition"] == "words" and not one["ran"])
        assert not any(one["ran"] for one in checks if one["name"] in ("judge", "check"))
    # It is asked again, since nothing is known; the edition is not made again.
    court.sits()
    bench.export("words", "other")
    for slug in CALAMITIES:
        assert f"{slug} check:words" in bench.worked()
        assert f"{slug} write:words" not in bench.worked()
        assert check(bench, "judge", slug=slug)["ran"] is True
    assert "check-failed" not in bench.found()


def test_a_house_that_wants_certainty_makes_a_gap_an_error(bench: Bench, court: Court) -> None:
    court.sits("os._exit(1)")
    bench.write("one")
    (bench.input / "one" / "publication.toml").write_text('[gate]\nrules = { "check-failed" = "error" }\n')
    assert bench.export("words").code is ExitCode.FINDINGS
    assert bench.files("one") == {}


def test_a_validator_that_is_missing_is_told_and_no_pass(bench: Bench, court: Court) -> None:
    court.sits(missing="Judge is not installed. Run: make validators", outside=True)
    bench.write("one")
    assert bench.export("words").code is ExitCode.DONE
    assert court.asked == []
    told = check(bench, "judge")
    assert (told["ran"], told["missing"], told["reason"]) == (
        *(False, True),
        "Judge is not installed. Run: make validators",
    )
    assert bench.found()["check-missing"].startswith("note: Judge has not checked words. Judge is not installed.")


def test_validators_of_others_are_left_out_where_settings_say_so(bench: Bench, court: Court) -> None:
    court.sits(outside=True)
    bench.write("one")
    bench.export("words", validators=Validators.OWN)
    assert court.asked == []
    assert "only the built-in checks" in check(bench, "judge")["reason"]
    bench.export("words")
    assert court.asked == ["one.words.txt"]
    (bench.input / "one" / "publication.toml").write_text('[export]\nvalidators = "own"\n')
    bench.export("words")
    assert "only the built-in checks" in check(bench, "judge")["reason"]


def test_what_a_validator_does_to_its_file_harms_no_edition(bench: Bench, court: Court) -> None:
    court.sits('os.chmod(path, 0o600); path.write_text("scribble")')
    bench.write("one")
    assert bench.export("words").code is ExitCode.DONE
    assert bench.files("one") == {"words.txt": "A title Only part A paragraph. 11"}
    assert not list((bench.store / "runs").iterdir())


def test_details_of_a_crash_are_kept_apart_from_the_report(bench: Bench, court: Court) -> None:
    court.sits("os.kill(os.getpid(), signal.SIGSEGV)")
    bench.write("one")
    bench.export("words")
    assert any(isinstance(event, Notice) and "details" in event.message for event in bench.events)
    assert bench.states()["check:words"] is StepState.FAILED


def test_a_name_in_a_file_leads_to_the_manuscript() -> None:
    at = At(id="findings", source=Source("manuscript.md", 12))
    note = At(id="fn-2", source=Source("manuscript.md", 40))
    body = (Section((Text("Findings"),), (Paragraph((Text("Words."),), at=note),), at=at),)
    known = build_source_map(Publication(Metadata(title="A title"), body=body))
    rule = Rule("x", Severity.ERROR, "It is good.", "Mend it.")

    def line(message: str, place: str = "") -> int:
        source = with_source(rule.finding(message, place=place), known).source
        return source.line if source else 0

    assert line("It is bad.", "EPUB/text/part.xhtml#findings") == 12
    assert line('<h2 id="findings"> is empty.') == 12
    assert line("The element with ID “fn-2” has no parent.") == 40
    assert line("It is bad.", "text.xhtml#findings-s3, line 4") == 12
    # A word is no name, and a place that is known stays.
    assert line("The findings are bad.") == 0
    assert line("It is bad.", "part.xhtml#elsewhere") == 0
    there = rule.finding("It is bad.", Source("other.md", 1), place="#findings")
    assert with_source(there, known) is there


def test_two_clean_exports_write_the_same_however_long_a_check_takes(
    bench: Bench, court: Court, tmp_path: Path
) -> None:
    bench.write("one")
    written, times = [], []
    for number, act in enumerate(("pass", "time.sleep(1)")):
        court.sits(act)
        output = tmp_path / f"output-{number}"
        bench.export("words", output=output, store=tmp_path / f"store-{number}")
        written.append({path.name: path.read_bytes() for path in (output / "one").iterdir()})
        times += [one.seconds for one in bench.events if isinstance(one, Ended) and one.step == "check:words"]
    assert {"report.json", "report.html"} <= set(written[0])
    assert written[0] == written[1]
    assert times[1] >= 1, "whoever wants to know how long it took is told while it goes on"
