"""The store: whole or absent, whoever writes, whatever the disk does."""

from __future__ import annotations

import errno
import fcntl
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from exporter.errors import ExitCode, OutputError, UsageError
from exporter.pipeline import file_lock
from exporter.pipeline.events import StepState
from exporter.pipeline.storage import scratch, store
from exporter.pipeline.storage.fingerprints import Fingerprints
from exporter.pipeline.storage.store import Store
from tests.pipeline.bench import Bench


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store")


def test_bytes_come_back_under_their_digest(kept: Store) -> None:
    digest = kept.put(b"text")
    assert kept.read(digest) == b"text"
    assert kept.path(digest).stat().st_mode & 0o777 == 0o400


@pytest.mark.parametrize("damage", [b"", b"tex", b"text and more", b"tixt"])
def test_damaged_bytes_are_as_good_as_absent(kept: Store, damage: bytes) -> None:
    digest = kept.put(b"text")
    kept.path(digest).chmod(0o600)
    kept.path(digest).write_bytes(damage)
    assert kept.read(digest) is None
    kept.put(b"text")
    assert kept.read(digest) == b"text"


def test_what_earlier_versions_stored_is_not_made_again(kept: Store) -> None:
    record = kept._spread("records", "ab" * 32)
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_bytes(b"70ce871f8a3d3fb449bc3c3ace6547cef02dfc74ffe48d912532a724bfdbe5b9record")
    assert kept.record("ab" * 32) == b"record"


def test_a_damaged_record_or_memo_is_as_good_as_absent(kept: Store) -> None:
    kept.keep("ab" * 32, b"record")
    kept.memo("room").put("key", b"memo")
    assert kept.record("ab" * 32) == b"record"
    assert kept.memo("room").get("key") == b"memo"
    assert kept.memo("other room").get("key") is None
    for folder in ("records", "memos"):
        for path in (kept.root / folder).rglob("*"):
            if path.is_file():
                path.write_bytes(path.read_bytes()[:-1])
    assert kept.record("ab" * 32) is None
    assert kept.memo("room").get("key") is None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_is_a_sentence_and_leaves_nothing_behind(
    kept: Store, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(OutputError) as caught:
        kept.put(b"text")
    assert os.strerror(number) in str(caught.value)
    assert caught.value.advice
    assert not [path for path in (kept.root / "objects").rglob("*") if path.is_file()]


def test_a_full_disk_beside_the_steps_fails_them_in_a_sentence(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.write("one")

    def full(*_: object) -> None:
        raise OutputError("The store cannot be written: No space left on device.")

    monkeypatch.setattr(Store, "keep", full)
    outcome = bench.export("words")
    assert outcome.code is ExitCode.OUTPUT
    assert bench.states()["parse"] is StepState.FAILED
    assert bench.states()["write:words"] is StepState.SKIPPED


def test_a_memo_that_cannot_be_kept_is_no_harm(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(store, "replace_file", full)
    kept.memo("room").put("key", b"memo")
    assert kept.memo("room").get("key") is None


def test_a_folder_that_holds_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="contains other files"):
        Store.open(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt"]


def test_a_store_that_another_exporter_is_making_at_this_moment_is_no_folder_of_other_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Path.iterdir

    def meanwhile(folder: Path) -> Iterator[Path]:
        """List the folder, and let the other one finish its tag."""
        found = [*listed(folder), folder / ".0123456789abcdef.tmp"]
        (folder / store.TAG).write_text(store.TAG_TEXT)
        return iter(found)

    monkeypatch.setattr(Path, "iterdir", meanwhile)
    assert Store.open(tmp_path / "new").root == tmp_path / "new"


def test_the_scratch_of_a_run_that_was_killed_is_swept_and_that_of_a_living_one_is_not(kept: Store) -> None:
    dead = kept.root / "runs" / "0123456789abcdef"
    dead.mkdir()
    (dead / "half").write_text("half")
    dead.with_suffix(".lock").touch()
    with scratch.run_folder(kept) as living:
        assert not dead.exists()
        with scratch.run_folder(kept) as second:
            assert living.exists()
            assert second != living
        with pytest.raises(UsageError, match="Another export"):
            scratch.empty(kept)
    assert not list((kept.root / "runs").iterdir())


def test_a_living_run_is_found_among_those_that_were_killed(kept: Store) -> None:
    with scratch.run_folder(kept) as living:
        for number in range(20):  # most folders list some of them before the living one
            dead = living.with_name(f"{number:016}")
            dead.mkdir()
            dead.with_suffix(".lock").touch()
        assert scratch.active_since(kept) == living.with_suffix(".lock").stat().st_mtime
        assert set((kept.root / "runs").iterdir()) == {living, living.with_suffix(".lock")}


def test_runs_are_told_apart_with_the_locks_of_windows(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def locking(descriptor: int, mode: int, size: int) -> None:
        assert (mode, size) == (2, 1)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    monkeypatch.setattr(file_lock, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))  # type: ignore[arg-type]  # what is used of the module
    with scratch.run_folder(kept) as living:
        # Windows renames and removes no folder with an open file in it.
        assert not list(living.iterdir())
        assert not scratch.sweep(kept)
        assert living.exists()
    assert scratch.sweep(kept)
    assert not list((kept.root / "runs").iterdir())


def test_a_file_is_read_again_when_it_changes_even_with_its_old_date(kept: Store, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("one")
    os.utime(path, (1, 1))
    fingerprints = Fingerprints(kept)
    first = fingerprints.digest(path)
    fingerprints.save()
    path.write_text("two")
    os.utime(path, (1, 1))
    assert Fingerprints(kept).digest(path) != first
