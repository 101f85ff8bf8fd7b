"""Whenever exporter is killed, and wherever the disk is full: files of one export, and the next one goes on."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from exporter.errors import ExitCode
from tests.hostile.exports import ROOT, Exports

pytestmark = pytest.mark.proof
KILLS = 25
GROUPS = [0, *(pytest.param(group, marks=pytest.mark.soak) for group in range(1, 8))]
"""25 moments, 200 in `make soak`, in groups that run side by side."""


@pytest.mark.parametrize("group", GROUPS)
def test_whenever_it_is_killed_the_files_are_of_one_export_and_the_next_one_goes_on(group: int, tmp_path: Path) -> None:
    chance = random.Random(group)
    (tmp_path / "killed").mkdir()
    exports = Exports(tmp_path / "killed")
    exports.write(0)
    assert exports.run()[0] == 0
    complete = set(exports.published())
    exports.write(1)
    begin = time.monotonic()
    assert exports.run()[0] == 0
    seconds = time.monotonic() - begin
    for title in range(2, KILLS + 2):
        exports.write(title)
        process = exports.begin()
        time.sleep(chance.uniform(0, seconds))
        process.kill()
        process.communicate()
        assert len(exports.titles()) == 1
        assert complete <= set(exports.published())
    assert exports.run()[0] == 0
    (tmp_path / "undisturbed").mkdir()
    undisturbed = Exports(tmp_path / "undisturbed")
    undisturbed.write(KILLS + 1)
    assert undisturbed.run()[0] == 0
    assert exports.published() == undisturbed.published()
    assert exports.left() == []


@pytest.mark.skipif(sys.platform != "linux", reason="small disks are mounted on Linux")
@pytest.mark.parametrize("moments", [7, pytest.param(20, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", ["output", "store", "temporary"])
def test_a_full_disk_is_a_sentence_and_no_file_is_incomplete(name: str, moments: int, tmp_path: Path) -> None:
    mounting = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    done = subprocess.run(
        [*mounting, sys.executable, "-m", "tests.hostile.disk_full", str(tmp_path), name, str(moments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=1_800,
    )
    assert done.returncode == 0, done.stderr
    ended = json.loads(done.stdout)
    assert any(code for code, *_ in ended) or name == "temporary"
    before = [0]
    for moment, (code, printed, standing, is_complete) in enumerate(ended):
        assert code in (ExitCode.DONE, ExitCode.OUTPUT), printed
        assert ("cannot be written: No space left on device" in printed) == bool(code)
        assert "Traceback" not in printed
        assert is_complete
        # An edition that could not be made keeps its earlier file; the report says so.
        assert standing == [moment + 1] if code == ExitCode.DONE else set(standing) <= {*before, moment + 1}
        before = standing
    assert ended[-1][0] == ExitCode.DONE


@pytest.mark.parametrize("times", [4, pytest.param(10, marks=pytest.mark.soak)])
def test_two_exports_with_stores_of_their_own_leave_files_of_one_export(times: int, tmp_path: Path) -> None:
    one = Exports(tmp_path)
    for title in range(times):
        one.write(title)
        both = [one.begin() for _ in range(2)]
        for process in both:
            printed, _ = process.communicate(timeout=300)
            assert process.returncode == 0, printed
        assert one.titles() == {title}
    assert one.left() == []
