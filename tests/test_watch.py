"""`exporter watch`: what makes it export again, what does not, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import ExitCode, StepError, UsageError
from exporter.pipeline.events import Planned
from exporter.service import Listener, Pool, Request, Watcher, watching
from tests.pipeline.bench import GOOD, PLUGINS
from tests.pipeline.here import InThisProcess

ROOT = Path(__file__).parents[1]
PLANNED = Planned(("one",), 1)


def observed(request: Request, *paths: Path) -> bool:
    """Return whether changes of these files begin an export."""
    told = threading.Event()

    def observer(_folders: list[Path], is_relevant: object, _stop: threading.Event) -> Iterator[object]:
        assert callable(is_relevant)
        yield from (path for path in paths if is_relevant(path))
        told.set()

    with Watcher(request, observer) as watcher:
        assert told.wait(5)
        return watcher.has_changed


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    (tmp_path / "one").mkdir()
    for name in ("report.docx", "report-checked.docx"):
        (tmp_path / "one" / name).touch()
    return Request(sources=(tmp_path,), output=tmp_path / "output", store=tmp_path / "store")


@pytest.mark.parametrize("name", ["one/report.docx", "one/img/chart.png", "one/publication.toml", "two/manuscript.md"])
def test_what_may_be_part_of_a_publication_is_watched(request_: Request, tmp_path: Path, name: str) -> None:
    assert observed(request_, tmp_path / name)


@pytest.mark.parametrize(
    "name",
    [
        "output/one/one.pdf",
        "store/records/ab",
        "one/report-checked.docx",
        "one/~$report.docx",
        "one/.~lock.report.odt#",
    ],
)
def test_what_exporter_and_word_processors_write_is_not(request_: Request, tmp_path: Path, name: str) -> None:
    assert not observed(request_, tmp_path / name)


def test_the_folder_of_a_manuscript_is_watched_since_editors_save_by_renaming(tmp_path: Path) -> None:
    folders: list[Path] = []
    (tmp_path / "a.md").touch()

    def observer(watched: list[Path], _is_relevant: object, _stop: threading.Event) -> Iterator[object]:
        folders.extend(watched)
        yield

    with Watcher(Request(sources=(tmp_path / "a.md",), styles=ROOT / "styles"), observer) as watcher:
        watcher.wait()
    assert folders == [tmp_path, ROOT / "styles"]


def test_a_text_that_is_saved_ends_the_recording_but_not_the_text_editions(request_: Request) -> None:
    saved = threading.Event()

    def observer(*_: object) -> Iterator[object]:
        saved.wait(5)
        yield

    with Watcher(request_, observer) as watcher:
        listener = watcher.listener(lambda _event: None)
        watcher.begin()
        listener(PLANNED)
        saved.set()
        watcher.wait()
        assert not watcher.is_cancelled()
        listener(PLANNED)
        assert watcher.is_cancelled()
        watcher.begin()
        assert not watcher.is_cancelled()


def test_processes_are_kept_for_the_next_export_but_not_those_that_speak(
    request_: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Executor] = []

    def start(size: int, progress: Callable[[Any, float], None], folder: Path) -> Executor:
        started.append(InThisProcess(size, progress, folder))
        return started[-1]

    def export(_request: Request, listener: Listener, pool: Pool) -> None:
        for _text_then_recordings in range(2):
            listener(PLANNED)
            pool(2, lambda _label, _share: None, tmp_path).shutdown()

    monkeypatch.setattr(watching, "export", export)
    with Watcher(request_, lambda *_: iter(()), start) as watcher:
        for _ in range(3):
            watcher.begin()
            watcher.export(request_, lambda _event: None)
    assert len(started) == 1 + 3


def test_a_folder_that_cannot_be_watched_is_a_sentence(request_: Request) -> None:
    def observer(*_: object) -> Iterator[object]:
        raise OSError("too many files")
        yield

    with Watcher(request_, observer) as watcher, pytest.raises(StepError, match="cannot be watched: too many files"):
        watcher.wait()


def test_a_source_that_does_not_exist_is_not_watched(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file or folder"):
        Watcher(Request(sources=(tmp_path / "nowhere",)))


def test_it_exports_at_each_save_shows_errors_and_ends(tmp_path: Path) -> None:
    manuscript = tmp_path / "input" / "one" / "manuscript.lines"
    manuscript.parent.mkdir(parents=True)
    manuscript.write_text(GOOD)
    output = tmp_path / "output" / "one" / "one.words.txt"
    path = os.pathsep.join((str(ROOT), str(PLUGINS), os.environ.get("PYTHONPATH", "")))
    environment = os.environ | {"PYTHONPATH": path}
    command = [sys.executable, "-m", "exporter", "watch", "--to", "words", "--progress", "plain", "--store", "store"]
    with (tmp_path / "log").open("w") as log:
        # Where the tests run in the background, SIGINT is ignored, and what they start would inherit that.
        was = signal.signal(signal.SIGINT, signal.default_int_handler)
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
        signal.signal(signal.SIGINT, was)
    try:
        _until(lambda: output.exists() and "Waiting" in (tmp_path / "log").read_text())
        new = manuscript.with_suffix(".new")
        new.write_text("A title\n!missing.png\n")
        # As many editors save.
        new.replace(manuscript)
        _until(lambda: "missing.png" in (tmp_path / "log").read_text())
        manuscript.write_text("A title\nMended.\n")
        _until(lambda: "Mended." in output.read_text())
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == ExitCode.INTERRUPTED
        assert "Traceback" not in (tmp_path / "log").read_text()
    finally:
        process.kill()
        process.wait()


def _until(condition: object) -> None:
    assert callable(condition)
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)
