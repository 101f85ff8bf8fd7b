"""What is done again, and what is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporter.errors import ExitCode
from exporter.pipeline.events import Started, StepState
from exporter.pipeline.output import catalogue
from tests.pipeline.bench import Bench


def test_a_second_run_does_no_work(bench: Bench) -> None:
    bench.write("one")
    bench.write("two", "Another title\nText.\n")
    bench.export("words", "other", "counted", "leans")
    bench.export("words", "other", "counted", "leans")
    assert not [event for event in bench.events if isinstance(event, Started)]
    assert bench.worked() == []
    assert bench.changed() == []
    # None of these editions can be compared, so there is nothing to put side by side, and neither is a translation.
    skipped = {step for step, state in bench.states().items() if state is not StepState.UNCHANGED}
    assert skipped == {"edition_comparison", "original", "translation_check"}


def test_the_catalogue_is_prepared_while_there_is_work_only(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[object] = []
    monkeypatch.setattr(catalogue, "prepare", lambda *arguments: prepared.append(arguments))
    bench.processes = True
    bench.write("one")
    bench.export("words")
    bench.export("words")
    assert len(prepared) == 1


def test_a_clean_build_equals_an_incremental_one(bench: Bench, tmp_path: Path) -> None:
    bench.write("one", "First\nText.\n")
    bench.export()
    bench.write("one", "Second\nText.\n")
    bench.export()
    incremental = {path.name: path.read_bytes() for path in (bench.output / "one").iterdir()}
    bench.export(output=tmp_path / "clean", store=tmp_path / "fresh")
    assert {path.name: path.read_bytes() for path in (tmp_path / "clean" / "one").iterdir()} == incremental


def test_a_change_that_does_not_change_the_tree_stops_there(bench: Bench) -> None:
    bench.write("one", "A title\nText.\n")
    bench.export()
    bench.write("one", "A title\nText.\n% a comment\n")
    bench.export()
    assert bench.worked() == ["one parse"]


def test_a_change_of_one_publication_leaves_the_other_alone(bench: Bench) -> None:
    bench.write("one")
    bench.write("two")
    bench.export()
    bench.write("two", "New\nText.\n")
    bench.export()
    assert {line.split()[0] for line in bench.worked()} == {"two"}


def test_facts_that_stay_the_same_do_not_remake_what_leans_on_them(bench: Bench) -> None:
    bench.write("one", "Title\nText.\n")
    bench.export("counted")
    first = bench.files("one")
    bench.write("one", "Eltit\nText.\n")
    bench.export("counted")
    assert bench.files("one") != first
    bench.export("leans", "counted")
    assert _besides_proofs(bench) == ["one write:leans", "one report", "one page", "one publish"]


def test_an_option_remakes_the_edition_that_has_it_and_no_other(bench: Bench) -> None:
    bench.write("one")
    bench.write("one", "", "publication.toml")
    bench.export()
    (bench.input / "one" / "publication.toml").write_text('[words]\ntone = "loud"\n')
    bench.export()
    assert _besides_proofs(bench) == ["one write:words", "one report", "one page", "one publish"]
    assert sorted(set(bench.worked()) - set(_besides_proofs(bench))) == ["one check:words", "one parity:words"]
    assert bench.files("one")["words.txt"] == "A TITLE ONLY PART A PARAGRAPH. 11"


def test_metadata_of_the_settings_reach_the_editions(bench: Bench) -> None:
    bench.write("one")
    (bench.input / "one" / "publication.toml").write_text('[metadata]\npublisher = "Other House"\n')
    bench.export("other")
    assert bench.files("one")["other.txt"] == "Other House A title"


def test_options_of_the_manuscript_give_way_to_those_beside_it(bench: Bench) -> None:
    bench.write("one", "A title\nwords: size: 20\nwords: tone: loud\n")
    (bench.input / "one" / "publication.toml").write_text("[words]\nsize = 30\n")
    bench.export("words")
    assert bench.files("one")["words.txt"] == "A TITLE ONLY PART 30"


def test_a_wrong_option_in_the_manuscript_is_said_with_its_line(bench: Bench) -> None:
    bench.write("one", "A title\nwords: tone: shrill\n")
    bench.write("two")
    outcome = bench.export()
    assert outcome.code is ExitCode.SETTINGS
    assert "manuscript.lines:2: error: Invalid value for “tone” in [words]" in bench.found()["settings-wrong"]
    assert set(bench.files("two")) == {"words.txt", "other.txt"}


MARKDOWN = """---
title: A title
subtitle: size
kind: report
author: Ana Author
publisher: House
date: 2026-01-31
lang: en
description: What it is about.
{export}
---

