"""The story of an export.

Each manuscript becomes one tree (`parse`, `prepare`), which is checked (`lint`). A translation is read beside its
original (`original`), compared with it (`translation_check`) and combined with it (`parallel_tree`). The tree is
written as every edition that was requested (`write:pdf` ...). Each finished edition is read and compared with the tree
(`parity:pdf` ...), and checked by its rules and validators (`check:pdf` ...). The editions are compared with each other
(`edition_comparison`); the `gate` decides whether the publication is published, and the `report` gives the reasons,
also in a copy of a Word manuscript (`comments`). The `page` of the publication follows, and `publish` copies everything
to the output folder; `write_file` writes a single edition instead, and `check_page` the report of a mere check. Then
the catalogue of the output folder is updated. `barrier` lets the steps of one publication wait for those of all. The
text editions of all publications come first. If an edition has a recording with text that has to be spoken, its `write`
step ends at once, and an EPUB is written without its recording; report, page and catalogue say that the recording
follows. Once all text editions are published, a second graph has the steps of these editions, and those that publish
everything again. Each step is defined in a file of its own in `exporter.pipeline.steps`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import NoReturn

import msgspec

from exporter.config import SettingsLayer
from exporter.errors import ErrorCollector, ExporterError, SettingsError, separate_errors
from exporter.pipeline.context import PublicationRun, RunContext
from exporter.pipeline.events import Planned
from exporter.pipeline.execution.measurements import Measurements
from exporter.pipeline.execution.progress import ProgressEstimator
from exporter.pipeline.execution.scheduler import Progress, Scheduler
from exporter.pipeline.execution.step_history import StepHistory
from exporter.pipeline.families import Families
from exporter.pipeline.manuscripts import Manuscript
from exporter.pipeline.output.catalogue_update import update_catalogue
from exporter.pipeline.step import EditionStep, Graph, Step
from exporter.pipeline.steps import STEPS
from exporter.pipeline.steps.barrier import Barrier
from exporter.pipeline.steps.parse import Parse

_CATALOGUES = 10
"""How often the catalogue is sent again at most: a client that goes on publishing sends its own at its end."""


def run_export(
    context: RunContext, manuscripts: Sequence[Manuscript], make_executor: Callable[[Progress], Executor]
) -> tuple[PublicationRun, ...]:
    """Execute the steps of every publication, then update the catalogue if there is an output folder.

    Args:
        context: The run.
        manuscripts: One for each publication.
        make_executor: Returns the executor of the steps; its argument receives their progress.

    Raises:
        KeyboardInterrupt: The run was cancelled; no file is half-written.
        OutputError: The catalogue cannot be written.
    """
    publications = tuple(PublicationRun(context, manuscript) for manuscript in manuscripts)
    with_recordings = {
        publication: PublicationRun(context, publication.manuscript, before=publication) for publication in publications
    }
    graph = plan(publications)
    processes, measurements = context.processes, Measurements(context.store)
    history = StepHistory(context.store)
    progress = ProgressEstimator(measurements, processes, graph, plan(tuple(with_recordings.values())))
    context.listener(Planned(tuple(publication.manuscript.slug for publication in publications), len(graph)))
    _execute(context, graph, make_executor, progress, history)
    following = [run for publication, run in with_recordings.items() if publication.following]
    if following:
        graph = plan_recordings(following)
        context.listener(Planned(tuple(run.manuscript.slug for run in following), len(graph)))
        _execute(context, graph, make_executor, progress, history)
    return tuple(run if run in following else publication for publication, run in with_recordings.items())


def _execute(
    context: RunContext,
    graph: Graph,
    make_executor: Callable[[Progress], Executor],
    progress: ProgressEstimator,
    history: StepHistory,
) -> None:
    Scheduler(context, graph, make_executor, progress, history).execute()
    shared = context.shared_output
    if shared is not None:
        shared.receive()
    if context.output is not None:
        update_catalogue(context)
    if shared is not None:
        shared.send()
        # This catalogue may have replaced that of a client which ended meanwhile, with publications unknown here.
        for _ in range(_CATALOGUES):
            if not shared.receive():
                break
            update_catalogue(context)
            shared.send()


def raise_settings_errors(
    context: RunContext,
    manuscripts: Sequence[Manuscript],
    make_executor: Callable[[Progress], Executor],
    errors: Sequence[ExporterError],
) -> NoReturn:
    """Raise errors of the run together with those in the settings of its publications, the manuscripts included.

    Args:
        context: The run.
        manuscripts: One for each publication.
        make_executor: As for `run_export`.
        errors: Errors on the command line and in the publisher settings.
    """
    # Without the settings of the run, whose errors are known.
    context = dataclasses.replace(
        context, publisher_settings=None, command_line_settings=SettingsLayer(""), listener=lambda _event: None
    )
    publications = tuple(PublicationRun(context, manuscript) for manuscript in manuscripts)
    graph = plan(publications, (Parse,))
    progress = ProgressEstimator(Measurements(context.store), context.processes, graph, {})
    Scheduler(context, graph, make_executor, progress, StepHistory(context.store)).execute()
    with ErrorCollector() as collector:
        for error in errors:
            collector.add(error)
        for publication in publications:
            try:
                _ = publication.settings_with_manuscript
            except ExporterError as error:
                for single in separate_errors(error):
                    collector.add(_with_path(single, publication.manuscript))
    raise AssertionError("no errors were given")


def _with_path(error: ExporterError, manuscript: Manuscript) -> ExporterError:
    """Return an error in the settings of a publication with the path of its file as the user sees it."""
    if error.source is None:
        return error
    file = str(Path(manuscript.shown).parent / error.source.file)
    source = msgspec.structs.replace(error.source, file=file)
    return SettingsError(error.message, advice=error.advice, source=source)


def plan(publications: Sequence[PublicationRun], kinds: Sequence[type[Step]] = STEPS) -> Graph:
    """Return the graph of all steps of these kinds, and set the steps and families of each publication."""
    families = Families(publications)
    for publication in publications:
        publication.families = families
        publication.steps = {step.id: step for kind in kinds for step in kind.of(publication)}
    return {
        step: list(_dependencies(step, publications))
        for publication in publications
        for step in publication.steps.values()
    }


def _dependencies(step: Step, publications: Sequence[PublicationRun]) -> Iterator[Step]:
    """Yield the steps that have to end before one begins."""
    if isinstance(step, Barrier):
        yield from (other.steps[step.awaited] for other in publications if step.awaited in other.steps)
    own, first, needs = step.publication.steps, publications[0].steps, tuple(step.needs())
    assert {need.partition(":")[0] for need in needs} <= {kind.name for kind in STEPS}, f"{step.id} needs {needs}"
    yield from (own[need] for need in needs if need in own)
    barriers = (f"{Barrier.name}:{need}" for need in step.needs_of_all())
    yield from (first[need] for need in barriers if need in first)


def plan_recordings(publications: Sequence[PublicationRun]) -> Graph:
    """Return the graph of the steps that follow the text editions, and set the steps of each publication.

    The outcomes of all other steps are those of the run before.
    """
    whole = plan(publications)
    graph = {step: needs for step, needs in whole.items() if _follows(step)}
    for publication in publications:
        assert publication.before is not None
        before = publication.before.outcomes
        publication.outcomes = {step.id: before[step.id] for step in publication.steps.values() if step not in graph}
    return {step: [need for need in needs if need in graph] for step, needs in graph.items()}


def _follows(step: Step) -> bool:
    """Return whether a step is done after the text editions, or again: its result depends on a recording."""
    assert step.publication.before is not None
    following = step.publication.before.following
    if isinstance(step, EditionStep):
        sources = (step.edition.name, *step.edition.writer.NEEDS, *step.edition.writer.INHERITS_SETTINGS)
        return any(name in following for name in sources)
    return step.follows_recordings
