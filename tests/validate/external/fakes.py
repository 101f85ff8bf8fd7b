"""Programs that stand where a validator should, and are none."""

from __future__ import annotations

import sys
from pathlib import Path

CRASHES = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
HANGS = "import time; time.sleep(600)"
SAYS_NOTHING = "pass"
GARBAGE = "import os; os.write(1, b'\\xff\\xfe\\x00 not a report at all')"
ANOTHER_SHAPE = 'print(\'{"verdict": "all is well"}\')'
BREAKS_DOWN = "import sys; print('out of ideas', file=sys.stderr); sys.exit(3)"
BAD = {
    "crashes": CRASHES,
    "hangs": HANGS,
    "says nothing": SAYS_NOTHING,
    "prints garbage": GARBAGE,
    "answers in another shape": ANOTHER_SHAPE,
    "breaks down": BREAKS_DOWN,
}


def program(path: Path, body: str) -> Path:
    """Write a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{body}\n", "utf-8")
    path.chmod(0o755)
    return path


def says(report: str, code: int = 0) -> str:
    """Return the body of a program that prints a report, in which FILE is the last argument but for PDF profiles."""
    return f"import sys\nprint({report!r}.replace('FILE', FILE))\nsys.exit({code})"
