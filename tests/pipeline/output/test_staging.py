"""Files get into the output folder all at once, whole, or not at all, and those of a publication by one rename."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from exporter.errors import DamagedObjectError, OutputError
from exporter.pipeline import file_lock
from exporter.pipeline.file_lock import locked_folder
from exporter.pipeline.output import publication_folder, staging
from exporter.pipeline.output.publication_folder import publish_folder
from exporter.pipeline.output.staging import publish_files
from exporter.pipeline.storage.fingerprints import Fingerprints
from exporter.pipeline.storage.results import StoredObject
from exporter.pipeline.storage.store import Store

ROOT = Path(__file__).parents[3]
NAMES = ("a.pdf", "b.epub", "report.json")


class Desk:
    """A store, and a folder in which an earlier export stands."""

    def __init__(self, root: Path) -> None:
        store = Store.open(root / "store")
        self.house: Any = SimpleNamespace(store=store, fingerprints=Fingerprints(store))
        self.folder = root / "output"
        self.folder.mkdir()
        for name in NAMES:
            (self.folder / name).write_text("old")
        self.files = {name: StoredObject(store.put(f"new {name}".encode()), 4 + len(name)) for name in NAMES}

    def standing(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in sorted(self.folder.iterdir()) if path.is_file()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


OLD = dict.fromkeys(NAMES, "old")
NEW = {name: f"new {name}" for name in NAMES}


def test_all_files_are_there_in_the_end_and_nothing_else(desk: Desk) -> None:
    placed = publish_files(desk.house, desk.folder, desk.files)
    assert [(file.name, file.changed) for file in placed] == [(name, True) for name in NAMES]
    assert desk.standing() == NEW
    assert not any(file.changed for file in publish_files(desk.house, desk.folder, desk.files))


def test_a_folder_in_the_way_of_the_last_file_keeps_the_first_as_it_was(desk: Desk) -> None:
    (desk.folder / "report.json").unlink()
    (desk.folder / "report.json").mkdir()
    with pytest.raises(OutputError, match="is a folder, but must be a file"):
        publish_files(desk.house, desk.folder, desk.files)
    assert desk.standing() == {"a.pdf": "old", "b.epub": "old"}


def test_a_damaged_file_of_the_store_keeps_all_as_they_were(desk: Desk) -> None:
    path = desk.house.store.path(desk.files["report.json"].digest)
    path.chmod(0o600)
    path.write_text("damaged")
    with pytest.raises(DamagedObjectError):
        publish_files(desk.house, desk.folder, desk.files)
    assert desk.standing() == OLD


def test_a_full_disk_keeps_all_as_they_were(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        publish_files(desk.house, desk.folder, desk.files)
    assert desk.standing() == OLD


KILLED = """
import json, os, signal, sys
from pathlib import Path
from exporter.pipeline.output import publication_folder
from tests.pipeline.output import test_staging
from tests.pipeline.output.test_staging import Desk

function, root = getattr(test_staging, sys.argv[1]), Path(sys.argv[2])
left = 0
def count():
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
def counting(module, name):
    function = getattr(module, name)
    setattr(module, name, lambda *arguments, **more: (count(), function(*arguments, **more))[1])
ended, after = [], 0
while not ended or ended[-1][0]:
    desk = Desk(root / str(after))
    if not (child := os.fork()):
        left = after
        for module, name in ((os, "fsync"), (os, "link"), (Path, "replace"), (Path, "rename"), (Path, "unlink"),
                             (Path, "mkdir"), (Path, "rmdir"), (publication_folder, "_exchange")):
            counting(module, name)
        function(desk.house, desk.folder, desk.files)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    before = desk.standing()
    function(desk.house, desk.folder, desk.files)
    ended.append((status, before, desk.standing(), [path.name for path in desk.folder.parent.rglob("*tmp")]))
    after += 1
json.dump(ended, sys.stdout)
"""


def killed_at_every_moment(function: str, root: Path) -> list[tuple[int, dict[str, str], dict[str, str], list[str]]]:
    """Return how each run ended, what stood then and after another run, and what the other left besides."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, function, str(root)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
        stdout=subprocess.PIPE,
        timeout=60,
    )
    ended: list[tuple[int, dict[str, str], dict[str, str], list[str]]] = json.loads(done.stdout)
    assert [status for status, *_ in ended] == [-9] * (len(ended) - 1) + [0]
    return ended


def test_whoever_is_killed_and_when_no_file_is_half_there(tmp_path: Path) -> None:
    ended = killed_at_every_moment("publish_files", tmp_path)
    assert len(ended) > 6
    for _, standing, healed, left in ended:
        files = {name: text for name, text in standing.items() if not name.endswith("tmp")}
        assert set(files) == set(NAMES)
        assert all(text in ("old", NEW[name]) for name, text in files.items())
        assert (healed, left) == (NEW, [])


