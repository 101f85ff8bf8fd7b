"""A process that runs a module, waits for all that it started, and prints what it took as JSON.

It ends with the process that started it, and the module with it, so that a trial that is given up leaves nothing.

`python -m tests.hostile.supervisor SECONDS BYTES MODULE ARGUMENT ...`
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
ORPHANS = 5.0
"""Seconds that other processes may go on when the command has ended."""


def main(patience: float, memory: int, arguments: list[str]) -> None:
    """Run the module."""
    library = ctypes.CDLL(None)
    library.prctl(PR_SET_CHILD_SUBREAPER, 1)
    library.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    own = os.getpid()

    def end_with_parent() -> None:
        library.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != own:  # it has ended already
            os._exit(1)

    # In the background, the shell has it ignored, and so would the module.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    begin = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_parent,  # noqa: PLW1509  # nothing else runs in this process yet
        )
        timer = threading.Timer(patience, process.send_signal, (signal.SIGINT,))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        timer.cancel()
        wall = time.monotonic() - begin
        seconds, size, orphans = usage.ru_utime + usage.ru_stime, usage.ru_maxrss, 0
        while True:
            try:
                pid, _, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid:
                seconds += usage.ru_utime + usage.ru_stime
                size = max(size, usage.ru_maxrss)
            elif time.monotonic() - begin - wall > ORPHANS:
                orphans += 1
                for child in _children():
                    os.kill(child, signal.SIGKILL)
            time.sleep(0.02)
        output.seek(0)
        printed = output.read().decode("utf-8", "replace")
    json.dump(
        {
            "seconds": seconds,
            "wall": wall,
            "megabytes": size / 1000,
            "code": process.returncode,
            "orphans": orphans,
            "output": printed,
        },
        sys.stdout,
    )


def _children() -> list[int]:
    return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()]


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
