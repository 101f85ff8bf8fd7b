"""Progress and remaining time of a run, estimated from earlier durations of the same steps."""

from __future__ import annotations

import time
from collections.abc import Mapping

import msgspec

from exporter.pipeline.store import Store

TABLE = "durations"
_ENTRIES = 2000


class ProgressEstimator:
    """Estimator of the progress and the remaining time of a run.

    Args:
        store: The store with the durations of earlier runs.
        steps: Typical duration of each step in seconds, by publication and ID, used until one has been measured.
    """

    def __init__(self, store: Store, steps: Mapping[tuple[str, str], float]) -> None:
        self._store = store
        self._typical = steps
        try:
            self._known = msgspec.msgpack.decode(store.table(TABLE) or b"\x80", type=dict[str, float])
        except msgspec.MsgspecError:
            self._known = {}
        self._open = {step: self.weight(*step) for step in steps}
        self._total = sum(self._open.values()) or 1.0
        self._shares: dict[tuple[str, str], float] = {}
        self._started: dict[tuple[str, str], float] = {}
        self._begin = time.monotonic()
        self._worked = 0.0
        self._changed = False

    def start(self, publication: str, step: str) -> None:
        """Record that a step has started."""
        self._started[publication, step] = time.monotonic()

    def advance(self, publication: str, step: str, share: float) -> None:
        """Record the fraction (0-1) of a step that is done; may be called on any thread."""
        self._shares[publication, step] = min(max(share, 0.0), 1.0)

    def end(self, publication: str, step: str, *, worked: bool) -> float:
        """Record that a step has ended; return its duration in seconds.

        Args:
            publication: Slug.
            step: ID of the step.
            worked: Whether it was executed and succeeded.
        """
        weight = self._open.pop((publication, step), 0.0)
        self._shares.pop((publication, step), None)
        began = self._started.pop((publication, step), None)
        if began is None:
            # It was not executed; counting it would make the remaining time too short.
            self._total -= weight
            return 0.0
        seconds = time.monotonic() - began
        self._worked += weight
        if worked:
            self._known.pop(_name(publication, step), None)
            self._known[_name(publication, step)] = seconds
            self._changed = True
        return seconds

    @property
    def share(self) -> float:
        """The fraction of the work that is done, 0-1."""
        if not self._open or self._total <= 0:
            return 1.0
        running = sum(self._open.get(step, 0.0) * share for step, share in tuple(self._shares.items()))
        return min(1.0, (self._worked + running) / self._total)

    @property
    def remaining(self) -> float | None:
        """The remaining seconds, or None while they cannot be estimated."""
        if not self._open:
            return 0.0
        share = self.share
        elapsed = time.monotonic() - self._begin
        return elapsed * (1 - share) / share if share > 0.02 else None

    def save(self) -> None:
        """Write the durations to the store, for the next run."""
        if self._changed:
            recent = dict(list(self._known.items())[-_ENTRIES:])
            self._store.keep_table(TABLE, msgspec.msgpack.encode(recent))

    def weight(self, publication: str, step: str) -> float:
        """Return the seconds that a step took last time, or its typical duration."""
        return max(0.01, self._known.get(_name(publication, step), self._typical[publication, step]))


def _name(publication: str, step: str) -> str:
    return f"{publication}/{step}"
