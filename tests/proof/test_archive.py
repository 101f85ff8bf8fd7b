"""200 publications on one machine: in few processes, stopped at any moment, and again without a change."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

from tests import archive
from tests.proof.running_export import RunningExport

COUNT = 200
MEGABYTES = 1000


def command(folder: Path) -> list[str]:
    start = [sys.executable, "-m", "exporter", "export", str(folder / "input"), "-o", str(folder / "output")]
    more = ["--to", "html", "--validators", "own", "--memory", str(MEGABYTES), "--progress", "json"]
    return [*start, "--store", str(folder / "store"), *more]


def export(folder: Path) -> RunningExport:
    process = subprocess.Popen(command(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return RunningExport(process)


def processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def test_an_archive_is_stopped_killed_gone_on_with_and_not_made_again(tmp_path: Path) -> None:
    archive.write(tmp_path / "input", COUNT)
    stopped = export(tmp_path)
    stopped.wait_for_editions(20)
    assert stopped.end(signal.SIGINT) == 130
    killed = export(tmp_path)
    killed.wait_for_editions(20)
    assert killed.end(signal.SIGKILL) == -signal.SIGKILL
    rest = export(tmp_path)
    rest.succeeds()
    shares = rest.shares()
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    made = [step for run in (stopped, killed, rest) for step in run.made() if step == "write:html"]
    # What was being made when the export was killed is made again.
    assert COUNT - 8 <= len(made) <= COUNT + 8
    assert len(list((tmp_path / "output").glob("publication-*/publication-*.html"))) == COUNT
    assert not list((tmp_path / "output").rglob("*tmp*"))
    before = processor_seconds()
    again = export(tmp_path)
    again.succeeds()
    assert again.made() == []
    # Less than two where nothing else runs.
    assert processor_seconds() - before < 3
