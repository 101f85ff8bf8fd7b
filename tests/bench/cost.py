"""What a command takes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple


class Cost(NamedTuple):
    """What a command took, its child processes included."""

    cpu: float
    """Seconds, user and system."""
    memory: float
    """Peak of the largest process, MB."""
    code: int


def measure(command: list[str]) -> Cost:
    """Run a command and give what it cost."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    stderr = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.stderr.buffer.write(stderr[-2000:])
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)
