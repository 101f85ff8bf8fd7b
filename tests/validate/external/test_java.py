"""One Java machine for many files: what crashes or hangs costs one job, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from exporter.errors import StepError
from exporter.validate.external import epubcheck, verapdf
from exporter.validate.external.claimed_standards import Profile, ProfilesToCheck
from exporter.validate.java import JvmServer, request
from exporter.validate.java.messages import EpubCheckJob, EpubCheckReport
from exporter.validate.validators import run_validator
from tests.validate.external.fakes import BAD, program

ECHO = """
import json, os, signal, sys, time
for line in sys.stdin:
    path = json.loads(line)["path"]
    if path == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if path == "hang":
        time.sleep(600)
    if path == "garbage":
        print("{{{", flush=True)
        continue
    if path == "other":
        print(json.dumps({"type": "verdict", "failures": []}), flush=True)
        continue
    print(json.dumps({"type": "report", "code": 0, "text": str(os.getpid())}), flush=True)
"""


def fake(folder: Path, body: str) -> tuple[str, ...]:
    return sys.executable, str(program(folder / "java-child", body))


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[JvmServer]:
    with JvmServer(command=fake(tmp_path, ECHO)) as running:
        yield running


def pid(machine: JvmServer) -> int:
    answer = request(machine.address, EpubCheckJob("good"), 10)
    assert isinstance(answer, EpubCheckReport)
    return int(answer.text)


def test_one_process_does_many_jobs(machine: JvmServer) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: pid(machine), range(40)))) == 1


@pytest.mark.parametrize(
    ("path", "words"), [("crash", "crashed"), ("hang", "did not finish"), ("garbage", "invalid answer")]
)
def test_what_goes_wrong_costs_one_job(machine: JvmServer, path: str, words: str) -> None:
    before = pid(machine)
    with pytest.raises(StepError, match=words):
        request(machine.address, EpubCheckJob(path), 1)
    after = pid(machine)
    assert after != before
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


def test_an_answer_to_another_question_is_none(machine: JvmServer) -> None:
    with pytest.raises(StepError, match="another validator"):
        request(machine.address, EpubCheckJob("other"), 10)


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    with JvmServer(command=fake(tmp_path, ECHO)) as machine:
        child = pid(machine)
        place = Path(machine.address)
        assert place.parent.stat().st_mode & 0o077 == 0
    assert not place.parent.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    with pytest.raises(StepError, match="cannot be reached"):
        request(machine.address, EpubCheckJob("good"), 10)


def test_nothing_listens_any_more_after_the_end(tmp_path: Path) -> None:
    # A thread that waits for connections while its socket is closed may accept those of the next server.
    before = set(threading.enumerate())
    with JvmServer(command=fake(tmp_path, ECHO)) as machine:
        pid(machine)
    for _ in range(100):
        if set(threading.enumerate()) <= before:
            return
        time.sleep(0.05)
    pytest.fail(f"{set(threading.enumerate()) - before}")


_PARENT = """
import sys, time
from exporter.validate.java import JvmServer, request
from exporter.validate.java.messages import EpubCheckJob
with JvmServer() as machine:
    try:
        request(machine.address, EpubCheckJob("no such file"), 60)
    except Exception:
        pass
    print(machine._workers[0]._process.pid, machine.address, flush=True)
    time.sleep(600)
"""


@pytest.mark.slow
def test_java_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    number, address = parent.stdout.readline().split()
    child = int(number)
    os.kill(child, 0)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        time.sleep(0.1)
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            assert not Path(address).parent.exists()
            return
    pytest.fail("Java still runs")


@pytest.mark.parametrize("behaviour", BAD)
def test_a_java_that_goes_wrong_has_not_checked(
    behaviour: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (verapdf, epubcheck):
        monkeypatch.setattr(module, "time_limit", lambda _: 1.0)
    monkeypatch.setattr(verapdf, "profiles_for", lambda path, title: ProfilesToCheck((Profile.UA_1,), claimed=True))
    file = tmp_path / "a.bin"
    file.write_bytes(b"whatever")
    with JvmServer(command=fake(tmp_path, BAD[behaviour])) as machine:
        for check in (verapdf.VeraPdf(machine.address), epubcheck.EpubCheck(machine.address)):
            checked = run_validator(check, file)
            assert not checked.ran
            assert checked.reason.endswith(".")
            assert checked.findings == ()


@pytest.mark.parametrize(
    ("code", "severity", "runs"), [(0, None, True), (1, None, False), (1, "ERROR", True), (0, "ERROR", False)]
)
def test_the_exit_code_of_epubcheck_is_held_against_its_report(
    code: int, severity: str | None, runs: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = f'{{"ID": "RSC-005", "severity": "{severity}", "message": "m"}}' if severity else ""
    text = f'{{"messages": [{message}], "checker": {{"filename": "a.epub"}}, "publication": {{"ePubVersion": "3.3"}}}}'
    monkeypatch.setattr(epubcheck.java, "request", lambda *_: EpubCheckReport(code, text))
    file = tmp_path / "a.epub"
    file.write_bytes(b"")
    checked = run_validator(epubcheck.EpubCheck(), file)
    assert checked.ran is runs
    assert len(checked.findings) == (1 if runs and severity else 0)
