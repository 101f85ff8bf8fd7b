"""What a command takes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from typing import NamedTuple

import psutil

INTERVAL = 0.2
"""Seconds between two looks at the memory of all processes; a look takes some milliseconds of CPU."""


class Cost(NamedTuple):
    """What a command took, its child processes included."""

    cpu: float
    """Seconds, user and system."""
    memory: float
    """Peak of the largest process, MB."""
    code: int
    wall: float
    """Seconds on the clock."""
    total_memory: float
    """Peak of all processes together, MB; what they share is counted once. Sampled."""

    def __add__(self, other: object) -> Cost:
        """Return the cost of two commands, one after the other."""
        assert isinstance(other, Cost)
        return Cost(
            self.cpu + other.cpu,
            max(self.memory, other.memory),
            self.code or other.code,
            self.wall + other.wall,
            max(self.total_memory, other.total_memory),
        )


_LAUNCHER = """
import os, subprocess, sys, time
begun = time.monotonic()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
print(process.pid, flush=True)
_, status, usage = os.wait4(process.pid, 0)
wall = time.monotonic() - begun
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status), wall)
"""
"""A process counts the memory of whoever started it as its own peak, so it is started by one that holds little."""


def measure(command: list[str]) -> Cost:
    """Run a command and return what it cost."""
    launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *command]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(launcher, stdout=subprocess.PIPE, stderr=errors, text=True) as launched,
    ):
        assert launched.stdout
        total_memory = _peak(launched, int(launched.stdout.readline()))
        cpu, memory, code, wall = launched.stdout.read().split()
        if int(code):
            errors.seek(0)
            sys.stderr.buffer.write(errors.read()[-2000:])
    return Cost(float(cpu), float(memory), int(code), float(wall), total_memory)


def _peak(launched: subprocess.Popen[str], process: int) -> float:
    """Return the most memory that a process and its children take together until the launcher ends, in MB."""
    most = 0
    while launched.poll() is None:
        with suppress(psutil.Error):
            root = psutil.Process(process)
            most = max(most, sum(_memory(each) for each in (root, *root.children(recursive=True))))
        time.sleep(INTERVAL)
    return most / 1024**2


def _memory(process: psutil.Process) -> int:
    """Return the memory of a process in bytes, with its part of what it shares; none if it has ended."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0
