"""What goes wrong in one step leaves its neighbours alone, and is said in a sentence."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from exporter.config import GateLevel
from exporter.errors import ExitCode
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.events import Found, StepState
from tests.pipeline.bench import Bench

FAILURES = {
    "raises": ("step-crashed", "failed: ValueError: a mistake."),
    "refuses": ("step-failed", "The moon is full. Wait for the new moon."),
    "leaves": ("step-crashed", "ended without a result (exit code 3)."),
    "crashes": ("step-crashed", "crashed (SIGSEGV)."),
    "starved": ("step-crashed", "was killed by the system, most likely because memory ran out."),
    "nothing": ("step-failed", "has written nothing."),
    "folder": ("step-failed", "has written nothing."),
    "rubbish": ("step-failed", "returned dict instead of WriteResult."),
}


def test_a_writer_that_fails_is_a_finding_and_its_neighbour_is_published(bench: Bench) -> None:
    bench.processes = True
    bench.write("one")
    outcome = bench.export(*FAILURES, "words")
    assert outcome.code is ExitCode.STEP
    assert bench.files("one") == {"words.txt": "A title Only part A paragraph. 11"}
    found = [event.finding for event in bench.events if isinstance(event, Found)]
    for edition, (rule, words) in FAILURES.items():
        assert bench.states()[f"write:{edition}"] is StepState.FAILED
        assert any(words in str(finding) for finding in found if finding.rule == rule)


def test_a_disk_that_is_full_is_a_code_of_its_own(bench: Bench) -> None:
    bench.write("one")
    assert bench.export("full", "words").code is ExitCode.OUTPUT
    assert "No space left on device. Free disk space" in bench.found()["output-unwritable"]
    assert bench.files("one") == {"words.txt": "A title Only part A paragraph. 11"}


@pytest.mark.proof
def test_a_writer_that_hangs_is_given_up_with_all_that_it_started(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.processes = True
    pids = tmp_path / "pids"
    monkeypatch.setenv("EXPORTER_TEST_PIDS", str(pids))
    bench.write("one")
    (bench.input / "one" / "publication.toml").write_text("[export]\ntime_limit = 1.5\n")
    outcome = bench.export("hangs", "words")
    assert "timed out after 1.5 seconds" in bench.found()["step-too-long"]
    assert outcome.code is ExitCode.STEP
    assert set(bench.files("one")) == {"words.txt"}
    for pid in pids.read_text().split():
        assert _gone(int(pid))


def test_a_reader_that_crashes_fails_its_publication_alone(bench: Bench) -> None:
    bench.processes = True
    bench.write("bad", "crash\n")
    bench.write("good")
    outcome = bench.export()
    assert {one.slug: one.code for one in outcome.publications} == {"bad": ExitCode.STEP, "good": ExitCode.DONE}
    assert not (bench.output / "bad").exists()
    assert set(bench.files("good")) == {"words.txt", "other.txt"}


@pytest.mark.proof
def test_many_crashes_at_once_leave_the_others_unharmed(bench: Bench) -> None:
    bench.processes = True
    # A process that has ended is replaced by another, which takes a second.
    for number in range(2):
        bench.write(f"p{number}")
    bench.export("crashes", "leaves", "starved", "words", "other")
    for number in range(2):
        assert set(bench.files(f"p{number}")) == {"words.txt", "other.txt"}


def test_a_step_that_failed_is_tried_again(bench: Bench) -> None:
    bench.write("one")
    bench.export("raises", "words")
    bench.export("raises", "words")
    assert bench.states()["write:raises"] is StepState.FAILED
    assert bench.states()["write:words"] is StepState.UNCHANGED


def test_what_helps_to_mend_a_crash_is_in_a_file_and_not_in_the_report(bench: Bench) -> None:
    bench.write("one")
    bench.export("raises", "words")
    details = list((bench.store / "details").iterdir())
    assert len(details) == 1
    assert "ValueError: a mistake" in details[0].read_text()
    assert "Traceback" not in (bench.output / "one" / "report.json").read_text()
    assert str(bench.store) not in (bench.output / "one" / "report.json").read_text()


def test_facts_of_an_edition_reach_the_one_that_needs_them(bench: Bench) -> None:
    bench.write("one")
    bench.export("leans", "counted")
    assert bench.files("one")["leans.txt"] == "House 7"


def test_facts_of_an_edition_that_failed_are_only_absent(bench: Bench) -> None:
    bench.write("one")
    bench.export("leans-on-failure", "fails-facts")
    assert bench.files("one") == {"leans-on-failure.txt": "facts: []"}


def test_what_a_writer_prints_harms_nothing(bench: Bench) -> None:
    bench.processes = True
    bench.write("one")
    assert bench.export("prints").code is ExitCode.DONE
    assert bench.files("one") == {"prints.txt": "quiet"}


def test_an_error_in_the_manuscript_stops_its_export_and_no_other(bench: Bench) -> None:
    bench.write("bad", "A title\n!img.png\n")
    bench.write("good")
    outcome = bench.export()
    assert {one.slug: one.code for one in outcome.publications} == {"bad": ExitCode.FINDINGS, "good": ExitCode.DONE}
    assert bench.states("bad")["write:words"] is StepState.SKIPPED
    assert bench.files("bad") == {}
    assert set(bench.files("good")) == {"words.txt", "other.txt"}


def test_what_stood_there_stays_when_the_gate_shuts(bench: Bench) -> None:
    bench.write("one")
    bench.export()
    before = bench.files("one")
    bench.write("one", "A title\nA new paragraph.\n!img.png\n")
    outcome = bench.export()
    assert outcome.code is ExitCode.FINDINGS
    assert bench.files("one") == before


@pytest.mark.parametrize("gate", [GateLevel.WARNING, GateLevel.OFF])
def test_a_loosened_gate_exports_and_the_report_says_so(bench: Bench, gate: GateLevel) -> None:
    bench.write("one", "A title\n!img.png\n")
    outcome = bench.export(gate=gate)
    assert outcome.code is ExitCode.DONE
    assert set(bench.files("one")) == {"words.txt", "other.txt"}
    page = (bench.output / "one" / "report.html").read_text()
    assert f"<code>--check {gate}</code>" in page


def _gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_an_edition_that_cannot_be_made_here_is_a_finding_unless_it_is_named(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write("a")
    assert bench.export("words", "unavailable").code is ExitCode.MISSING
    monkeypatch.setattr(PublicationRun, "names", lambda *_: False)
    assert bench.export("words", "unavailable").code is ExitCode.DONE
    assert "There is no moon here. Go elsewhere." in bench.found()["edition-unavailable"]
    assert bench.states()["write:unavailable"] is StepState.SKIPPED
