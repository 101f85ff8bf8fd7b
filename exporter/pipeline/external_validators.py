"""The outside validators of a run: which are installed, and the one Java machine that those in Java share."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from exporter.pipeline.registry import Edition, load_validators


class ExternalValidators:
    """What there is to check editions with; a Java machine is at work from the first question for it to the end."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._address: str | None = None
        self._known: dict[str, dict[str, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    def installed(self, edition: Edition) -> dict[str, str]:
        """Return the version of each outside validator that looks at an edition; empty for one that is missing."""
        if edition.name not in self._known:
            states = edition.description
            checks = load_validators(states.file_type, states.validators)
            self._known[edition.name] = {
                check.NAME: "" if check.missing() else check.version() for check in checks if check.EXTERNAL
            }
        return self._known[edition.name]

    def java(self) -> str | None:
        """Return the address of the Java machine, which is started by the first file that it is to judge."""
        if self._address is None:
            from exporter.validate.java import JvmServer

            self._address = self._stack.enter_context(JvmServer()).address
        return self._address