# Part

Text.
"""


def test_a_markdown_manuscript_sets_options_of_its_editions(bench: Bench) -> None:
    export = "export:\n  editions: [words]\n  words:\n    tone: loud\n    size: 20"
    bench.write("one", MARKDOWN.format(export=export), "manuscript.md")
    assert bench.export("words").code is ExitCode.DONE
    assert bench.files("one")["words.txt"] == "A TITLE PART TEXT. 20"
    (bench.input / "one" / "publication.toml").write_text("[words]\nsize = 30\n")
    bench.export("words")
    assert bench.files("one")["words.txt"] == "A TITLE PART TEXT. 30"


@pytest.mark.parametrize(
    ("export", "line", "words"),
    [
        ("export:\n  words:\n    tine: loud", 12, "Unknown setting “tine” in [words]. Did you mean “tone”?"),
        ("export: {words: {kind: loud}}", 10, "Unknown setting “kind”"),
        ("export:\n  other: {}\n  wrods: {tone: loud}", 12, "Unknown setting “wrods”. Did you mean “words”?"),
        ("export:\n  words:\n    size: big", 12, "Invalid value for “size” in [words]"),
        ("export:\n  words: loud", 11, "Invalid value for “words”: expected a table of settings, found a text"),
        ("export:\n  editions: [wrods]", 11, "Unknown edition “wrods”"),
    ],
)
def test_a_wrong_option_of_a_markdown_manuscript_is_said_with_its_line(
    bench: Bench, export: str, line: int, words: str
) -> None:
    bench.write("one", MARKDOWN.format(export=export), "manuscript.md")
    bench.write("two")
    outcome = bench.export("words", "other")
    assert outcome.code is ExitCode.SETTINGS
    (message,) = (text for rule, text in bench.found().items() if rule.startswith("settings"))
    assert message.startswith(f"manuscript.md:{line}: ")
    assert words in message
    assert set(bench.files("two")) == {"words.txt", "other.txt"}


def test_a_picture_that_appears_remakes_the_tree(bench: Bench) -> None:
    bench.write("one", "A title\n!img.svg|A square.\n")
    assert bench.export().code is ExitCode.FINDINGS
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    bench.write("one", square, "img.svg")
    assert bench.export().code is ExitCode.DONE
    bench.export()
    assert bench.worked() == []
    bench.write("one", square.replace("9", "8"), "img.svg")
    bench.export()
    assert "one prepare" in bench.worked()


def test_a_file_that_was_only_touched_is_no_change(bench: Bench) -> None:
    path = bench.write("one")
    bench.export()
    os.utime(path, (1, 1))
    bench.export()
    assert bench.worked() == []


def test_memos_live_on_when_the_text_changes(bench: Bench) -> None:
    bench.write("one", "First\n")
    bench.export("remembers")
    assert bench.files("one")["remembers.txt"] == "First: None"
    bench.write("one", "Second\n")
    bench.export("remembers")
    assert bench.files("one")["remembers.txt"] == "Second: b'spoken'"


@pytest.mark.parametrize(
    ("folder", "damage"),
    [
        ("objects", b""),
        ("objects", b"half"),
        ("objects", None),
        ("records", b"half"),
        ("memos", b"half"),
        ("tables", b"half"),
    ],
)
def test_a_damaged_store_is_made_anew(bench: Bench, folder: str, damage: bytes | None) -> None:
    bench.write("one")
    bench.export("words", "remembers")
    before = {path.name: path.read_bytes() for path in (bench.output / "one").iterdir()}
    for path in (bench.store / folder).rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.unlink() if damage is None else path.write_bytes(damage)
    for path in (bench.output / "one").iterdir():
        path.unlink()
    assert bench.export("words", "remembers").code is ExitCode.DONE
    after = {path.name: path.read_bytes() for path in (bench.output / "one").iterdir()}
    if folder == "memos":
        assert after == before
    else:
        # The memo is still there where only the edition was lost.
        assert after["one.words.txt"] == before["one.words.txt"]
    bench.export("words", "remembers")
    assert bench.worked() == []


def test_one_flipped_byte_of_an_object_is_noticed(bench: Bench) -> None:
    bench.write("one")
    bench.export()
    for path in (bench.store / "objects").rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
    for path in (bench.output / "one").iterdir():
        path.unlink()
    assert bench.export().code is ExitCode.DONE
    assert bench.files("one")["words.txt"] == "A title Only part A paragraph. 11"


def _besides_proofs(bench: Bench) -> list[str]:
    return [line for line in bench.worked() if not line.split()[1].startswith(("parity:", "check:"))]
