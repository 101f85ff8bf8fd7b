"""The steps of an export in the process of the test: the same answers as from processes of their own, in less time."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporter.pipeline.execution import worker
from exporter.pipeline.execution.step_errors import StepCrashError, StepMemoryError
from exporter.pipeline.execution.worker import Failed, Refused, Returned, StepFunction


class InThisProcess(Executor):
    """Stands where `StepPool` does. What ends a process, hangs or prints to a pipe needs the real one."""

    def __init__(self, size: int, progress: Callable[[Any, float], None], temporary: Path) -> None:
        self._progress = progress

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        function = function if isinstance(function, StepFunction) else StepFunction(function)
        # A limit of memory would be that of all tests in this process, and stay where steps of two threads overlap.
        function = msgspec.structs.replace(function, memory=None)
        # What cannot be pickled never reaches another process.
        function, arguments, keywords = _copied((function, arguments, keywords))
        future: Future[Any] = Future()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(worker, "_report", lambda share: self._progress(function.label, share))
            answer = _copied(worker._perform(function, arguments, keywords))
        match answer:
            case Returned(value):
                future.set_result(value)
            case Refused(error):
                future.set_exception(error)
            case Failed(what, details, is_memory):
                crash = StepMemoryError("needed more memory") if is_memory else StepCrashError(what, details)
                future.set_exception(crash)
        return future


def _copied(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))
