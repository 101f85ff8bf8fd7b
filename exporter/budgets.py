"""Time and memory that steps may use: all figures that follow from the size of their input.

They are several times what the largest publication known needs (1,500 pages, 3,000 notes, 400 images), and little for a
small one, so that a hostile or damaged page ends its own step soon and harms no other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_MEMORY = 900_000_000
"""Bytes for a step with any input: libraries and fonts take 150 million, a very large image 350 million."""
_MEMORY_PER_BYTE = 300
"""Bytes for each byte of input; the pages of a PDF take about 40 for each byte of the tree."""
_SECONDS = 90.0
"""Seconds for a step with any input."""
_SECONDS_PER_BYTE = 0.000_6
"""Seconds for each byte of the tree, ten minutes for a million; laying out pages takes about a fifteenth of that."""
_HOUR = 3600.0
"""Seconds for any recording, which may take four times its duration more."""
_CHARACTERS_A_SECOND = 15
"""How fast voices read."""
_SHARE = 0.7
"""Share of the machine's memory for all processes together."""
_LEAST = 1_500_000_000
"""Bytes that a process may use on the smallest machine."""
_JAVA_SHARE = 0.25
"""Share of the machine's memory for Java, at most `_JAVA`."""
_JAVA = 2_000_000_000
SPEECH_THREADS = min(4, os.cpu_count() or 1)
"""Threads that speak in one step."""


def seconds(size: int, spoken: int = 0) -> float:
    """Return the timeout of writing an edition.

    Args:
        size: Bytes of the tree.
        spoken: Characters of its recording.
    """
    recording = _HOUR + 4 * spoken / _CHARACTERS_A_SECOND if spoken else 0
    return _SECONDS + size * _SECONDS_PER_BYTE + recording


def memory(size: int, most: int = 0) -> int:
    """Return the bytes of memory that a step may use.

    Args:
        size: Bytes of its input.
        most: Bytes that any process may use; 0: a share of the machine's memory.
    """
    return min(most or most_memory(os.cpu_count() or 1), _MEMORY + size * _MEMORY_PER_BYTE)


def most_memory(processes: int) -> int:
    """Return the bytes that each of several processes may use at most: a share of the machine's memory."""
    return max(_LEAST, int(_machine() * _SHARE / processes))


def java_memory() -> int:
    """Return the bytes that the heap of Java may have."""
    return int(min(_JAVA, _machine() * _JAVA_SHARE))


def _machine() -> int:
    with suppress(AttributeError, OSError, ValueError):  # not available on Windows
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return 8_000_000_000


@contextmanager
def limited_memory(limit: int | None) -> Iterator[None]:
    """Limit the memory that this process, and programs that it starts, may take in addition inside the block.

    Linux counts all memory that is written to, not what is only reserved (setrlimit(2), RLIMIT_DATA); other systems
    have no such limit.
    """
    if limit is None or sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _taken() + limit
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if soft == resource.RLIM_INFINITY else min(wanted, soft), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _taken() -> int:
    """Return the bytes that count as data of this process already (proc(5), statm)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    return pages * os.sysconf("SC_PAGE_SIZE")
