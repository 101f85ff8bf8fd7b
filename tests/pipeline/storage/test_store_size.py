"""The size limit of the store, and what becomes of damaged files in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from exporter import service
from exporter.config import store_limit
from exporter.config.layers import SettingsLayer
from exporter.errors import ExitCode, SettingsError, UsageError
from exporter.pipeline.events import Notice
from exporter.pipeline.execution.step_history import HistoryEntry, _reason
from exporter.pipeline.storage import fingerprints, scratch
from exporter.pipeline.storage.results import used_memos
from exporter.pipeline.storage.store import Store
from exporter.pipeline.storage.store_size import shrink, size_of_store, stored_files
from tests.pipeline.bench import Bench
from tests.write_context import STYLES

HOUR = 3600


def age(store: Path, hours: float) -> None:
    """Let everything in the store be that much older."""
    for path in store.rglob("*"):
        if path.is_file():
            state = path.stat()
            os.utime(path, (state.st_atime - hours * HOUR, state.st_mtime - hours * HOUR))


def spoil(store: Path, digest: str) -> None:
    """Change a byte of an object as a failing disk does: without a trace in its dates."""
    path = Store(store).path(digest)
    state, data = path.stat(), path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    path.chmod(0o400)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def objects(bench: Bench, kind: str) -> list[str]:
    files = stored_files(Store(bench.store))
    return [file.path.parent.name + file.path.name for file in files if file.kind == kind]


def test_what_was_not_used_for_longest_goes_first(bench: Bench) -> None:
    bench.write("old", "Old\nText.\n")
    bench.export("words")
    age(bench.store, 10)
    (bench.input / "old" / "manuscript.lines").unlink()
    bench.write("new", "New\nText.\n")
    bench.export("words")
    size = size_of_store(Store(bench.store))
    bench.export("words", store_limit=f"{int(size * 0.8)} B")
    assert size_of_store(Store(bench.store)) <= size * 0.8
    bench.export("words")
    assert bench.worked() == []
    bench.write("old", "Old\nText.\n")
    bench.export("words")
    assert {line.split()[0] for line in bench.worked()} == {"old"}


def test_what_is_used_again_stays_however_old_it_is(bench: Bench) -> None:
    bench.write("one")
    bench.export()
    age(bench.store, 10)
    bench.export()
    before = size_of_store(Store(bench.store))
    (bench.store / "objects" / "00").mkdir(exist_ok=True)
    (bench.store / "objects" / "00" / "unused").write_bytes(bytes(before // 2))
    os.utime(bench.store / "objects" / "00" / "unused", (0, 0))
    assert shrink(Store(bench.store), int(before * 1.2)).size == before // 2
    bench.export()
    assert bench.worked() == []


def test_nothing_that_an_active_run_uses_is_removed(bench: Bench) -> None:
    bench.write("one")
    bench.export()
    store = Store(bench.store)
    age(bench.store, 10)
    before = size_of_store(store)
    with scratch.run_folder(store):
        bench.export()
        memo = store.memo("test")
        memo.put("key", b"spoken")
        shrink(store, 0)
        assert memo.get("key") == b"spoken"
    bench.export()
    assert bench.worked() == []
    assert size_of_store(store) <= before + 1000
    shrink(store, 0)
    assert size_of_store(store) == 0


def test_the_parts_of_a_step_are_used_when_its_result_is(tmp_path: Path) -> None:
    """A sentence that was spoken a year ago, of a publication that is exported each day."""
    store = Store.open(tmp_path / "store")
    memo = store.memo("audio")
    memo.put("a sentence", b"sound" * 100)
    names = used_memos(store, memo)
    assert names is not None
    store.keep("ab" * 32, f'{{"memos":["{names.digest}",{names.size}]}}'.encode())
    store.memo("other").put("never again", b"sound" * 100)
    age(store.root, 10)
    assert store.record("ab" * 32)
    shrink(store, size_of_store(store) - 1)
    assert memo.get("a sentence")
    assert not store.memo("other").get("never again")


def test_a_limit_below_one_run_is_kept_and_said(bench: Bench) -> None:
    bench.write("one")
    bench.export(store_limit="1 kB")
    assert size_of_store(Store(bench.store)) <= 1000
    (notice,) = (event for event in bench.events if isinstance(event, Notice))
    assert "--store-limit" in notice.message
    assert bench.export(store_limit="none").code is ExitCode.DONE
    assert size_of_store(Store(bench.store)) > 1000


@pytest.mark.parametrize(
    ("text", "limit"),
    [("500 MB", 500_000_000), ("1.5gb", 1_500_000_000), ("20000", 20_000), ("none", None), ("3 TB", 3 * 10**12)],
)
def test_sizes_are_read_as_people_write_them(text: str, limit: int | None) -> None:
    assert store_limit(None, text) == limit
    assert store_limit(SettingsLayer("house.toml", {"store": {"limit": text}})) == limit


def test_a_wrong_size_is_said_with_its_place() -> None:
    with pytest.raises(UsageError, match="--store-limit"):
        store_limit(None, "much")
    layer = SettingsLayer("house.toml", {"store": {"limit": "much"}}, '[store]\nlimit = "much"\n')
    with pytest.raises(SettingsError, match=r"house.toml:2.*500 MB or 20 GB"):
        store_limit(layer)
    with pytest.raises(SettingsError, match="Unknown setting “size”"):
        store_limit(SettingsLayer("house.toml", {"store": {"size": "1"}}))


@pytest.fixture
def untraced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system on which `spoil` leaves no trace: the change time cannot be set by hand."""
    monkeypatch.setattr(fingerprints, "_status", lambda status: (status.st_size, status.st_mtime_ns, 0, status.st_ino))