def test_whoever_is_killed_and_when_the_files_of_a_publication_are_all_old_or_all_new(tmp_path: Path) -> None:
    ended = killed_at_every_moment("publish_folder", tmp_path)
    standings = [standing for status, standing, *_ in ended if status]
    assert OLD in standings
    assert NEW in standings
    for _, standing, healed, left in ended:
        assert standing in (OLD, NEW)
        assert (healed, left) == (NEW, [])


def test_files_and_folders_of_the_user_stay_and_what_is_obsolete_goes(desk: Desk) -> None:
    (desk.folder / "mine.txt").write_text("mine")
    (desk.folder / "link").symlink_to("nowhere")
    (desk.folder / "folder").mkdir()
    (desk.folder / "folder" / "inside.txt").write_text("mine")
    (desk.folder / "gone.mp3").write_text("obsolete")
    desk.folder.chmod(0o751)
    inode = (desk.folder / "mine.txt").stat().st_ino
    publish_folder(desk.house, desk.folder, desk.files, ["gone.mp3"])
    assert desk.standing() == NEW | {"mine.txt": "mine"}
    assert (desk.folder / "mine.txt").stat().st_ino == inode
    assert (desk.folder / "link").is_symlink()
    assert (desk.folder / "folder" / "inside.txt").read_text() == "mine"
    assert desk.folder.stat().st_mode & 0o777 == 0o751
    assert not any(file.changed for file in publish_folder(desk.house, desk.folder, desk.files, ["gone.mp3"]))


def test_a_folder_of_the_user_in_what_a_killed_run_left_goes_back(desk: Desk) -> None:
    stage = desk.folder.parent / ".output.exporter-tmp"
    (stage / "folder").mkdir(parents=True)
    (stage / "folder" / "inside.txt").write_text("mine")
    (stage / "a.pdf").write_text("old")
    publish_folder(desk.house, desk.folder, desk.files)
    assert desk.standing() == NEW
    assert (desk.folder / "folder" / "inside.txt").read_text() == "mine"
    assert not stage.exists()


@pytest.mark.parametrize("unable", ["_exchange", "_link"])
def test_where_folders_cannot_be_exchanged_files_are_renamed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, unable: str
) -> None:
    monkeypatch.setattr(publication_folder, unable, lambda *_: False)
    inode = desk.folder.stat().st_ino
    assert all(file.changed for file in publish_folder(desk.house, desk.folder, desk.files))
    assert desk.standing() == NEW
    assert desk.folder.stat().st_ino == inode
    assert {path.name for path in desk.folder.parent.iterdir()} == {"store", "output"}


def test_a_link_to_the_folder_of_a_publication_stays_a_link(desk: Desk) -> None:
    link = desk.folder.parent / "link"
    link.symlink_to("output")
    publish_folder(desk.house, link, desk.files)
    assert link.is_symlink()
    assert desk.standing() == NEW


def test_two_exports_wait_for_each_other(desk: Desk) -> None:
    with ThreadPoolExecutor(2) as pool:
        with locked_folder(desk.folder.parent):
            waiting = pool.submit(publish_folder, desk.house, desk.folder, desk.files)
            time.sleep(0.1)
            assert desk.standing() == OLD
        waiting.result()
    assert desk.standing() == NEW


def test_an_export_that_keeps_another_waiting_for_minutes_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lock, "_PATIENCE", 0.1)
    with locked_folder(desk.folder.parent), pytest.raises(OutputError, match="Another export is writing"):
        publish_folder(desk.house, desk.folder, desk.files)


def test_what_a_killed_run_left_is_swept_at_once_and_where_folders_have_no_locks_after_an_hour(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, fresh, other = (desk.folder / name for name in (f".{'a' * 16}.tmp", f".{'b' * 16}.tmp", ".mine.tmp"))
    for path in (left, fresh, other):
        path.write_text("half")
    for path in (left, other):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    with monkeypatch.context() as patch:
        patch.setattr(staging, "locked_folder", lambda _folder: nullcontext(False))
        publish_files(desk.house, desk.folder, desk.files)
    assert not left.exists()
    assert fresh.exists()
    publish_files(desk.house, desk.folder, desk.files)
    assert not fresh.exists()
    assert other.exists()


def test_what_is_copied_is_what_was_asked_for(desk: Desk) -> None:
    publish_files(desk.house, desk.folder, desk.files)
    for name, output in desk.files.items():
        assert hashlib.sha256((desk.folder / name).read_bytes()).hexdigest() == output.digest
        assert (desk.folder / name).stat().st_mode & 0o004
