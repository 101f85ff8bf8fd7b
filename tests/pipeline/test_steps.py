"""Steps: what the graph and people learn from them, and what asking them changes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporter import service
from exporter.config import MetadataSettings
from exporter.model import Metadata, Paragraph, Publication, Source, Text
from exporter.model.serialisation import encode
from exporter.pipeline.execution.scheduler import Scheduler
from exporter.pipeline.step import Action, Step, StepContext, Unkeyed
from exporter.pipeline.steps import STEPS, label_of_step, title_of_step
from exporter.pipeline.steps.parse import Parse
from exporter.pipeline.steps.prepare import Prepare
from exporter.pipeline.storage.store import Store
from tests.pipeline.bench import Bench
from tests.pipeline.here import InThisProcess
from tests.write_context import STYLES


def test_every_step_stands_in_a_file_of_its_name() -> None:
    folder = Path(__file__).parents[2] / "exporter" / "pipeline" / "steps"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert files == {kind.name for kind in STEPS} == {kind.__module__.rpartition(".")[2] for kind in STEPS}


def test_titles_and_labels_come_from_the_steps() -> None:
    assert title_of_step("parse") == "Reading the manuscript"
    assert title_of_step("parity:pdf") == "Comparing the edition “pdf” with the manuscript"
    assert label_of_step("check:pdf") == "checking pdf"


def state(step: Step, bench: Bench) -> Iterator[Any]:
    yield {name: value for name, value in vars(step.publication).items() if not name.startswith("_settings_")}
    for folder in (bench.output, bench.store / "objects", bench.store / "records", bench.store / "memos"):
        yield sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*"))


def test_asking_a_step_for_its_action_changes_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = set()
    begin = Scheduler._begin

    def watched(self: Scheduler, step: Step) -> None:
        before = list(state(step, bench))
        step.action()
        assert list(state(step, bench)) == before
        asked.add(step.name)
        begin(self, step)

    monkeypatch.setattr(Scheduler, "_begin", watched)
    bench.write("one")
    bench.export("words", "counted", "leans", "side-by-side")
    bench.export("words", output=bench.root / "one.txt", comments=True)
    request = service.Request(sources=(bench.input,), output=bench.output, store=bench.store)
    service.check(request, lambda _: None, InThisProcess)
    assert asked == {kind.name for kind in STEPS}


def test_any_executor_will_do(bench: Bench) -> None:
    bench.write("one")

    def threads(size: int, *_: object) -> Executor:
        return ThreadPoolExecutor(size)

    request = service.Request(sources=(bench.input,), output=bench.output, editions=("words",), store=bench.store)
    service.export(request, lambda _: None, threads)
    assert bench.files("one") == {"words.txt": "A title Only part A paragraph. 11"}


@pytest.mark.parametrize(("title", "replaced"), [("The Waiting Room!", False), ("How long people wait", True)])
def test_a_title_in_the_settings_that_replaces_a_line_is_reported(
    tmp_path: Path, title: str, *, replaced: bool
) -> None:
    metadata = Metadata(title="The waiting room", source=Source("a.docx", 0, "paragraph 1"))
    store = Store.open(tmp_path / "store")
    tree = store.put(encode(Publication(metadata, body=(Paragraph((Text("Words."),)),))))
    inputs = Prepare.Inputs(tree, {}, tmp_path, "a", MetadataSettings(title=title), MetadataSettings())
    result = Prepare.run(inputs, StepContext(store.root, STYLES, tmp_path / "scratch", code=""))
    assert [finding.rule for finding in result.findings] == ["title-replaced"] * replaced
    assert result.info["title"] == title


def test_a_step_that_reads_files_of_the_input_is_executed_on_the_machine_that_has_them() -> None:
    for kind in STEPS:
        fields = msgspec.structs.fields(kind.Inputs) if hasattr(kind, "Inputs") else ()
        types = [field.type for field in fields]
        assert kind.reads_input == (Unkeyed[Path] in types), kind.name
        assert Path not in types, "the key would differ from machine to machine"


def test_the_key_has_the_inputs_and_the_state_of_what_else_the_step_reads() -> None:
    inputs = Parse.Inputs(reader="exporter.readers.markdown", path=Path("a/a.md"), file="a.md", guess=True)
    action = Action(inputs, 1.0, state={"manuscript": "digest"})
    assert action.key == {"file": "a.md", "guess": True, "manuscript": "digest"}
