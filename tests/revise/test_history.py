"""The states of a manuscript before its revisions."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporter.errors import OutputError, UsageError
from exporter.model import Paragraph
from exporter.model.walk import walk
from exporter.pipeline import direct_reading
from exporter.pipeline.manuscripts import readable
from exporter.revise import Change, MetadataField, PassageLanguage, Revision, Title, history, revise
from tests.readers.docx.files import p, package

CONTACT = MetadataField("contact", {"email": "formats@example.org"})


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    path = tmp_path / "report.docx"
    path.write_bytes(package(p("Words and more words.")))
    path.chmod(0o640)
    return path


def change(manuscript: Path, *changes: Change) -> history.EarlierState:
    state = history.write(revise(manuscript, changes))
    assert state is not None
    return state


def test_each_earlier_state_can_be_restored(manuscript: Path) -> None:
    original = manuscript.read_bytes()
    settings = manuscript.with_name("publication.toml")
    assert change(manuscript, Title("First")).number == 1
    first = manuscript.read_bytes()
    assert change(manuscript, Title("Second"), CONTACT).number == 2
    second = manuscript.read_bytes(), settings.read_bytes()
    assert [state.number for state in history.states(manuscript)] == [1, 2]
    assert history.restore(manuscript, 1).number == 3
    assert (manuscript.read_bytes(), settings.exists()) == (original, False)
    history.restore(manuscript, 3)
    assert (manuscript.read_bytes(), settings.read_bytes()) == second
    history.restore(manuscript, 2)
    assert manuscript.read_bytes() == first
    assert manuscript.stat().st_mode & 0o777 == 0o640
    assert not list(manuscript.parent.glob(".*.tmp"))


def test_a_state_says_what_was_changed_in_the_next_one(manuscript: Path) -> None:
    (source,) = [
        node.at.source
        for node in walk(direct_reading.read(manuscript, manuscript.read_bytes()).publication)
        if type(node) is Paragraph
    ]
    assert source is not None
    change(manuscript, Title("First"), PassageLanguage(source, "es", "more"), PassageLanguage(source, "fr", "Words"))
    assert history.states(manuscript)[-1].changes == {"details": 1, "language": 2}
    refused = history.write(revise(manuscript, [Title("Second"), PassageLanguage(source, "es", "other")]))
    assert refused is not None
    assert refused.changes == {"details": 1}
    history.restore(manuscript, 1)
    assert history.states(manuscript)[-1].changes == {"restored": 1}
    history.write(Revision(manuscript, {manuscript.name: b"newer"}, (), {manuscript.name: manuscript.read_bytes()}))
    assert history.states(manuscript)[-1].changes == {"version": 1}


def test_earlier_states_are_no_manuscripts(manuscript: Path) -> None:
    change(manuscript, Title("First"))
    assert readable(manuscript.parent, [".docx"]) == [manuscript]


def test_nothing_is_kept_if_nothing_changes(manuscript: Path) -> None:
    assert history.write(revise(manuscript, [])) is None
    assert history.states(manuscript) == ()
    assert [path.name for path in manuscript.parent.iterdir()] == ["report.docx"]


@pytest.mark.parametrize("name", ["report.docx", "publication.toml"])
def test_a_file_that_has_changed_meanwhile_is_not_replaced(manuscript: Path, name: str) -> None:
    revision = revise(manuscript, [Title("First")])
    manuscript.with_name(name).write_bytes(b"other")
    with pytest.raises(OutputError, match=f"“{name}” was not changed: another program has changed it"):
        history.write(revision)
    assert manuscript.with_name(name).read_bytes() == b"other"


@pytest.mark.parametrize("lock", ["~$report.docx", "~$port.docx", ".~lock.report.docx#"])
def test_a_file_that_is_open_is_not_replaced(manuscript: Path, lock: str) -> None:
    manuscript.with_name(lock).touch()
    with pytest.raises(OutputError, match="open in a word processor"):
        change(manuscript, Title("First"))
    assert history.states(manuscript) == ()


def test_a_state_that_does_not_exist(manuscript: Path) -> None:
    with pytest.raises(UsageError, match="no earlier state 4"):
        history.restore(manuscript, 4)


def test_a_state_that_was_not_written_to_its_end_is_none(manuscript: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = manuscript.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fails)
        with pytest.raises(OutputError):
            change(manuscript, Title("First"))
    assert manuscript.read_bytes() == before
    assert history.states(manuscript) == ()
    (manuscript.parent / history.FOLDER / "report.docx" / "7").mkdir()
    assert change(manuscript, Title("First")).number == 8


def test_the_original_and_the_last_states_are_kept(manuscript: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_MOST", 3)
    for number in range(6):
        change(manuscript, Title(f"Title {number}"))
    assert [state.number for state in history.states(manuscript)] == [1, 5, 6]


def test_an_index_cannot_name_other_files(manuscript: Path) -> None:
    change(manuscript, Title("First"))
    index = manuscript.parent / history.FOLDER / "report.docx" / "1" / "state.json"
    index.write_text(index.read_text().replace("publication.toml", "../outside.toml"))
    outside = manuscript.parent.parent / "outside.toml"
    outside.touch()
    history.restore(manuscript, 1)
    assert outside.exists()
