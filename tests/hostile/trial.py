"""A run of the command on one kind of publication, under limits, with what it took."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from exporter.errors import ExitCode
from tests.hostile.kind import Command, Kind

_RULE = re.compile(r'"rule": ?"([a-z-]+)"')
SAFETY = 3_000_000_000
"""Bytes that no process of a trial may have, so that the machine stays usable if exporter has no limit of its own."""
ROOT = Path(__file__).parents[2]
PATIENCE = 240
"""Seconds until a trial is ended."""
UNREADABLE = "cannot read the file; it was not checked"
"""What a check says of a file that its program cannot read."""


class Trial(NamedTuple):
    """What a run took, and how it ended."""

    seconds: float
    """Of processor time, of all processes."""
    wall: float
    megabytes: float
    """The largest that any of its processes was."""
    code: int
    orphans: int
    """Processes that were still there when it had ended."""
    output: str
    rules: tuple[str, ...]
    """Of the findings."""


def try_kind(kind: Kind, root: Path, store: Path, *, patience: float = PATIENCE) -> Trial:
    """Export or verify a publication of a kind.

    Args:
        kind: The kind.
        root: An empty folder.
        store: Of any trials: what is the same in all of them, such as fonts, is made once.
        patience: Seconds until it is ended.
    """
    folder = root / "input" / "hostile"
    folder.mkdir(parents=True)
    kind.write(folder)
    return run(arguments(kind, root, [folder], store), patience)


def arguments(kind: Kind, root: Path, folders: Sequence[Path], store: Path) -> list[str]:
    """Return a module and its arguments, for publications that are tried in the same way as this kind."""
    folder = folders[0]
    match kind.command:
        case Command.VERIFY:
            files = [str(path) for each in folders for path in sorted(each.iterdir())]
            return ["exporter", "verify", "--ours", "--json", *files]
        case Command.DESCRIBE:
            return ["exporter", "describe", str(next(folder.glob("manuscript.*"))), str(folder / "table.csv")]
        case Command.UPLOAD:
            files = [str(path) for each in folders for path in each.iterdir()]
            return ["tests.hostile.upload", str(root / "studio"), *files]
    command = ["exporter", "export", str(root / "input"), "--to", kind.editions, "--check", kind.check]
    command += ["--output", str(root / "output"), "--progress", "json", "--jobs", "2", "--validators", "own"]
    return [*command, "--store", str(store)]


def run(arguments: Sequence[str], patience: float = PATIENCE) -> Trial:
    """Run a module with arguments, and return what it took."""
    supervisor = [sys.executable, "-m", "tests.hostile.supervisor", str(patience), str(SAFETY), *arguments]
    done = subprocess.run(supervisor, capture_output=True, check=True, timeout=patience + 60, cwd=ROOT)
    values = json.loads(done.stdout)
    return Trial(**values, rules=tuple(sorted(set(_RULE.findall(values["output"])))))


def ended_well(trial: Trial) -> bool:
    """Return whether it ended as any publication may; a validator may have limits of its own, which is said."""
    if trial.code == ExitCode.STEP and UNREADABLE in trial.output:
        return True
    return trial.code in set(ExitCode) - {ExitCode.STEP, ExitCode.BUG, ExitCode.INTERRUPTED}
