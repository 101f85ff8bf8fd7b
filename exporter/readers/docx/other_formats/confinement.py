"""Confinement of a program to the files of the system and of one folder, by Landlock on Linux, and to a time.

A script (`confinement.py FOLDER SECONDS PROGRAM ...`), so that the limits apply to the program, not to exporter.
Landlock needs no privileges; on a kernel without it (before 5.13, or another system) the program has no limits.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import struct
import sys
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_NO_NEW_PRIVILEGES = 38
_BENEATH_PATH = 1
_EXECUTE, _WRITE, _READ, _READ_FOLDER = 1, 2, 4, 8
_REMOVE_FILE, _MAKE_SOCKET = 1 << 5, 1 << 9
_READING = _EXECUTE | _READ | _READ_FOLDER
# Programs, libraries, fonts and their requirements: no user data.
_SYSTEM = (
    *("/usr", "/lib", "/lib64", "/bin", "/opt", "/snap", "/nix/store", "/etc/fonts", "/etc/libreoffice"),
    *("/etc/alternatives", "/etc/ld.so.cache", "/etc/localtime", "/var/cache/fontconfig", "/var/lib/libreoffice"),
    *("/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/urandom", "/dev/random"),
)
# LibreOffice creates its IPC socket in /tmp regardless of TMPDIR.
_WRITING = {"/dev/null": _READ | _WRITE, "/tmp": _MAKE_SOCKET | _REMOVE_FILE}  # noqa: S108  # only sockets, see above


def confine(folder: str, *readable: str) -> bool:
    """Confine this process and its children to the files of the system and of one folder; return whether it worked.

    Args:
        folder: Folder with full access.
        readable: Further folders with read access.
    """
    call = ctypes.CDLL(None, use_errno=True).syscall
    version = call(_CREATE_RULESET, None, 0, 1) if sys.platform == "linux" else 0
    if version < 1:
        return False
    every = (1 << (13 + (version >= 2) + (version >= 3) + (version >= 5))) - 1
    # All rights over files; binding and connecting TCP sockets (4); abstract sockets and signals outside (6).
    rules = struct.pack("QQQ", every, 3, 3)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    ruleset = call(_CREATE_RULESET, rules, len(rules), 0)
    if ruleset < 0:
        return False
    allowed = dict.fromkeys((*_SYSTEM, *readable), _READING) | _WRITING | {folder: every}
    for path, rights in allowed.items():
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
            taken = rights if Path(path).is_dir() else rights & ~_READ_FOLDER
            call(_ADD_RULE, ruleset, _BENEATH_PATH, struct.pack("=Qi", taken, descriptor), 0)
            os.close(descriptor)
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(call(_RESTRICT_SELF, ruleset, 0) == 0)


if __name__ == "__main__":
    # If LibreOffice does not come with the system, it is in a folder that contains `program`.
    folder, seconds, *command = sys.argv[1:]
    installed = Path(command[0]).resolve().parent
    confine(folder, str(installed.parent if installed.name == "program" else installed))
    # Of the processor: a machine that does other things too may take longer.
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    os.execv(command[0], command)  # noqa: S606  # no shell: the program takes the place of this script
