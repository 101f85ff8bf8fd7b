"""Publications of several kinds in one run, which costs a fraction of as many runs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from exporter.errors import ExitCode
from tests.hostile.kind import HEAD, PART, Command, Kind, markdown
from tests.hostile.kinds import KINDS
from tests.hostile.trial import UNREADABLE, Trial, arguments, run

SECONDS = 20
MEGABYTES = 1_000
"""Limits of each kind."""
GOOD = "good"
"""The publication beside the others that always comes out."""
_TOGETHER = {Command.EXPORT: 40, Command.VERIFY: 16, Command.UPLOAD: 20}


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
    trial = run_together({name: KINDS[name] for name in names}, root, store)
    is_broken = trial.code in (ExitCode.BUG, ExitCode.INTERRUPTED) or "step-crashed" in trial.rules
    if is_broken or trial.orphans or trial.megabytes >= MEGABYTES:
        yield from names
        return
    match KINDS[names[0]].command:
        case Command.EXPORT:
            ended = seconds_of_each(trial)
            assert GOOD in ended, f"{' '.join(names)}: {trial.output[-2_000:]}"
        case Command.VERIFY:
            ended = _seconds_of_verifying(trial)
        case _:
            ended = _seconds_of_uploading(trial)
    yield from (name for name in names if ended.get(name, SECONDS) > SECONDS / 2)


def run_together(kinds: Mapping[str, Kind], root: Path, store: Path) -> Trial:
    """Try publications that are tried in the same way in one run, and a good one beside those that are exported."""
    first = next(iter(kinds.values()))
    if first.command is Command.EXPORT:
        kinds = {**kinds, GOOD: Kind(markdown(HEAD + PART))}
    folders = [root / "input" / name for name in kinds]
    for folder, kind in zip(folders, kinds.values(), strict=True):
        folder.mkdir(parents=True)
        kind.write(folder)
    return run(arguments(first, root, folders, store), SECONDS * len(kinds))


def seconds_of_each(trial: Trial) -> dict[str, float]:
    """Return the processor time of each publication whose export ended as any may: its share by its steps."""
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
    return {
        name: steps[name] * share for name, code in codes.items() if not code or (name != GOOD and _is_expected(code))
    }


def _seconds_of_verifying(trial: Trial) -> dict[str, float]:
    """Return the processor time of each file that was checked, or refused, as any may be, at most.

    A check that cannot read the file did not run, which is said.
    """
    files = json.loads(trial.output[trial.output.find("{") :])["files"]
    checks = [sum(check["seconds"] for check in file["checks"]) for file in files]
    share = min(1.0, trial.seconds / sum(checks))
    rest = trial.seconds - share * sum(checks)
    return {
        Path(file["file"]).parent.name: seconds * share + rest
        for file, seconds in zip(files, checks, strict=True)
        if _is_expected(file["code"]) or (file["code"] == ExitCode.STEP and UNREADABLE in json.dumps(file))
    }


def _seconds_of_uploading(trial: Trial) -> dict[str, float]:
    """Return the processor time of each upload that was answered as any may be, at most: that of others is no one's."""
    uploads = [json.loads(line) for line in trial.output.splitlines() if line.startswith("{")]
    rest = max(0.0, trial.seconds - sum(each["seconds"] for each in uploads))
    return {Path(each["file"]).parent.name: each["seconds"] + rest for each in uploads if _is_expected(each["code"])}


def _is_expected(code: int) -> bool:
    return code in set(ExitCode) - {ExitCode.STEP, ExitCode.BUG, ExitCode.INTERRUPTED}
