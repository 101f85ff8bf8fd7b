"""A process between exporter and a program, with which the program and all that it starts end.

A separate script: `launcher.py PARENT PROGRAM ...`, in a process group of its own. Linux signals it when exporter ends,
even if it was killed, and it ends its group: LibreOffice is a script that starts a program that starts another.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> int:
    """Run a program and return its exit code, that of a shell if a signal ended it."""
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it has ended already
        return 1
    process = os.posix_spawnp(command[0], command, os.environ)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
