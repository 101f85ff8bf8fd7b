"""What stands in the output folder, and what is never touched there."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from exporter.cli import summary
from exporter.config import GateLevel
from exporter.errors import ExitCode, OutputError
from exporter.pipeline.events import Notice, Started, StepState
from tests.pipeline.bench import GOOD, Bench


def test_an_edition_that_was_not_asked_for_is_left_as_it_is(bench: Bench) -> None:
    bench.write("one")
    bench.export("words", "other")
    bench.write("one", "New title\n")
    bench.export("words")
    assert bench.files("one") == {"words.txt": "New title Only part 11", "other.txt": "House A title"}
    report = json.loads((bench.output / "one" / "report.json").read_text())
    assert {one["name"]: one["standing"] for one in report["editions"]} == {"other": "earlier", "words": "made"}


def test_an_edition_of_an_earlier_version_is_not_offered_beside_the_new_ones(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    def offered() -> set[str]:
        entry = json.loads((bench.output / "one" / "entry.json").read_text())
        return {file["name"] for file in entry["files"]}

    bench.write("one")
    bench.export("words", "other")
    bench.export("words")
    assert offered() == {"words", "other"}
    bench.write("one", "New title\n")
    outcome = bench.export("words")
    assert offered() == {"words"}
    assert "one.other.txt" not in (bench.output / "one" / "index.html").read_text("utf-8")
    assert (bench.output / "one" / "one.other.txt").is_file()
    report = (bench.output / "one" / "report.html").read_text("utf-8")
    assert "of an earlier version, and the page for readers does not offer it." in report
    assert "not changed; of an earlier version of the manuscript" in report
    summary.exported(outcome)
    printed = capsys.readouterr().out
    assert "Of an earlier version of the manuscript, and so not on the page: other." in printed
    assert "To make it again, export with: --to other" in printed
    outcome = bench.export("other")
    assert offered() == {"words", "other"}
    summary.exported(outcome)
    assert "earlier version" not in capsys.readouterr().out


def test_an_edition_is_of_an_earlier_version_only_if_the_words_are_others(bench: Bench) -> None:
    def offered() -> set[str]:
        entry = json.loads((bench.output / "one" / "entry.json").read_text())
        return {file["name"] for file in entry["files"]}

    bench.write("one", "One title\nLast line\n")
    bench.export("words", "other")
    bench.write("one", "One title\n\n\nLast line\n")
    bench.export("words")
    assert offered() == {"words", "other"}
    path = bench.output / "one" / "report.json"
    report = json.loads(path.read_text())
    for part in (report, *report["editions"]):
        # A report of an exporter that did not record it.
        del part["content_digest"]
    path.write_text(json.dumps(report))
    bench.export("words")
    assert offered() == {"words", "other"}


def test_an_edition_that_failed_is_not_offered_as_it_was_before(bench: Bench) -> None:
    bench.write("one")
    bench.export("words", "bad-edition", gate=GateLevel.WARNING)
    bench.write("one", "New title\n")
    bench.export("words", "bad-edition")
    entry = json.loads((bench.output / "one" / "entry.json").read_text())
    assert {file["name"] for file in entry["files"]} == {"words"}


def test_editions_that_no_longer_belong_are_removed_when_all_others_are_made(bench: Bench) -> None:
    bench.write("one")
    settings = bench.input / "one" / "publication.toml"
    settings.write_text('[export]\neditions = ["words", "other"]\n')
    bench.export(editions=())
    settings.write_text('[export]\neditions = ["words", "raises"]\n')
    bench.export(editions=())
    assert set(bench.files("one")) == {"words.txt", "other.txt"}
    settings.write_text('[export]\neditions = ["words"]\n')
    bench.export(editions=())
    assert bench.removed() == ["one.other.txt"]
    assert set(bench.files("one")) == {"words.txt"}


def test_files_that_are_not_ours_or_were_changed_by_hand_are_never_removed(bench: Bench) -> None:
    bench.write("one")
    settings = bench.input / "one" / "publication.toml"
    settings.write_text('[export]\neditions = ["words", "other"]\n')
    bench.export(editions=())
    (bench.output / "one" / "one.other.txt").write_text("by hand")
    (bench.output / "one" / "notes.txt").write_text("mine")
    settings.write_text('[export]\neditions = ["words"]\n')
    bench.export(editions=())
    assert bench.files("one") | {} == {
        "words.txt": "A title Only part A paragraph. 11",
        "other.txt": "by hand",
        "notes.txt": "mine",
    }


@pytest.mark.parametrize(("found", "left"), [(b"a photograph", False), (b"changed by hand", True)])
def test_the_cover_of_an_earlier_export_goes_when_the_new_one_bears_another_name(
    bench: Bench, found: bytes, left: bool
) -> None:
    bench.write("one")
    bench.export("words")
    folder = bench.output / "one"
    entry = json.loads((folder / "entry.json").read_text())
    assert entry["cover"]["file"] == "cover.png"
    assert entry["cover"]["sha256"] == hashlib.sha256((folder / "cover.png").read_bytes()).hexdigest()
    entry["cover"] |= {
        "file": "cover.jpg",
        "media_type": "image/jpeg",
        "sha256": hashlib.sha256(b"a photograph").hexdigest(),
    }
    (folder / "entry.json").write_text(json.dumps(entry))
    (folder / "cover.jpg").write_bytes(found)
    bench.export("words")
    assert (folder / "cover.jpg").exists() is left
    assert bench.removed() == ([] if left else ["cover.jpg"])
    assert (folder / "cover.png").exists()


def test_a_forged_report_makes_nothing_outside_the_folder_disappear(bench: Bench) -> None:
    bench.write("one")
    (bench.input / "one" / "publication.toml").write_text('[export]\neditions = ["words"]\n')
    bench.export(editions=())
    victim = bench.output / "victim.txt"
    victim.write_text("A title Only part A paragraph. 11")
    path = bench.output / "one" / "report.json"
    report = json.loads(path.read_text())
    edition = dict(report["editions"][0], name="gone", file="one/../../victim.txt")
    path.write_text(json.dumps(report | {"editions": [*report["editions"], edition]}))
    bench.export(editions=())
    assert victim.exists()


def test_a_published_file_that_was_changed_or_lost_is_put_back(bench: Bench) -> None:
    bench.write("one")
    bench.export()
    (bench.output / "one" / "one.words.txt").write_text("scribble")
    (bench.output / "one" / "one.other.txt").unlink()
    bench.export()
    assert sorted(bench.changed()) == ["one.other.txt", "one.words.txt"]
    assert bench.worked() == ["one publish"]


def test_a_link_in_the_output_folder_is_replaced_and_not_followed(bench: Bench, tmp_path: Path) -> None:
    bench.write("one")
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    (bench.output / "one").mkdir(parents=True)
    (bench.output / "one" / "one.words.txt").symlink_to(victim)
    bench.export()
    assert victim.read_text() == "untouched"
    assert not (bench.output / "one" / "one.words.txt").is_symlink()


def test_a_folder_in_the_way_is_an_error_in_a_sentence(bench: Bench) -> None:
    bench.write("one")
    (bench.output / "one" / "one.words.txt").mkdir(parents=True)
    outcome = bench.export()
    assert outcome.code is ExitCode.OUTPUT
    assert "is a folder, but must be a file" in bench.found()["output-unwritable"]


def test_a_folder_in_the_way_of_the_page_costs_that_file_only(bench: Bench) -> None:
    bench.write("one")
    (bench.output / "one" / "index.html" / "mine").mkdir(parents=True)
    assert bench.export("words").code is ExitCode.DONE
    (note,) = [event.message for event in bench.events if isinstance(event, Notice)]
    assert "index.html” is a folder and was not replaced. Move it" in note
    assert (bench.output / "one" / "index.html" / "mine").is_dir()
    assert {"one.words.txt", "entry.json", "report.html"} < {path.name for path in (bench.output / "one").iterdir()}
    assert (bench.output / "index.html").is_file()


def test_small_publications_go_first_and_others_in_the_order_of_names(bench: Bench) -> None:
    for slug, lines in {"a": 1_000, "b": 1, "c": 1}.items():
        bench.write(slug, GOOD + "More.\n" * lines)
    bench.export("words")
    begun = [event.publication for event in bench.events if isinstance(event, Started) and event.step == "parse"]
    assert begun == ["b", "c", "a"]


def test_nothing_temporary_is_left_in_output_or_store(bench: Bench) -> None:
    bench.write("one")
    bench.export("words", "raises", "full")
    assert not list(bench.root.rglob("*.tmp"))
    assert not list((bench.store / "runs").iterdir())


def test_the_store_is_for_its_owner_alone_and_editions_are_for_everybody(bench: Bench) -> None:
    bench.write("one")
    bench.export()
    assert bench.store.stat().st_mode & 0o777 == 0o700
    for path in bench.store.rglob("*"):
        assert not path.stat().st_mode & 0o077
    assert (bench.output / "one" / "one.words.txt").stat().st_mode & 0o004


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_folder_that_cannot_be_written_is_a_sentence(bench: Bench) -> None:
    bench.write("one")
    bench.output.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        bench.export()


def test_an_output_folder_that_is_a_file_is_a_sentence(bench: Bench) -> None:
    bench.write("one")
    bench.output.write_text("in the way")
    with pytest.raises(OutputError, match="this name is that of a file"):
        bench.export()


@pytest.mark.parametrize(
    ("text", "gate", "editions", "verdict"),
    [
        (GOOD, GateLevel.ERROR, ("words",), "Ready, but not fully checked"),
        (GOOD, GateLevel.ERROR, ("words", "raises"), "Incomplete: raises missing"),
        ("A title\n!img.png\n", GateLevel.WARNING, ("words",), "Published with 2 errors"),
        (GOOD, GateLevel.OFF, ("words",), "Not checked"),
    ],
)
def test_the_report_begins_with_a_verdict(
    bench: Bench, text: str, gate: GateLevel, editions: tuple[str, ...], verdict: str
) -> None:
    bench.write("one", text)
    bench.export(*editions, gate=gate)
    page = (bench.output / "one" / "report.html").read_text()
    assert f"{verdict}</h2>" in page
    assert page.index(verdict) < page.index('<h2 id="editions"')


def test_the_report_names_every_check_that_ran_and_why_others_did_not(bench: Bench) -> None:
    bench.write("one")
    bench.export("words", "raises")
    report = json.loads((bench.output / "one" / "report.json").read_text())
    ran = {f"{one['edition']} {one['name']}".strip(): one["ran"] for one in report["checks"]}
    assert ran == {
        **{"parse": True, "prepare": True, "lint": True},
        **{"words carried": True, "words parity": False, "words check": False},
        **{"raises carried": False, "raises parity": False, "raises check": False},
    }
    assert all(one["reason"] for one in report["checks"] if not one["ran"])
    assert {one["name"]: one["standing"] for one in report["editions"]} == {"words": "made", "raises": "failed"}
    assert bench.states()["publish"] is StepState.MADE
    page = (bench.output / "one" / "report.html").read_text()
    assert "ValueError: a mistake" in page
