"""A table of what each kind takes: `python -m tests.hostile [KIND ...]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.hostile.kinds import KINDS
from tests.hostile.trial import try_kind

names = [name for name in KINDS if name.startswith(tuple(sys.argv[1:] or [""]))]
store = Path(tempfile.gettempdir()) / "hostile-store"
for name in names:
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        trial = try_kind(KINDS[name], Path(folder), store, patience=240)
    took = f"{trial.seconds:6.1f} s {trial.wall:6.1f} wall {trial.megabytes:6.0f} MB"
    sys.stdout.write(f"{name:28} {took}  exit {trial.code}  {' '.join(trial.rules)}\n")
    sys.stdout.flush()
