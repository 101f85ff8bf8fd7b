"""What a command takes."""

from __future__ import annotations

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


_LAUNCHER = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""
"""A process counts the memory of whoever started it as its own peak, so it is started by one that holds little."""


def measure(command: list[str]) -> Cost:
    """Run a command and give what it cost."""
    launched = subprocess.run([sys.executable, "-I", "-S", "-c", _LAUNCHER, *command], check=False, capture_output=True)
    cpu, memory, code = launched.stdout.split()
    if int(code):
        sys.stderr.buffer.write(launched.stderr[-2000:])
    return Cost(float(cpu), int(memory) / 1024, int(code))
