"""Execution of a graph of steps: in the order of the graph, as many at a time as the executor runs.

If the store has a result under the key of a step's action, the step is up to date. Otherwise the action goes to the
executor. A failure becomes a finding, the steps that need the result are skipped, and all others continue.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import msgspec

from exporter import budgets
from exporter.errors import DamagedObjectError, ExporterError, OutputError, UnavailableError, UnspokenError
from exporter.findings import Finding
from exporter.pipeline.context import RunContext
from exporter.pipeline.events import Advanced, Ended, Found, Notice, PublicationFinished, Started, StepState
from exporter.pipeline.execution import failures
from exporter.pipeline.execution.crash_reports import write_crash_report
from exporter.pipeline.execution.precedence import precedence
from exporter.pipeline.execution.progress import ProgressEstimator
from exporter.pipeline.execution.step_history import StepHistory
from exporter.pipeline.execution.worker import StepFunction
from exporter.pipeline.file_writing import remove_tree
from exporter.pipeline.outcomes import StepOutcome
from exporter.pipeline.step import Action, EditionStep, Graph, Immediate, Skip, Step, StepContext
from exporter.pipeline.storage.results import StepResult, step_key

_POLL = 0.5
"""Seconds between two checks whether the run was cancelled."""
Progress = Callable[[Any, float], None]
"""Receives the label of a step and the fraction of it that is done, on any thread."""


class Scheduler:
    """Scheduler of one run over a graph.

    Args:
        context: The run.
        graph: All steps of all publications.
        make_executor: Returns an executor of any kind; called when the first action is submitted.
        progress: Learns what is done.
        history: Learns what was done and why.
    """

    def __init__(
        self,
        context: RunContext,
        graph: Graph,
        make_executor: Callable[[Progress], Executor],
        progress: ProgressEstimator,
        history: StepHistory,
    ) -> None:
        self._context = context
        self._graph = graph
        self._make_executor = make_executor
        self._executor: Executor | None = None
        self._listener = context.listener
        self._running: dict[Future[StepResult], tuple[Step, Action, object]] = {}
        self._retried: set[Step] = set()
        self._repaired: set[tuple[Step, str]] = set()
        """Steps that were done again because of a damaged object, with its digest."""
        self._missing: set[str] = set()
        """Digests of objects that were damaged and are not made again yet."""
        self._waiting: dict[Step, list[Step]] = {}
        """Steps that wait for an object of the store to be made again, by the step that makes it."""
        self._sorter = TopologicalSorter(graph)
        self._steps = {_label(step): step for step in graph}
        self._progress = progress
        self._history = history
        self._weights = precedence(graph, progress.weight)

    def execute(self) -> None:
        """Execute every step; `PublicationRun.outcomes` then has their outcomes.

        Raises:
            KeyboardInterrupt: The run was cancelled; the processes have ended then.
        """
        self._sorter.prepare()
        self._progress.begin(self._graph)
        try:
            while self._sorter.is_active():
                if self._context.is_cancelled():
                    raise KeyboardInterrupt
                ready = sorted(self._sorter.get_ready(), key=self._weights.__getitem__, reverse=True)
                for step in ready:
                    self._begin(step)
                if self._running and not ready:
                    done, _ = wait(self._running, _POLL, FIRST_COMPLETED)
                    for future in done:
                        self._finish(future)
        except BaseException:
            if self._executor:
                self._executor.shutdown(wait=True, cancel_futures=True)
            raise
        finally:
            self._context.fingerprints.save()
            self._progress.save()
            self._history.save()
        if self._executor:
            self._executor.shutdown()

    def _begin(self, step: Step) -> None:
        try:
            action = step.action()
            if isinstance(action, Skip):
                follows = action.recording_follows
                self._end(step, StepOutcome(StepState.SKIPPED, reason=action.reason, recording_follows=follows))
                return
            if isinstance(action, Immediate):
                self._end(step, action.function())
                return
            key = _key(step, action)
            result = self._recorded(key)
            if result is not None:
                self._history.add(step, action, key, StepState.UNCHANGED)
                self._end(step, _outcome(StepState.UNCHANGED, result, action))
                return
            files = action.files()
            self._listener(Started(*_label(step)))
            self._progress.start(step)
            self._submit(step, action, files)
        except Exception as error:  # a plug-in may raise any exception
            self._fail(step, error)

    def _recorded(self, key: str) -> StepResult | None:
        record = self._context.store.record(key)
        if record is None:
            return None
        try:
            result = msgspec.json.decode(record, type=StepResult)
        except msgspec.MsgspecError:
            return None
        holds, path = self._context.fingerprints.holds, self._context.store.path
        if self._context.store.shared:
            # The record is written last; an object that is missing all the same is made again where it is needed.
            return result if self._missing.isdisjoint(output.digest for output in result.outputs.values()) else None
        return result if all(holds(path(output.digest), output.digest) for output in result.outputs.values()) else None

    def _submit(self, step: Step, action: Action, files: object) -> None:
        most = self._context.memory
        memory = most if action.size is None else budgets.memory(action.size, most)
        function = StepFunction(
            step.run, action.limit, memory, _label(step), self._weights[step], reads_input=step.reads_input
        )
        inputs = msgspec.structs.replace(action.inputs, **action.deferred())
        context = StepContext(
            store=self._context.store.root,
            styles=self._context.styles,
            scratch=step.scratch,
            code=step.code,
            processes=self._context.processes_of_step,
            java=self._context.validators.java() if action.uses_java else None,
        )
        if self._executor is None:
            self._executor = self._make_executor(self._advance)
        try:
            future = self._executor.submit(function, inputs, context)
        except BrokenExecutor:
            self._executor.shutdown(wait=False)
            self._executor = self._make_executor(self._advance)
            future = self._executor.submit(function, inputs, context)
        self._running[future] = (step, action, files)

    def _advance(self, label: tuple[str, str], share: float) -> None:
        self._progress.advance(self._steps[label], share)
        self._listener(Advanced(*label, share, self._progress.share, self._progress.remaining))

    def _finish(self, future: Future[StepResult]) -> None:
        step, action, files = self._running.pop(future)
        try:
            result = future.result()
            store = self._context.store
            self._missing.difference_update(output.digest for output in result.outputs.values())
            for output in result.outputs.values() if not store.shared else ():
                self._context.fingerprints.remember(store.path(output.digest), output.digest)
            # No key describes a file that changed while it was read.
            key, is_kept = _key(step, action), result.cacheable and action.files() == files
            if is_kept:
                store.keep(key, msgspec.json.encode(msgspec.structs.replace(result, step=step.id)))
            self._history.add(step, action, key, StepState.MADE, is_kept=is_kept)
        except UnspokenError as error:
            step.unspoken = error.characters
            self._progress.end(step, StepResult())
            remove_tree(step.scratch)
            self._begin(step)
        except BrokenExecutor as error:
            if step in self._retried:
                self._fail(step, error)
                return
            # Another step may have broken the executor: retry once, in a new one.
            self._retried.add(step)
            remove_tree(step.scratch)
            self._submit(step, action, files)
        except OSError as error:
            self._fail(step, OutputError(f"The store cannot be read: {error.strerror or error}."))
        except Exception as error:
            self._fail(step, error)
        else:
            self._end(step, _outcome(StepState.MADE, result, action))

    def _repair(self, step: Step, digest: str) -> bool:
        """Begin to make a damaged object of the store again; return whether that has not been tried before."""
        if (step, digest) in self._repaired:
            return False
        self._repaired.add((step, digest))
        self._missing.add(digest)
        remove_tree(step.scratch)
        publication = step.publication
        maker = next(
            (publication.steps[name] for name, outcome in publication.outcomes.items() if _has(outcome, digest)), None
        )
        action = maker.action() if maker else None
        if maker is None or not isinstance(action, Action):
            self._begin(step)
            return True
        if maker not in self._waiting:
            slug = publication.manuscript.slug
            self._listener(Notice(f"{slug}: A file of the store was damaged and is made again. {maker.description}."))
            self._submit(maker, action, action.files())
        self._waiting.setdefault(maker, []).append(step)
        return True

    def _fail(self, step: Step, error: Exception) -> None:
        if isinstance(error, DamagedObjectError) and self._repair(step, error.digest):
            return
        if isinstance(error, UnavailableError) and isinstance(step, EditionStep) and not step.is_named:
            finding = failures.UNAVAILABLE.finding(error.message, advice=error.advice, edition=step.edition_name)
            self._end(step, StepOutcome(StepState.SKIPPED, None, (finding,), error.message))
            return
        slug, name = _label(step)
        findings = failures.findings(error, step.description, edition=step.edition_name, is_check=step.is_check)
        trace = "" if isinstance(error, ExporterError) else "".join(traceback.format_exception(error))
        details = write_crash_report(self._context.store, f"{slug} {name}", getattr(error, "details", trace))
        if details:
            # Not in the finding: it goes into the report, which others may read.
            self._listener(Notice(f"{slug}: crash report written to {details}"))
        code = failures.code_of(error, is_check=step.is_check)
        self._end(step, StepOutcome(StepState.FAILED, None, findings, findings[0].message, code))

    def _end(self, step: Step, outcome: StepOutcome) -> None:
        publication = step.publication
        if step in self._waiting:
            # It has ended before, and was done again for the steps that wait.
            for waiting in self._waiting.pop(step):
                self._begin(waiting)
            return
        slug = publication.manuscript.slug
        publication.outcomes[step.id] = outcome
        seconds = self._progress.end(step, outcome.result if outcome.state is StepState.MADE else None)
        known = publication.before.outcomes[step.id].findings if publication.before else ()
        for triaged in publication.triage(outcome):
            if triaged.is_active and triaged.finding not in known:
                path = shown_path(Path(publication.manuscript.shown), triaged.finding)
                self._listener(Found(slug, triaged.finding, path))
        share, remaining = self._progress.share, self._progress.remaining
        self._listener(Ended(slug, step.id, outcome.state, outcome.reason, seconds, share, remaining))
        self._sorter.done(step)
        if len(publication.outcomes) == len(publication.steps) and not publication.following:
            self._listener(PublicationFinished(slug, int(publication.exit_code)))


def shown_path(manuscript: Path, finding: Finding) -> str:
    """Return the path of the file of a finding, relative to the same folder as `manuscript`; "" if it has none."""
    if finding.source is None:
        return ""
    # The source of an unresolved manuscript is its own path already.
    return (
        finding.source.file if finding.source.file == str(manuscript) else str(manuscript.parent / finding.source.file)
    )


def _has(outcome: StepOutcome, digest: str) -> bool:
    outputs = outcome.result.outputs if outcome.result else {}
    return any(output.digest == digest for output in outputs.values())


def _outcome(state: StepState, result: StepResult, action: Action) -> StepOutcome:
    return StepOutcome(state, result, result.findings, recording_follows=action.recording_follows)


def _label(step: Step) -> tuple[str, str]:
    return step.publication.manuscript.slug, step.id


def _key(step: Step, action: Action) -> str:
    return step_key(step.name, code=step.code, **action.key)
