"""Chapters that other processes lay out: the file is the same as from one process, whatever happens to them."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from exporter import model as m
from exporter.findings import Finding
from exporter.writers import pdf
from exporter.writers.pdf.parts import chapter_processes, layout_session
from exporter.writers.pdf.parts.chapter_processes import ChapterProcesses
from exporter.writers.pdf.patches import single_chapter
from tests.write_context import Pictures, write_context
from tests.writers import sample
from tests.writers.pdf.test_parts import SMALL, chapter, report

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no safe copies of processes")


class Folder:
    """A cache in a folder, which says which process has put what into it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir()

    def _file(self, key: str) -> Path:
        return self._path / sha256(key.encode()).hexdigest()

    def holds(self, key: str) -> bool:
        return self._file(key).exists()

    def get(self, key: str) -> bytes | None:
        return self._file(key).read_bytes().partition(b" ")[2] if self.holds(key) else None

    def put(self, key: str, data: bytes) -> None:
        self._file(key).write_bytes(b"%d " % os.getpid() + data)

    def of_others(self) -> int:
        """Return how many entries other processes have made."""
        own = b"%d " % os.getpid()
        return sum(not file.read_bytes().startswith(own) for file in self._path.iterdir())


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> m.Publication:
    notes = report(Pictures(tmp_path_factory.mktemp("pictures"))).notes
    metadata = m.Metadata(title="T", language="en", kind=m.Kind.REPORT)
    return m.Publication(metadata, body=tuple(chapter(number, 12) for number in range(4)), notes=notes)


@pytest.fixture(scope="module")
def in_one(publication: m.Publication, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(publication, tmp_path_factory.mktemp("one"), 1)[0]


def written(
    publication: m.Publication, folder: Path, processes: int, memo: Folder | None = None
) -> tuple[bytes, Folder, tuple[Finding, ...]]:
    """Return the bytes of the file, the cache, and the findings."""
    memo = memo or Folder(folder / "memo")
    context = write_context(folder, "en", pictures=Pictures(folder / "pictures"))
    context = msgspec.structs.replace(context, version="1", processes=processes, memo=memo)
    result = pdf.write(publication, context, SMALL, folder / "made.pdf")
    return (folder / "made.pdf").read_bytes(), memo, result.findings


def test_chapters_of_other_processes_are_taken(publication: m.Publication, in_one: bytes, tmp_path: Path) -> None:
    data, memo, _ = written(publication, tmp_path, 2)
    assert data == in_one
    assert memo.of_others() == 2 * 3, "each chapter but the first, and its items; one process has laid out two"


def test_several_chapters_that_have_changed_are_taken_from_other_processes(
    publication: m.Publication, in_one: bytes, tmp_path: Path
) -> None:
    edited = msgspec.structs.replace(publication, body=(*publication.body[:2], chapter(6, 12), chapter(7, 12)))
    (tmp_path / "first").mkdir()
    _, memo, _ = written(edited, tmp_path / "first", 1)
    data, _, _ = written(publication, tmp_path, 2, memo)
    assert data == in_one
    assert memo.of_others() == 2 * 3, "each of these chapters and the one before, and their items"


@pytest.mark.proof
def test_a_chapter_that_loses_a_note_is_not_kept(publication: m.Publication, tmp_path: Path) -> None:
    verse = m.LineBlock((m.Line((m.Text("Verse"),)),) * 120)
    last = sample.section("last", "Last", sample.p("Text", m.NoteReference("long")), *chapter(4, 12).children)
    notes = (*publication.notes, m.Note("long", (verse,), at=m.At(id="long")))
    edited = msgspec.structs.replace(publication, body=(*publication.body[:2], last), notes=notes)
    _, memo, findings = written(edited, tmp_path, 2)
    assert memo.of_others()
    assert [finding.rule for finding in findings] == ["notes-moved"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda *_: 1 / 0, id="fails", marks=pytest.mark.proof),
        pytest.param(lambda *_: os.kill(os.getpid(), signal.SIGKILL), id="crashes"),
        pytest.param(lambda *_: time.sleep(60), id="waits for a lock", marks=pytest.mark.proof),
    ],
)
def test_a_process_that_fails_changes_nothing(
    publication: m.Publication, in_one: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: object
) -> None:
    monkeypatch.setattr(single_chapter, "keep_all", fault)
    monkeypatch.setattr(chapter_processes, "_STUCK", 0.2)
    data, memo, _ = written(publication, tmp_path, 2)
    assert data == in_one
    assert not memo.of_others()


def test_without_more_processes_this_one_lays_out_all(
    publication: m.Publication, in_one: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fork() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    data, memo, _ = written(publication, tmp_path, 2)
    assert data == in_one
    assert not memo.of_others()


def test_processes_that_nobody_waits_for_end(
    publication: m.Publication, in_one: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    monkeypatch.setattr(chapter_processes, "_STUCK", 0.05)
    try:
        assert written(publication, tmp_path, 2)[0] == in_one
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_only_the_main_thread_has_processes() -> None:
    kept: list[int] = []

    def offer() -> None:
        processes = ChapterProcesses(2, [1, 2], lambda *_: False)
        processes.offer(2, 1, lambda _: time.sleep(60))
        kept.extend(processes._running)
        processes.end()

    thread = threading.Thread(target=offer)
    thread.start()
    thread.join()
    assert not kept
    offer()
    assert len(kept) == 2


def test_a_process_ends_with_the_one_that_started_it() -> None:
    end, beginning = os.pipe()
    parent = os.fork()
    if not parent:
        processes = ChapterProcesses(2, [1, 2], lambda *_: False)

        def keep(_: Iterator[int]) -> None:
            os.write(beginning, b"%9d" % os.getpid())
            time.sleep(60)

        processes.offer(2, 1, keep)
        time.sleep(60)
    process = int(os.read(end, 9))
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    for _ in range(200):
        if not Path(f"/proc/{process}").exists() or " Z " in Path(f"/proc/{process}/stat").read_text():
            return
        time.sleep(0.01)
    raise AssertionError(process)


def test_processes_end_with_the_layout(
    publication: m.Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    class Kept(ChapterProcesses):
        def end(self) -> None:
            started.extend(self._running)
            super().end()

        def wait(self, _item: int) -> None:
            if self._running:
                raise KeyboardInterrupt

    monkeypatch.setattr(single_chapter, "keep_all", lambda *_: time.sleep(60))
    monkeypatch.setattr(layout_session, "ChapterProcesses", Kept)
    with pytest.raises(KeyboardInterrupt):
        written(publication, tmp_path, 2)
    assert started
    for process in started:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
