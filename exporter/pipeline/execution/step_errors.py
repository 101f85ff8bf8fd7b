"""Errors of steps that neither return nor refuse their input."""

from __future__ import annotations

from exporter.errors import StepError


class StepCrashError(StepError):
    """Crash of a step, which is not due to the manuscript; `details` is for developers."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.details = details

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.message, self.details)


class StepTimeoutError(StepError):
    """Timeout of a step."""


class StepMemoryError(StepError):
    """A step that needed more memory than it may use."""
