"""The external validators of a run: which are installed, and the JVM that those in Java share."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from exporter.pipeline.registry import Edition, load_validators


class ExternalValidators:
    """The installed external validators, and a JVM that runs from the first request for it to the end of the run."""

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
        """Return the version of each external validator of an edition; empty for one that is not installed."""
        if edition.name not in self._known:
            description = edition.description
            checks = load_validators(description.file_type, description.validators)
            self._known[edition.name] = {
                check.NAME: "" if check.missing() else check.version() for check in checks if check.EXTERNAL
            }
        return self._known[edition.name]

    def java(self) -> str | None:
        """Return the address of the JVM, which is started at the first call."""
        if self._address is None:
            from exporter.validate.java import JvmServer

            self._address = self._stack.enter_context(JvmServer()).address
        return self._address
