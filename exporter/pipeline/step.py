"""Steps of an export: the base classes, and what a step asks the scheduler for.

A step stands in one file of `steps/`: its name, its title, what it needs, what decides its result, its time limit, and
the work itself. Everything else that speaks of steps is derived from these classes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from exporter.pipeline.context import PublicationRun, StepOutcome
from exporter.pipeline.registry import Edition
from exporter.pipeline.results import StepResult


class Action(NamedTuple):
    """Work for another process, unless the store has its result already."""

    key: Mapping[str, Any]
    """Everything that decides the result, besides the code: JSON, or what msgspec turns into it."""
    arguments: Mapping[str, Any]
    """Arguments of the step's `run`; the folder of the store is added to them."""
    limit: float
    """Seconds after which the work is ended."""
    inputs: Callable[[], object] = lambda: None
    """Returns the state of the files that the work reads: a result is not kept if they change meanwhile."""
    deferred_arguments: Callable[[], Mapping[str, Any]] = dict
    """Returns arguments that decide nothing and cost something: called when the work begins."""


class Immediate(NamedTuple):
    """Work for this process, done in a moment and every time."""

    function: Callable[[], StepOutcome]


class Skip(NamedTuple):
    """Nothing to do."""

    reason: str
    """One sentence; empty if the step was not requested."""


class Step(ABC):
    """A step of one publication: a node of the graph.

    Args:
        publication: The publication.
    """

    name: ClassVar[str]
    """Name in events and in keys of the store, such as `parse`."""
    title: ClassVar[str]
    """What the step does, as the subject of a sentence: “Reading the manuscript”."""
    label: ClassVar[str]
    """The same in a word or two, for a progress bar: “reading”."""
    is_check: ClassVar[bool] = False
    """Whether it only looks at a finished edition: if it crashes, the edition is not checked, and is published."""
    needs_output: ClassVar[bool] = False
    """Whether it is part of an export only, not of `exporter check`, which publishes nothing."""
    run: ClassVar[Callable[..., StepResult]]
    """Does the work of an `Action`, in any process: a static method of every step that returns one."""

    def __init__(self, publication: PublicationRun) -> None:
        self.publication = publication
        self.context = publication.context

    @classmethod
    def of(cls, publication: PublicationRun) -> Iterator[Step]:
        """Yield the steps of this kind that a publication has."""
        if publication.context.output is not None or not cls.needs_output:
            yield cls(publication)

    @property
    def id(self) -> str:
        """The name that no other step of the publication has, such as `parse` or `write:pdf`."""
        return self.name

    @property
    def edition_name(self) -> str:
        """The name of its edition, or "" for a step of the publication as a whole."""
        return ""

    @property
    def description(self) -> str:
        """What the step does, as the subject of a sentence."""
        return self.title

    @property
    def typical_seconds(self) -> float:
        """How long it takes before anything was measured."""
        return 1.0

    @property
    def scratch(self) -> Path:
        """A folder for this step alone, which does not exist yet."""
        return self.context.scratch / f"{self.publication.manuscript.slug}-{self.id.replace(':', '-')}"

    @property
    def code(self) -> str:
        """The digest of the code that does the work."""
        return self.context.code.digest()

    def needs(self) -> Iterator[str]:
        """Yield the IDs of the steps that have to end first; those that the graph does not have are ignored."""
        yield from ()

    @abstractmethod
    def action(self) -> Action | Immediate | Skip:
        """Return what is to be done, once the steps that this one needs have ended; changes nothing.

        Raises:
            ExporterError: It cannot be done.
        """


class EditionStep(Step):
    """A step of one edition of a publication.

    Args:
        publication: The publication.
        edition: The edition; its name stands in `title` as `{}`.
    """

    def __init__(self, publication: PublicationRun, edition: Edition) -> None:
        super().__init__(publication)
        self.edition = edition

    @classmethod
    def of(cls, publication: PublicationRun) -> Iterator[Step]:
        """Yield one step for each edition."""
        for edition in publication.context.editions:
            yield cls(publication, edition)

    @property
    def id(self) -> str:
        """Such as `write:pdf`."""
        return f"{self.name}:{self.edition.name}"

    @property
    def edition_name(self) -> str:
        """The name of its edition."""
        return self.edition.name

    @property
    def description(self) -> str:
        """What the step does, as the subject of a sentence, such as “Creating the edition “pdf””."""
        return self.title.format(self.edition.name)

    @property
    def code(self) -> str:
        """The digest of the code that does the work, that of a plug-in included."""
        return self.context.code.digest(self.edition.module)


class StepFunction:
    """The `run` of a step with what an executor may use: its time limit, its label for progress, its weight.

    `StepPool` reads `seconds`, `label` and `weight`; other executors need not.
    """

    def __init__(self, run: Callable[..., StepResult], seconds: float, label: tuple[str, str], weight: float) -> None:
        self.run = run
        self.seconds = seconds
        """Time limit."""
        self.label = label
        """Publication and ID of the step."""
        self.weight = weight
        """Seconds to the end of the last step that waits for this one: the heaviest is run first."""

    def __call__(self, **arguments: Any) -> StepResult:
        """Do the work."""
        return self.run(**arguments)
