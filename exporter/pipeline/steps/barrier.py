"""The end of a step for all publications of a run, for which steps wait that look at families."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.pipeline.context import PublicationRun
from exporter.pipeline.events import StepState
from exporter.pipeline.outcomes import StepOutcome
from exporter.pipeline.step import Immediate, Step


class Barrier(Step):
    """A step without work between a step of all publications and those that need it of all.

    It belongs to the first publication. Without it, each of a thousand publications would depend on a thousand steps.

    Args:
        publication: The first publication of the run.
        awaited: The step of all publications, such as `parse`.
    """

    name = "barrier"
    title = "Waiting for “{}” of all publications"
    label = "waiting"
    goes_first = True
    typical_seconds = 0.0

    def __init__(self, publication: PublicationRun, awaited: str) -> None:
        super().__init__(publication)
        self.awaited = awaited

    @classmethod
    def of(cls, publication: PublicationRun) -> Iterator[Step]:
        """Yield the steps if this is the first publication of a run with text editions."""
        if publication.families.first is publication and publication.before is None:
            yield cls(publication, "parse")
            yield cls(publication, "prepare")

    @property
    def id(self) -> str:
        """The name that is unique in the publication, such as `barrier:parse`."""
        return f"{self.name}:{self.awaited}"

    @property
    def description(self) -> str:
        """What the step does, as the subject of a sentence."""
        return self.title.format(self.awaited)

    def action(self) -> Immediate:
        """Return nothing to do."""
        return Immediate(lambda: StepOutcome(StepState.UNCHANGED))
