"""Publications of several kinds in one run, which costs a fraction of as many runs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from exporter.errors import ExitCode
from tests.hostile.kind import Command
from tests.hostile.kinds import KINDS
from tests.hostile.trial import Trial, arguments, run

SECONDS = 20
MEGABYTES = 1_000
"""Limits of each kind."""
_TOGETHER = {Command.EXPORT: 12, Command.VERIFY: 4}


def groups() -> list[tuple[str, ...]]:
    """Return the names of all kinds: together those that are tried in the same way, one by one those of other ways."""
    ways: defaultdict[tuple[Command, str, str], list[str]] = defaultdict(list)
    for name, kind in KINDS.items():
        ways[kind.command, kind.editions, kind.check].append(name)
    sizes = {way: _TOGETHER.get(way[0], 1) for way in ways}
    return [
        tuple(same[start : start + sizes[way]])
        for way, same in ways.items()
        for start in range(0, len(same), sizes[way])
    ]


def try_together(names: tuple[str, ...], root: Path, store: Path) -> Iterator[str]:
    """Try kinds in one run, and yield those that need a run of their own to show that they keep the limits.

    A kind keeps them if all of them together take no more memory, and its share of the processor time is far below.
    """
    folders = [root / "input" / name for name in names]
    for name, folder in zip(names, folders, strict=True):
        folder.mkdir(parents=True)
        KINDS[name].write(folder)
    trial = run(arguments(KINDS[names[0]], root, folders, store))
    is_broken = trial.code in (ExitCode.BUG, ExitCode.INTERRUPTED) or "step-crashed" in trial.rules
    if is_broken or trial.orphans or trial.megabytes >= MEGABYTES:
        yield from names
        return
    ended = _ended_verifying(trial) if KINDS[names[0]].command is Command.VERIFY else _ended_exporting(trial)
    yield from (name for name in names if ended.get(name, SECONDS) > SECONDS / 2)


def _ended_exporting(trial: Trial) -> dict[str, float]:
    """Return the processor time of each publication that ended as any may: its share by the time of its steps."""
    steps: defaultdict[str, float] = defaultdict(float)
    codes: dict[str, int] = {}
    for line in trial.output.splitlines():
        if not line.startswith("{"):
            continue
        event = json.loads(line)
        if event["event"] == "ended":
            steps[event["publication"]] += event["seconds"]
        elif event["event"] == "done":
            codes[event["publication"]] = event["code"]
    share = min(1.0, trial.seconds / sum(steps.values())) if steps else 1.0
    return {name: steps[name] * share for name, code in codes.items() if _is_expected(code)}


def _ended_verifying(trial: Trial) -> dict[str, float]:
    """Return the processor time of all files for each one that was checked, or refused, as any may be."""
    return {
        Path(file["file"]).parent.name: trial.seconds
        for file in json.loads(trial.output[trial.output.find("{") :])["files"]
        if _is_expected(file["code"])
    }


def _is_expected(code: int) -> bool:
    return code in set(ExitCode) - {ExitCode.STEP, ExitCode.BUG, ExitCode.INTERRUPTED}
