"""Steps of an export: the base classes, and the actions that they request from the scheduler.

Each step is defined in one file of `steps/`: name, title, inputs, dependencies, time limit and body. Graph,
progress and error titles are derived from these classes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar

import msgspec

from exporter.pipeline.context import PublicationRun
from exporter.pipeline.outcomes import StepOutcome
from exporter.pipeline.registry import Edition
from exporter.pipeline.storage.results import StepResult

CHECKS_DISABLED = "Checks are disabled on the command line."
"""The reason of a skipped check."""
_T = TypeVar("_T")
Unkeyed = Annotated[_T, "unkeyed"]
"""Type of an input that is not part of the key: the rest of the key determines it, or it does not affect the result."""


class StepContext(msgspec.Struct, frozen=True):
    """Context of the `run` of a step on the machine that executes it; no part of the key."""

    store: Path
    """Root of the store."""
    styles: Path
    """Folder of styles."""
    scratch: Path
    """Folder for this step only, which does not exist yet."""
    code: str
    """Digest of the code."""
    processes: int = 1
    """How many processes it may use."""
    java: str | None = None
    """Address of the JVM; None if it uses none."""


class Action(NamedTuple):
    """Work for another process, unless the store has its result already."""

    inputs: msgspec.Struct
    """The `Inputs` of the step."""
    limit: float
    """Timeout in seconds."""
    size: int | None = None
    """Bytes of its input, on which its memory depends; None if it may use as much as any step."""
    state: Mapping[str, Any] = {}
    """What else determines the result, such as the digests of files."""
    files: Callable[[], object] = lambda: None
    """Returns the state of the files that the step reads: its result is not cached if they change meanwhile."""
    deferred: Callable[[], Mapping[str, Any]] = dict
    """Stores files that inputs name, and returns these inputs: called when the work begins."""
    uses_java: bool = False
    """Whether it uses the JVM."""
    recording_follows: bool = False
    """Whether it makes an edition without its recording, which follows."""

    @property
    def key(self) -> Mapping[str, Any]:
        """Everything that determines the result, besides the code: JSON, or what msgspec converts to it."""
        return {name: getattr(self.inputs, name) for name in _keyed(type(self.inputs))} | dict(self.state)


@cache
def _keyed(inputs: type[msgspec.Struct]) -> tuple[str, ...]:
    fields = msgspec.structs.fields(inputs)
    return tuple(field.name for field in fields if "unkeyed" not in getattr(field.type, "__metadata__", ()))


class Immediate(NamedTuple):
    """Work that takes a moment, done in this process in every run."""

    function: Callable[[], StepOutcome]


class Skip(NamedTuple):
    """Nothing to do."""

    reason: str
    """One sentence; empty if the step was not requested."""
    recording_follows: bool = False
    """Whether it is done after the text editions."""


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
    """Whether it only examines a finished edition: if it crashes, the edition is published without the check."""
    reads_input: ClassVar[bool] = False
    """Whether its body reads files of the input, which only the machine of the export has."""
    needs_output: ClassVar[bool] = False
    """Whether it is part of an export only, not of `exporter check`, which publishes nothing."""
    follows_recordings: ClassVar[bool] = True
    """Whether it is repeated after the recordings of a publication, on which its result depends."""
    end_is_shown: ClassVar[bool] = True
    """Whether its end has a line in the display; the files that a step places have lines of their own."""
    skip_is_shown: ClassVar[bool] = True
    """Whether that is so if it was skipped; for some, the cause has a line already."""
    goes_first: bool = False
    """Whether it starts before others, since it finds out what has to be done, or takes no time."""
    typical_seconds: float = 1.0
    """The estimate of its duration until one has been measured."""
    Inputs: ClassVar[type[msgspec.Struct]]
    """What `run` reads, field by field: all are part of the key, except those that are `Unkeyed`."""
    run: ClassVar[Callable[..., StepResult]]
    """The body of an `Action`, run in any process with its inputs and a `StepContext`: a static method."""

    def __init__(self, publication: PublicationRun) -> None:
        self.publication = publication
        self.context = publication.context
        self.unspoken: Mapping[str, int] | None = None
        """Characters to be spoken by voice engine, if the step has been tried and must not speak."""

    @classmethod
    def of(cls, publication: PublicationRun) -> Iterator[Step]:
        """Yield the steps of this kind that a publication has."""
        if publication.context.output is not None or not cls.needs_output:
            yield cls(publication)

    @property
    def id(self) -> str:
        """The name that is unique in the publication, such as `parse` or `write:pdf`."""
        return self.name

    @property
    def edition_name(self) -> str:
        """The name of its edition, or "" for a step of the whole publication."""
        return ""

    @property
    def description(self) -> str:
        """What the step does, as the subject of a sentence."""
        return self.title

    @property
    def scratch(self) -> Path:
        """A folder for this step only, which does not exist yet."""
        part = "recordings" if self.publication.before else "texts"
        return self.context.scratch / f"{self.publication.manuscript.slug}-{part}-{self.id.replace(':', '-')}"

    @property
    def code(self) -> str:
        """The digest of the code that determines the result."""
        return self.context.code.digest()

    def needs(self) -> Iterator[str]:
        """Yield the IDs of the steps that have to end first; those that a publication does not have are ignored."""
        yield from ()

    def needs_of_all(self) -> Iterator[str]:
        """Yield the IDs of the steps that have to end first for every publication of the run."""
        yield from ()

    @abstractmethod
    def action(self) -> Action | Immediate | Skip:
        """Return the action, once the steps that this one needs have ended; has no side effects.

        Raises:
            ExporterError: The step cannot be executed.
        """


class EditionStep(Step):
    """A step of one edition of a publication.

    Args:
        publication: The publication.
        edition: The edition; `{}` in `title` is replaced by its name.
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
        """The name that is unique in the publication, such as `write:pdf`."""
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
    def is_named(self) -> bool:
        """Whether the command line or the settings name the edition."""
        return self.publication.names(self.edition)

    @property
    def code(self) -> str:
        """The digest of the code that determines the result, including that of a plug-in."""
        return self.context.code.digest(self.edition.module)


Graph = Mapping[Step, Sequence[Step]]
"""Each step with its dependencies."""
