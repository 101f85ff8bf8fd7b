"""The run: every step of every publication, in the order of the graph, as many at a time as there are processes.

A step asks for its call; when the store has a record under its key, and all that the record speaks of, the step is
done. Else the call goes to a process. What fails becomes a finding; what leans on it is skipped; the rest goes on.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import suppress
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from exporter.errors import ExitCode, ExporterError, OutputError
from exporter.findings import Finding
from exporter.pipeline import actions, check_actions, failures, gate, publish
from exporter.pipeline.action import Action, Skip
from exporter.pipeline.context import PublicationRun, RunContext, StepOutcome
from exporter.pipeline.crash_reports import write_crash_report
from exporter.pipeline.events import (
    Advanced,
    Ended,
    Found,
    Listener,
    Notice,
    Planned,
    PublicationFinished,
    Started,
    StepState,
)
from exporter.pipeline.progress import ProgressEstimator
from exporter.pipeline.results import StepResult
from exporter.pipeline.settings import resolve_settings

PATIENCE = 0.5
"""Seconds between two looks whether somebody has asked to stop."""
Progress = Callable[[Any, float], None]
"""Hears the label of a step and the share of it that is done, on any thread."""


class Task(NamedTuple):
    """A step of a publication: a node of the graph."""

    number: int
    """Place of the publication in the run."""
    step: str


class Scheduler:
    """One run over some publications.

    Args:
        house: What they share.
        works: The publications.
        executor: Makes the processes, called when there is work for the first time.
        listener: Hears what happens.
    """

    def __init__(
        self,
        context: RunContext,
        works: Sequence[PublicationRun],
        executor: Callable[[Progress], Executor],
        listener: Listener,
    ) -> None:
        self._context = context
        self._works = works
        self._make_executor = executor
        self._executor: Executor | None = None
        self._listener = listener
        self._running: dict[Future[StepResult], tuple[Task, Action, object]] = {}
        self._retried: set[Task] = set()
        self._editions = {edition.name: edition for edition in context.editions}
        graph = self._graph()
        self._sorter = TopologicalSorter(graph)
        self._clock = ProgressEstimator(
            context.store, [(works[task.number].manuscript.slug, task.step) for task in graph]
        )
        self._weights = self._longest_ways(graph)

    def execute(self) -> None:
        """Do every step; `PublicationRun.results` and `PublicationRun.published` then say how it went.

        Raises:
            KeyboardInterrupt: Somebody stopped it; the processes are gone then.
        """
        slugs = tuple(work.manuscript.slug for work in self._works)
        self._listener(Planned(slugs, sum(1 for _ in self._tasks())))
        self._sorter.prepare()
        try:
            while self._sorter.is_active():
                if self._context.is_cancelled():
                    raise KeyboardInterrupt
                ready = sorted(self._sorter.get_ready(), key=self._weights.__getitem__, reverse=True)
                for task in ready:
                    self._begin(task)
                if self._running and not ready:
                    done, _ = wait(self._running, PATIENCE, FIRST_COMPLETED)
                    for future in done:
                        self._finish(future)
        except BaseException:
            if self._executor:
                self._executor.shutdown(wait=True, cancel_futures=True)
            raise
        finally:
            self._context.fingerprints.save()
            self._context.provenance.save()
            self._clock.save()
        if self._executor:
            self._executor.shutdown()

    def _tasks(self) -> Iterator[Task]:
        return (task for task in self._graph())

    def _graph(self) -> dict[Task, list[Task]]:
        graph: dict[Task, list[Task]] = {}
        for number in range(len(self._works)):
            steps: dict[str, list[str]] = {"parse": [], "prepare": ["parse"], "lint": ["prepare"]}
            for name, edition in self._editions.items():
                needs = [f"write:{need}" for need in edition.writer.NEEDS if need in self._editions]
                steps[f"write:{name}"] = ["lint", *needs]
                # What is heard is held against the utterances of the audio edition.
                follows = [one for one in edition.inherits_settings if one in self._editions]
                steps[f"parity:{name}"] = [f"write:{one}" for one in (name, *follows)]
                steps[f"check:{name}"] = [f"write:{name}"]
            if self._context.output is not None:
                steps["facts"] = ["lint", *(f"parity:{name}" for name in self._editions)]
                steps["gate"] = ["facts", *(f"check:{name}" for name in self._editions)]
                steps["report"] = ["gate"]
                steps["page"] = ["report"]
                steps["publish"] = ["page"]
            else:
                steps["gate"] = ["lint"]
            graph.update({Task(number, step): [Task(number, need) for need in needs] for step, needs in steps.items()})
        return graph

    def _longest_ways(self, graph: dict[Task, list[Task]]) -> dict[Task, float]:
        """Return the seconds from the start of each step to the end of the last one that waits for it.

        Steps with the longest way to go are run first, so that no process is left alone with a long one at the end.
        """
        weights = dict.fromkeys(graph, 0.0)
        for task in reversed(tuple(TopologicalSorter(graph).static_order())):
            # What waits for it has been seen before.
            weights[task] += self._clock.weight(self._works[task.number].manuscript.slug, task.step)
            for need in graph[task]:
                weights[need] = max(weights[need], weights[task])
        return weights

    def _begin(self, task: Task) -> None:
        work = self._works[task.number]
        try:
            if task.step == "gate":
                self._end(task, gate.decide(self._context, work))
                return
            if task.step == "publish":
                self._end(task, publish.publish(self._context, work, self._listener))
                return
            call = self._call(task, work)
            if isinstance(call, Skip):
                self._end(task, StepOutcome(StepState.SKIPPED, reason=call.reason))
                return
            made = self._recorded(call)
            if made is not None:
                self._end(task, StepOutcome(StepState.UNCHANGED, made, made.findings))
                return
            inputs = call.inputs()
            self._listener(Started(work.manuscript.slug, task.step))
            self._clock.start(work.manuscript.slug, task.step)
            self._submit(task, call, inputs)
        except ExporterError as error:
            self._fail(task, error)

    def _call(self, task: Task, publication_run: PublicationRun) -> Action | Skip:
        kind, _, name = task.step.partition(":")
        if name:
            ask = {"write": actions.write, "parity": check_actions.parity, "check": check_actions.check}[kind]
            return ask(self._context, publication_run, self._editions[name])
        asks = {
            "parse": actions.parse,
            "prepare": actions.prepare,
            "lint": actions.lint,
            "facts": check_actions.facts,
            "report": publish.report,
            "page": publish.page,
        }
        return asks[kind](self._context, publication_run)

    def _recorded(self, call: Action) -> StepResult | None:
        record = self._context.store.record(call.key)
        if record is None:
            return None
        try:
            made = msgspec.json.decode(record, type=StepResult)
        except msgspec.MsgspecError:
            return None
        holds, path = self._context.fingerprints.holds, self._context.store.path
        return made if all(holds(path(output.digest), output.digest) for output in made.outputs.values()) else None

    def _submit(self, task: Task, call: Action, inputs: object) -> None:
        function = call.function.for_task(task, self._weights[task])
        arguments = call.arguments | call.deferred_arguments()
        if self._executor is None:
            self._executor = self._make_executor(self._advance)
        try:
            future = self._executor.submit(function, **arguments)
        except BrokenExecutor:
            self._executor.shutdown(wait=False)
            self._executor = self._make_executor(self._advance)
            future = self._executor.submit(function, **arguments)
        self._running[future] = (task, call, inputs)

    def _advance(self, label: tuple[int, str], share: float) -> None:
        number, step = label
        slug = self._works[number].manuscript.slug
        self._clock.advance(slug, step, share)
        self._listener(Advanced(slug, step, share, self._clock.share, self._clock.remaining))

    def _finish(self, future: Future[StepResult]) -> None:
        task, call, inputs = self._running.pop(future)
        try:
            made = future.result()
            store = self._context.store
            for output in made.outputs.values():
                self._context.fingerprints.remember(store.path(output.digest), output.digest)
            # A file that changed while it was read belongs to no key.
            if made.cacheable and call.inputs() == inputs:
                store.keep(call.key, msgspec.json.encode(made))
        except BrokenExecutor as error:
            if task in self._retried:
                self._fail(task, error)
                return
            # It may have been a neighbour that broke it: once more, in a new one.
            self._retried.add(task)
            self._submit(task, call, inputs)
        except OSError as error:
            self._fail(task, OutputError(f"The store cannot be read back: {error.strerror or error}."))
        except Exception as error:
            self._fail(task, error)
        else:
            self._end(task, StepOutcome(StepState.MADE, made, made.findings))

    def _fail(self, task: Task, error: Exception) -> None:
        slug = self._works[task.number].manuscript.slug
        finding = failures.finding(error, task.step)
        trace = "" if isinstance(error, ExporterError) else "".join(traceback.format_exception(error))
        details = write_crash_report(self._context.store, f"{slug} {task.step}", getattr(error, "details", trace))
        if details:
            # Not in the finding: that goes into the report, which may be handed on.
            self._listener(Notice(f"{slug}: what helps to mend this is in {details}"))
        self._end(
            task, StepOutcome(StepState.FAILED, None, (finding,), finding.message, failures.code_of(error, task.step))
        )

    def _end(self, task: Task, result: StepOutcome) -> None:
        work = self._works[task.number]
        slug = work.manuscript.slug
        work.results[task.step] = result
        seconds = self._clock.end(slug, task.step, worked=result.state is StepState.MADE)
        if task.step == "parse" and result.made is not None:
            with suppress(ExporterError):
                # What the manuscript says of its own findings; when it is wrong, the next step says so.
                resolve_settings(self._context, work, result.made.info.get("options", {}))
        for ruling in work.triage(result):
            if ruling.is_active:
                self._listener(Found(slug, ruling.finding, place(Path(work.manuscript.shown), ruling.finding)))
        self._listener(
            Ended(slug, task.step, result.state, result.reason, seconds, self._clock.share, self._clock.remaining)
        )
        self._sorter.done(task)
        if task.step == ("publish" if self._context.output is not None else "gate"):
            self._listener(PublicationFinished(slug, int(code_of(work))))


def code_of(publication_run: PublicationRun) -> ExitCode:
    """Return the exit code of a publication: the largest of those that its steps ask for, the gate among them."""
    return max((result.code for result in publication_run.results.values()), default=ExitCode.DONE)


def place(manuscript: Path, finding: Finding) -> str:
    """Return the file of a finding as seen from where the manuscript is seen; empty when it has none."""
    if finding.source is None:
        return ""
    # What could not be told apart is named by its own path already.
    return (
        finding.source.file if finding.source.file == str(manuscript) else str(manuscript.parent / finding.source.file)
    )
