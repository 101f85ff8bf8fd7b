"""History of steps: with what inputs each was last executed, and why it was executed again.

It is kept in the store for `exporter store`. An entry has the digest of each input of the key of its step; the inputs
themselves, which many steps share, are kept once, so that the difference can be named.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from itertools import chain
from types import NoneType
from typing import Any

import msgspec

from exporter.pipeline.events import StepState
from exporter.pipeline.step import Action, Step
from exporter.pipeline.storage.store import Store

TABLE = "history"
_ENTRIES = 20_000
_NAMES = {
    "manuscript": "manuscript",
    "file": "name of the manuscript",
    "images": "images",
    "media": "images in the manuscript",
    "tree": "text",
    "styles": "styles",
    "software": "software",
    "digest": "the edition",
    "epub": "the edition",
    "clips": "recorded text",
    "sounds": "recorded text",
    "sidecars": "facts of other editions",
    "links": "links to other publications",
    "external": "programs or voices",
    "installed": "validators",
    "report": "findings",
}
"""Names of inputs; all others are settings."""
_SHOWN = 3
"""Differences of an input that a reason names."""
_SHORT = 40
"""Characters of a value that a reason quotes; longer ones are digests and texts."""


class HistoryEntry(msgspec.Struct, frozen=True, array_like=True):
    """The last execution of a step, or the last time that its result was found in the store."""

    publication: str
    """Slug."""
    step: str
    run: float
    """When its run began, in seconds since 1970."""
    is_made: bool
    """Whether it was executed; else its result was in the store."""
    reason: str
    """Why it was executed."""
    key: str
    inputs: dict[str, str]
    """Digests of the inputs of its key."""


class _Table(msgspec.Struct):
    entries: dict[str, HistoryEntry] = {}
    """By manuscript and step."""
    values: dict[str, Any] = {}
    """Inputs by their digest."""


class StepHistory:
    """History of the steps of a run.

    Args:
        store: Where it is kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._run = time.time()
        self._added: dict[str, tuple[Step, Action, str, bool, bool]] = {}

    def add(self, step: Step, action: Action, key: str, state: StepState, *, is_kept: bool = True) -> None:
        """Add a step that was executed, or whose result was in the store.

        Args:
            step: The step.
            action: Its action.
            key: Its key in the store.
            state: `MADE` or `UNCHANGED`.
            is_kept: Whether its result is kept in the store.
        """
        part = "recordings" if step.publication.before else "texts"
        name = f"{step.publication.manuscript.path}\0{part}\0{step.id}"
        self._added[name] = step, action, key, state is StepState.MADE, is_kept

    def save(self) -> None:
        """Write it to the store."""
        table = _read(self._store)
        for name, (step, action, key, is_made, is_kept) in self._added.items():
            before = table.entries.pop(name, None)
            # The inputs of a publication that has not changed are not gone through again.
            inputs = before.inputs if before and before.key == key else _add_inputs(table, step, action)
            reason = _reason(before, inputs, table.values, is_kept=is_kept) if is_made else ""
            slug = step.publication.manuscript.slug
            table.entries[name] = HistoryEntry(slug, step.id, self._run, is_made, reason, key, inputs)
        table.entries = dict(list(table.entries.items())[-_ENTRIES:])
        used = set(chain.from_iterable(entry.inputs.values() for entry in table.entries.values()))
        table.values = {digest: value for digest, value in table.values.items() if digest in used}
        self._store.keep_table(TABLE, msgspec.msgpack.encode(table))


def last_run(store: Store) -> tuple[HistoryEntry, ...]:
    """Return the steps of the last run, in the order in which they ended."""
    entries = _read(store).entries.values()
    last = max((entry.run for entry in entries), default=0.0)
    return tuple(entry for entry in entries if entry.run == last)


def _read(store: Store) -> _Table:
    try:
        return msgspec.msgpack.decode(store.table(TABLE) or b"\x80", type=_Table)
    except msgspec.MsgspecError:
        return _Table()


def _add_inputs(table: _Table, step: Step, action: Action) -> dict[str, str]:
    """Add the inputs of the key of a step to the table; return their digests by name."""
    digests = {"software": step.code}
    table.values[step.code] = step.context.code.parts.get(step.code)
    for name, value in action.key.items():
        data = msgspec.json.encode(value, order="deterministic")
        digests[name] = hashlib.sha256(data).hexdigest()[:16]
        table.values[digests[name]] = msgspec.to_builtins(value)
    return digests


def _reason(before: HistoryEntry | None, now: Mapping[str, str], values: Mapping[str, Any], *, is_kept: bool) -> str:
    """Return why a step was executed, as the inputs that have changed since the last time."""
    if before is None:
        return "for the first time"
    changed: dict[str, list[str]] = {}
    for name in dict.fromkeys((*now, *before.inputs)):
        old, new = before.inputs.get(name, ""), now.get(name, "")
        if old != new:
            title = _NAMES.get(name, "settings")
            details = changed.setdefault(title, [])
            pair = values.get(old), values.get(new)
            # The title says what a whole input is.
            if name not in _NAMES or all(isinstance(value, dict | list) for value in pair):
                details.extend(_differences(name, *pair))
    if changed:
        return "; ".join(f"{title} changed{_listed(names)}" for title, names in changed.items())
    return (
        "its result was missing from the store, or damaged"
        if is_kept
        else "its result is not kept, since it may differ each time"
    )


def _listed(details: list[str]) -> str:
    more = f" and {len(details) - _SHOWN} more" if len(details) > _SHOWN else ""
    return f": {', '.join(details[:_SHOWN])}{more}" if details else ""


def _differences(name: str, old: Any, new: Any) -> Iterator[str]:
    """Yield what differs between two values of an input: names of settings, files or packages."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                yield from _differences(key, old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from (f"without {_package(item)}" for item in old if item not in new)
        yield from (f"with {_package(item)}" for item in new if item not in old)
    elif all(isinstance(value, (str, int, float, NoneType)) and len(str(value)) <= _SHORT for value in (old, new)):
        yield f"{name} ({_shown(old)} → {_shown(new)})"
    else:
        yield name


def _shown(value: Any) -> str:
    return "not set" if value in (None, "") else "on" if value is True else "off" if value is False else str(value)


def _package(item: Any) -> str:
    return str(item).removesuffix(".dist-info")