@pytest.mark.parametrize(("kind", "again"), [("texts", "parse"), ("editions", "write:words")])
def test_damage_that_leaves_no_trace_is_found_and_made_again_in_the_same_run(
    bench: Bench, untraced: None, kind: str, again: str
) -> None:
    bench.write("one")
    bench.export("words")
    files = bench.files("one")
    spoilt = objects(bench, kind)
    for digest in spoilt:
        spoil(bench.store, digest)
    # Something new needs what is damaged.
    assert bench.export("words", "counted", output=bench.root / "new").code is ExitCode.DONE
    assert "is made again" in str([event for event in bench.events if isinstance(event, Notice)])
    assert (bench.root / "new" / "one" / "one.words.txt").read_text() == files["words.txt"]
    assert all(Store(bench.store).read(digest) for digest in spoilt)
    reasons = {entry.step: entry.reason for entry in service.store_content(bench.store).last_run}
    assert reasons[again] == "its result was missing from the store, or damaged"


def test_damage_that_cannot_be_made_good_is_a_sentence(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.write("one")
    bench.export()
    for digest in objects(bench, "texts"):
        spoil(bench.store, digest)
    monkeypatch.setattr(Store, "read", lambda *_: None)
    outcome = bench.export("counted")
    assert outcome.code is ExitCode.STEP
    assert "A file of the store is damaged." in str(bench.found())


def test_the_store_says_what_is_in_it_and_why_a_step_was_executed(bench: Bench) -> None:
    bench.write("one")
    bench.write("one", "", "publication.toml")
    assert service.store_content(bench.store).last_run == ()
    bench.export("words")
    first = service.store_content(bench.store)
    assert {entry.reason for entry in first.last_run} == {"for the first time"}
    assert {"texts", "editions", "results of steps"} <= {row.kind for row in first.rows}
    assert sum(row.size for row in first.rows) == first.size == size_of_store(Store(bench.store))
    bench.export("words")
    assert not any(entry.is_made for entry in service.store_content(bench.store).last_run)
    bench.write("one", "A title\nAnother paragraph.\n")
    (bench.input / "one" / "publication.toml").write_text('[words]\ntone = "loud"\n')
    bench.export("words")
    reasons = {entry.step: entry.reason for entry in service.store_content(bench.store).last_run}
    assert reasons["parse"] == "manuscript changed"
    assert reasons["lint"] == "text changed"
    assert reasons["write:words"].startswith("text changed; settings changed: tone (")
    assert reasons["write:words"].endswith("→ loud)")
    styles = shutil.copytree(STYLES, bench.root / "styles")
    (styles / "themes" / "new.toml").write_text("")
    bench.export("words", styles=styles)
    reasons = {entry.step: entry.reason for entry in service.store_content(bench.store).last_run}
    assert reasons["write:words"] == "styles changed: themes/new.toml"


def test_changed_styles_and_software_are_named() -> None:
    before = HistoryEntry("one", "write:pdf", 1.0, True, "", "key", {"software": "a", "styles": "b", "tree": "t"})
    values = {
        "a": {"python": "CPython 3.13.1", "libraries": ["lxml-6.1.dist-info", "av-18.1.dist-info"]},
        "A": {"python": "CPython 3.13.2", "libraries": ["lxml-6.2.dist-info", "av-18.1.dist-info"]},
        "b": {"themes/plain.toml": "1" * 64, "pdf/page.css": "2" * 64},
        "B": {"themes/plain.toml": "3" * 64, "pdf/page.css": "2" * 64},
    }
    now = {"software": "A", "styles": "B", "tree": "T"}
    values |= {"t": "4" * 64, "T": "5" * 64}
    assert _reason(before, now, values, is_kept=True) == (
        "software changed: without lxml-6.1, with lxml-6.2, python (CPython 3.13.1 → CPython 3.13.2); "
        "styles changed: themes/plain.toml; text changed"
    )
    assert _reason(before, before.inputs | {"cover": "T"}, values, is_kept=True) == "settings changed: cover"
    assert "missing from the store" in _reason(before, before.inputs, values, is_kept=True)


def test_a_result_that_was_removed_is_named_as_such(bench: Bench) -> None:
    bench.write("one")
    bench.export("words")
    shrink(Store(bench.store), 0)
    bench.export("words")
    reasons = {entry.reason for entry in service.store_content(bench.store).last_run}
    assert reasons == {"its result was missing from the store, or damaged"}
