"""A store and an output folder that several machines share: each machine has a cache of its own, and no other disk."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from exporter import service
from exporter.config import local_folder
from exporter.errors import MissingToolError, OutputError, UsageError
from exporter.pipeline.events import Published
from exporter.pipeline.storage import shared_folder
from exporter.pipeline.storage.shared_folder import SharedFolder
from exporter.pipeline.storage.store import Store
from tests.pipeline.bench import Bench

pytest.importorskip("fsspec", reason="the extra “cluster” is not installed")


class Machines:
    """Machines that share a store and an output folder."""

    def __init__(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        self._bench = bench
        self._monkeypatch = monkeypatch
        self.shared = bench.root / "shared"
        self.store, self.output = f"file://{self.shared}/store", f"file://{self.shared}/output"

    def export(self, machine: str, *editions: str) -> list[str]:
        """Export on a machine; return the steps that were executed."""
        self.enter(machine)
        outcome = self._bench.export(*editions, store=self.store, output=self.output)
        assert outcome.code == 0, [(str(e)) for e in self._bench.events if "failed" in str(e) or "again" in str(e)]
        return self._bench.worked()

    def enter(self, machine: str) -> None:
        self._monkeypatch.setenv("XDG_CACHE_HOME", str(self._bench.root / machine))

    def files(self) -> dict[str, bytes]:
        return contents(self.shared / "output")


def contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def machines(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Machines:
    return Machines(bench, monkeypatch)


def test_files_are_those_of_a_folder_and_another_machine_makes_nothing_again(machines: Machines, bench: Bench) -> None:
    bench.write("good")
    made = machines.export("a")
    assert "good write:words" in made
    published = [event.file for event in bench.events if isinstance(event, Published)]
    assert f"{machines.output}/good/good.words.txt" in published
    assert all(file.startswith(machines.output) for file in published)
    files = machines.files()
    assert [step for step in machines.export("b") if step != "good publish"] == []
    assert machines.files() == files
    bench.export(store=bench.root / "alone", output=bench.output)
    assert contents(bench.output) == files
    assert not [name for name in files if name.endswith(".tmp")]


def test_damaged_and_missing_objects_are_made_again(machines: Machines, bench: Bench) -> None:
    bench.write("good")
    machines.export("a")
    files = machines.files()
    for number, path in enumerate((machines.shared / "store" / "objects").rglob("*")):
        if path.is_file():
            path.write_bytes(b"damaged") if number % 2 else path.unlink()
    bench.write("good", "A title\nA paragraph.\nAnother.\n")
    machines.export("b")
    bench.write("good")
    machines.export("c")
    assert machines.files() == files


def test_an_object_that_is_damaged_here_is_copied_again(tmp_path: Path) -> None:
    address = f"file://{tmp_path}/shared"
    store, other = Store.open(tmp_path / "a", address), Store.open(tmp_path / "b", address)
    digest = store.put(b"object")
    assert other.read(digest) == b"object"
    other.discard(digest)
    other._spread("objects", digest).write_bytes(b"damaged")
    assert other.read(digest) == b"object"
    store.memo("step").put("key", b"memo")
    assert other.memo("step").holds("key")
    assert other.memo("step").get("key") == b"memo"
    store.keep(digest, b"record")
    assert other.record(digest) == b"record"


def test_obsolete_files_go_and_those_of_other_machines_stay(machines: Machines, bench: Bench) -> None:
    bench.write("good")
    machines.export("a")
    (bench.input / "good").rename(bench.root / "elsewhere")
    bench.write("second")
    machines.export("b", "words")
    names = machines.files().keys()
    assert {"good/good.words.txt", "good/good.other.txt", "second/second.words.txt"} <= names
    catalogue = machines.files()["index.html"].decode()
    assert "good/index.html" in catalogue
    assert "second/index.html" in catalogue


def test_the_catalogue_names_what_another_machine_published_while_it_was_sent(
    machines: Machines, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write("good")
    machines.export("a", "words")
    (bench.input / "good").rename(bench.root / "good")
    bench.write("second")
    machines.export("b", "words")
    both = machines.files()
    shutil.rmtree(machines.shared / "output")
    send, others = SharedFolder.send, iter(["b"])

    def meanwhile(folder: SharedFolder, name: str, path: Path) -> str:
        for other in others if name == "index.html" else ():
            (bench.input / "good").rename(bench.root / "good")
            (bench.root / "second").rename(bench.input / "second")
            machines.export(other, "words")
        return send(folder, name, path)

    (bench.input / "second").rename(bench.root / "second")
    (bench.root / "good").rename(bench.input / "good")
    monkeypatch.setattr(SharedFolder, "send", meanwhile)
    machines.export("a", "words")
    assert machines.files() == both


def test_what_was_not_sent_is_sent_by_the_next_export(
    machines: Machines, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write("good")
    machines.export("a")
    bench.write("good", "A title\nAnother paragraph.\n")
    sent: list[str] = []
    send = SharedFolder.send

    def stopped(folder: SharedFolder, name: str, path: Path) -> str:
        if name.startswith("good/"):
            sent.append(name)
            if len(sent) > 1:
                raise KeyboardInterrupt
        return send(folder, name, path)

    with monkeypatch.context() as patch:
        patch.setattr(SharedFolder, "send", stopped)
        with pytest.raises(KeyboardInterrupt):
            machines.export("a")
    machines.export("a")
    files = machines.files()
    bench.export(store=bench.root / "alone", output=bench.output)
    assert contents(bench.output) == files


def test_a_file_that_another_machine_removes_while_it_is_received(
    machines: Machines, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SharedFolder, "states", lambda _self, _under="": {"good/gone.txt": "state"})
    bench.write("good")
    assert "good publish" in machines.export("a", "words")


def test_a_store_that_is_away_for_a_moment_is_awaited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_folder, "_PAUSE", 0.0)
    folder = SharedFolder(f"file://{tmp_path}")
    failures = iter([ConnectionError("refused"), TimeoutError("no answer")])
    pipe = folder._files.pipe_file

    def away(path: str, data: bytes) -> None:
        for error in failures:
            raise error
        pipe(path, data)

    monkeypatch.setattr(folder._files, "pipe_file", away)
    folder.write("name", b"data")
    assert folder.read("name") == b"data"
    assert folder.read("other") is None
    monkeypatch.setattr(shared_folder, "_PATIENCE", -1.0)
    failures = iter([ConnectionError("refused")])
    with pytest.raises(OutputError, match="cannot be used: refused"):
        folder.write("name", b"data")


@pytest.mark.parametrize("address", ["nothing://folder", "s4://bucket/store"])
def test_an_address_of_an_unknown_kind_is_refused(address: str, machines: Machines, bench: Bench) -> None:
    bench.write("good")
    with pytest.raises(UsageError, match="Unknown kind of address"):
        bench.export(store=address)


@pytest.mark.parametrize("address", ["tcp://10.0.0.1:8786", "tcp://scheduler:8786", "tcp://[2001:db8::1]:8786"])
def test_a_scheduler_without_tls_is_refused(address: str, machines: Machines, bench: Bench) -> None:
    bench.write("good")
    machines.enter("a")
    with pytest.raises(UsageError, match="is not protected: anyone who reaches this scheduler"):
        bench.export(store=machines.store, cluster=address)


@pytest.mark.parametrize("address", ["scheduler", "http://127.0.0.1:8786", "tls://scheduler", "tls://:8786"])
def test_what_is_not_the_address_of_a_scheduler_is_refused(address: str, machines: Machines, bench: Bench) -> None:
    bench.write("good")
    machines.enter("a")
    with pytest.raises(UsageError, match="is not the address of a scheduler"):
        bench.export(store=machines.store, cluster=address)


def test_a_cluster_needs_a_shared_store(bench: Bench) -> None:
    bench.write("good")
    with pytest.raises(UsageError, match="cannot reach the store"):
        bench.export(cluster="tls://scheduler:8786")


def test_what_is_missing_is_named(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.write("good")
    monkeypatch.setenv("XDG_CACHE_HOME", str(bench.root))
    monkeypatch.setitem(sys.modules, "fsspec", None)
    shared_folder.shared_folder.cache_clear()
    with pytest.raises(MissingToolError, match=r"package fsspec.*distributed fsspec s3fs"):
        bench.export(store="file:///nowhere")


def test_copies_of_addresses_are_folders_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert local_folder("s3://a/b").parent == local_folder("s3://a/c").parent
    assert local_folder("s3://a/b") != local_folder("s3://a/c")
    assert service.Request(store="s3://a/b").store == "s3://a/b"
