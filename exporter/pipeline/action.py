"""What a step of a publication asks for: work for another process, or nothing."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, NamedTuple

from exporter.pipeline.results import StepResult


class Action(NamedTuple):
    """Work for another process."""

    key: str
    function: StepFunction
    arguments: dict[str, Any]
    inputs: Callable[[], object] = lambda: None
    """Gives the state of the files that the step reads: when it changes meanwhile, the result is not kept."""
    deferred_arguments: Callable[[], dict[str, Any]] = dict
    """Gives arguments that decide nothing and cost something: asked for when the work begins."""


class Skip(NamedTuple):
    """Nothing to do."""

    reason: str
    """One sentence; empty when nobody asked for the step."""


class StepFunction:
    """The `run` of a module, imported where it is called: finding out that there is nothing to do needs none of it.

    `StepPool` looks at `seconds`, `label` and `weight`; other executors need not.
    """

    def __init__(self, module: str, seconds: float, label: tuple[int, str] | None = None, weight: float = 0.0) -> None:
        self.module = module
        self.seconds = seconds
        """Time limit."""
        self.label = label
        """Goes with the progress of the step."""
        self.weight = weight
        """The heaviest step is run first."""

    def __call__(self, **arguments: Any) -> StepResult:
        made: StepResult = importlib.import_module(self.module).run(**arguments)
        return made

    def for_task(self, label: tuple[int, str], weight: float) -> StepFunction:
        """Return the same step with a label and a weight."""
        return StepFunction(self.module, self.seconds, (label[0], label[1]), weight)


def module_of(step: str) -> str:
    """Return the module that does a step."""
    return f"exporter.pipeline.steps.{step}"
