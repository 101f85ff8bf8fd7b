"""Text before sound: what is read is published first, and what is heard follows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exporter.config import GateLevel
from exporter.pipeline.events import Ended, PublicationFinished, Published, StepState
from exporter.pipeline.output.catalogue_update import update_catalogue
from exporter.pipeline.step import StepContext
from exporter.pipeline.steps.write import Write
from tests.pipeline.bench import Bench

TEXT = "A title\nA paragraph.\n"
ALL = ("words", "spoken", "louder", "both")
FOLLOWS = "The recording follows."
SILENT = "Only part A paragraph."
SPOKEN = "<Only> <part> <A> <paragraph.>"


def standing(bench: Bench, slug: str = "one") -> dict[str, str]:
    report = json.loads((bench.output / slug / "report.json").read_text())
    return {edition["name"]: edition["standing"] for edition in report["editions"]}


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def between(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, bytes]]:
    """The output folder at each update of its catalogue: after the text editions, and at the end."""
    folders = []

    def noted(context: Any) -> None:
        update_catalogue(context)
        folders.append(everything(bench.output))

    monkeypatch.setattr("exporter.pipeline.export.update_catalogue", noted)
    return folders


def test_text_editions_are_published_before_anything_is_spoken(bench: Bench, between: list[dict[str, bytes]]) -> None:
    bench.write("one")
    bench.write("two")
    outcome = bench.export(*ALL)
    first, last = between
    for slug in ("one", "two"):
        assert f"{slug}/{slug}.words.txt" in first
        assert first[f"{slug}/{slug}.both.txt"].decode() == SILENT
        assert not {f"{slug}/{slug}.spoken.txt", f"{slug}/{slug}.louder.txt"} & first.keys()
        report = json.loads(first[f"{slug}/report.json"])
        editions = {edition["name"]: (edition["standing"], edition["reason"]) for edition in report["editions"]}
        assert editions == {
            "words": ("made", ""),
            "spoken": ("follows", FOLLOWS),
            "louder": ("follows", FOLLOWS),
            "both": ("made", FOLLOWS),
        }
        assert last[f"{slug}/{slug}.both.txt"].decode() == f"{SILENT} / {SPOKEN}"
        assert last[f"{slug}/{slug}.spoken.txt"].decode() == SPOKEN
        assert set(standing(bench, slug).values()) == {"made"}
    for page in ("one/index.html", "two/index.html", "one/report.html", "index.html"):
        assert FOLLOWS.encode() in first[page] or b"The recording follows:" in first[page], page
        assert b"ecording follows" not in last[page], page
    assert first["index.html"].count(FOLLOWS.encode()) == 2
    # The summary names what this run has written, whenever it was.
    assert {Path(file.name).name for file in outcome.publications[0].files if file.changed} >= {"one.words.txt"}
    assert sum(isinstance(event, PublicationFinished) for event in bench.events) == 2


def test_all_text_editions_of_all_come_before_any_sound(bench: Bench) -> None:
    for slug in ("one", "two", "three"):
        bench.write(slug)
    bench.export("words", "spoken")
    ended = [
        (event.step, Path(event.file).name if isinstance(event, Published) else event.state)
        if isinstance(event, Ended)
        else ("", Path(event.file).name)
        for event in bench.events
        if isinstance(event, Ended | Published)
    ]
    spoken = [at for at, (step, state) in enumerate(ended) if (step, state) == ("write:spoken", StepState.MADE)]
    read = [at for at, (_, name) in enumerate(ended) if str(name).endswith(".words.txt")][:3]
    assert len(spoken) == len(read) == 3
    assert max(read) < min(spoken)


def test_what_is_spoken_already_is_published_at_once_and_once(bench: Bench, between: list[dict[str, bytes]]) -> None:
    bench.write("one")
    bench.export(*ALL)
    before = everything(bench.output)
    between.clear()
    bench.export(*ALL)
    assert between == [before]
    assert bench.worked() == []
    # Made anew from the same words: another option, a store without the results of steps.
    (bench.input / "one" / "publication.toml").write_text("[words]\nsize = 12\n")
    for record in (bench.store / "records").rglob("*"):
        if record.is_file():
            record.unlink()
    between.clear()
    bench.export(*ALL)
    assert len(between) == 1
    assert bench.removed() == []
    assert bench.changed().count("one.words.txt") == 1
    assert "one.both.txt" not in bench.changed()


def test_a_recording_of_an_earlier_text_does_not_stand_beside_the_new_one(
    bench: Bench, between: list[dict[str, bytes]]
) -> None:
    bench.write("one")
    bench.export(*ALL)
    bench.write("one", "A title\nAnother paragraph.\n")
    between.clear()
    bench.export(*ALL)
    first, last = between
    assert not {"one/one.spoken.txt", "one/one.louder.txt"} & first.keys()
    assert first["one/one.both.txt"] == b"Only part Another paragraph."
    assert set(bench.removed()) == {"one.spoken.txt", "one.louder.txt"}
    assert last["one/one.spoken.txt"] == b"<Only> <part> <Another> <paragraph.>"


def test_a_recording_that_somebody_has_changed_is_not_removed(bench: Bench) -> None:
    bench.write("one")
    bench.export(*ALL)
    (bench.output / "one" / "one.spoken.txt").write_text("cut by hand")
    bench.write("one", "A title\nAnother paragraph.\n")
    bench.export(*ALL)
    assert "one.spoken.txt" not in bench.removed()


@pytest.mark.parametrize("stopped", ["cancelled", "killed"])
def test_a_stop_between_text_and_sound_leaves_a_complete_set_and_the_next_run_goes_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, stopped: str
) -> None:
    bench.write("one")
    run = Write.run

    def stop(inputs: Write.Inputs, context: StepContext) -> Any:
        if inputs.may_speak:
            raise KeyboardInterrupt if stopped == "cancelled" else _KilledError
        return run(inputs, context)

    with monkeypatch.context() as patch:
        patch.setattr(Write, "run", staticmethod(stop))
        patch.setattr("tests.pipeline.here._copied", lambda value: value)
        patch.setattr(
            "exporter.pipeline.execution.worker._perform",
            lambda function, arguments, keywords: _call(function, arguments),
        )
        with pytest.raises((KeyboardInterrupt, _KilledError)):
            bench.export(*ALL)
    assert standing(bench) == {"words": "made", "spoken": "follows", "louder": "follows", "both": "made"}
    assert bench.files("one").keys() == {"words.txt", "both.txt"}
    assert FOLLOWS in (bench.output / "index.html").read_text()
    bench.export(*ALL)
    whole = everything(bench.output)
    undisturbed = Bench(bench.root / "undisturbed")
    undisturbed.write("one")
    undisturbed.export(*ALL)
    assert whole == everything(undisturbed.output)


class _KilledError(BaseException):
    pass


def _call(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    from exporter.errors import ExporterError
    from exporter.pipeline.execution.worker import Refused, Returned

    try:
        return Returned(function(*arguments))
    except ExporterError as error:
        return Refused(error)


@pytest.mark.parametrize(
    ("editions", "options", "text"),
    [
        (("both",), {}, SILENT),
        (("both", "words"), {}, SILENT),
        (("both",), {"sound": "on"}, f"{SILENT} / {SPOKEN}"),
        (("both", "spoken"), {}, f"{SILENT} / {SPOKEN}"),
        (("both", "spoken"), {"sound": "off"}, SILENT),
    ],
)
def test_an_edition_to_read_speaks_only_if_sound_is_asked_for(
    bench: Bench, editions: tuple[str, ...], options: dict[str, str], text: str
) -> None:
    bench.write("one")
    bench.export(*editions, options=options)
    assert bench.files("one")["both.txt"] == text


def test_an_edition_that_is_heard_alone_leaves_the_others_until_it_is_spoken(
    bench: Bench, between: list[dict[str, bytes]]
) -> None:
    bench.write("one")
    bench.export(*ALL)
    before = everything(bench.output)
    bench.write("one", "A title\nAnother paragraph.\n")
    between.clear()
    bench.export("spoken")
    assert between[0] == before
    assert standing(bench) == {"spoken": "made", "words": "earlier", "louder": "earlier", "both": "earlier"}


def test_one_file_is_written_silent_and_then_with_its_recording(bench: Bench) -> None:
    bench.write("one")
    file = bench.root / "one.both.txt"
    bench.export("both", output=file, options={"sound": "on"})
    assert bench.changed() == ["one.both.txt", "one.both.txt"]
    assert file.read_text() == f"{SILENT} / {SPOKEN}"


def test_errors_in_the_manuscript_are_no_recordings_that_follow(bench: Bench, between: list[dict[str, bytes]]) -> None:
    bench.write("one", "A title\n!img.png\n")
    bench.export(*ALL)
    assert len(between) == 1
    assert "follows" not in standing(bench).values()
    bench.export(*ALL, gate=GateLevel.OFF)
    assert set(standing(bench).values()) == {"made"}
