"""Files get into the output folder all at once, whole, or not at all."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from exporter.errors import DamagedObjectError, OutputError
from exporter.pipeline.fingerprints import Fingerprints
from exporter.pipeline.results import StoredObject
from exporter.pipeline.staging import publish_files
from exporter.pipeline.store import Store

ROOT = Path(__file__).parents[2]
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
import os, signal, sys
from pathlib import Path
from tests.pipeline.test_staging import Desk
from exporter.pipeline.staging import publish_files
desk = Desk(Path(sys.argv[1]))
left = int(sys.argv[2])
def count(*arguments):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
fsync = os.fsync
os.fsync = lambda descriptor: (count(), fsync(descriptor))
replace = Path.replace
Path.replace = lambda path, target: (count() if path.parent == desk.folder else None, replace(path, target))[1]
publish_files(desk.house, desk.folder, desk.files)
"""


@pytest.mark.parametrize("after", range(7))
def test_whoever_is_killed_and_when_no_file_is_half_there(tmp_path: Path, after: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(after)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert done.returncode == (0 if after == 6 else -9)
    standing = {path.name: path.read_text() for path in (tmp_path / "output").iterdir() if path.suffix != ".tmp"}
    assert set(standing) == set(NAMES)
    assert all(text in ("old", NEW[name]) for name, text in standing.items())
    if after <= 3:
        assert standing == OLD, "until all lie ready, nothing has changed"


def test_what_a_killed_run_left_is_swept_once_nobody_can_need_it(desk: Desk) -> None:
    left, fresh, other = (desk.folder / name for name in (f".{'a' * 16}.tmp", f".{'b' * 16}.tmp", ".mine.tmp"))
    for path in (left, fresh, other):
        path.write_text("half")
    for path in (left, other):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    publish_files(desk.house, desk.folder, desk.files)
    assert not left.exists()
    assert fresh.exists()
    assert other.exists()


def test_what_is_copied_is_what_was_asked_for(desk: Desk) -> None:
    publish_files(desk.house, desk.folder, desk.files)
    for name, output in desk.files.items():
        assert hashlib.sha256((desk.folder / name).read_bytes()).hexdigest() == output.digest
        assert (desk.folder / name).stat().st_mode & 0o004
