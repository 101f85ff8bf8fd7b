"""Network addresses and written files of a command and of every program that it starts, from the kernel (strace)."""

from __future__ import annotations

import ipaddress
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.proof.validators import program

_NETWORK = ("connect", "sendto", "sendmsg", "sendmmsg")
_FILES = ("open", "openat", "openat2", "creat", "mkdir", "mkdirat", "rename", "renameat", "renameat2")
_LINKS = ("link", "linkat", "symlink", "symlinkat", "mknod", "mknodat")
_CALL = re.compile(r"\d+ +(\w+)\((.*)")
_ADDRESS = re.compile(r'sin6?_port=htons\((\d+)\).*?inet_(?:addr|pton)\((?:AF_INET6, )?"([^"]+)"')
_RESOLVER = re.compile(r'sun_path="[^"]*resolve[^"]*"')
"""The socket of systemd-resolved, which looks names up for others."""
_PATH = re.compile(r'(?:\w+<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
"""A path, behind the folder that it is relative to."""
_WRITES = re.compile(r"O_(?:WRONLY|RDWR|CREAT|TRUNC)")
_DNS = 53
_ROUTE = "2001:4860:4860::8888"
"""To this address Chromium connects a datagram socket, to see whether there is a route over IPv6, and sends nothing."""
_HARMLESS = re.compile(r"/dev/(?:null|tty|ptmx|udmabuf|shm/.*|pts/.*)|/proc/.*|.*/__pycache__(?:/.*)?")
"""Devices, the process itself, memory shared between processes, and compiled Python."""


def run(
    command: Sequence[str | Path], *, trace: Path, env: Mapping[str, str], cwd: Path
) -> subprocess.CompletedProcess[str]:
    """Run a command in a network namespace of its own, in which there is nothing but loopback; write its trace."""
    # Root needs no user namespace, which some machines forbid.
    unshare = [program("unshare", "util-linux"), "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    calls = ",".join(f"?{name}" for name in (*_NETWORK, *_FILES, *_LINKS))
    strace = [program("strace", "strace"), "-f", "--seccomp-bpf", "-y", "-s", "0", "-e", f"trace={calls}", "-o", trace]
    isolated = [sys.executable, Path(__file__).with_name("isolated.py")]
    return subprocess.run(
        [str(part) for part in (*unshare, *isolated, *strace, *command)],
        env=env,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def findings(trace: Path, folders: Iterable[Path]) -> list[str]:
    """Return each use of a network and each file written outside some folders, sorted, each once.

    Args:
        trace: What `run` wrote.
        folders: Where files may be written.
    """
    allowed = tuple({str(path) for folder in folders for path in (folder, folder.resolve())})
    found: set[str] = set()
    with trace.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if call := _CALL.match(line):
                name, arguments = call.groups()
                found.update(_addresses(arguments) if name in _NETWORK else _written(name, arguments, allowed))
    return sorted(found)


def _addresses(arguments: str) -> Iterator[str]:
    for port, address in _ADDRESS.findall(arguments):
        if int(port) == _DNS:
            yield f"looks a name up at {address}"
        elif not ipaddress.ip_address(address).is_loopback and address != _ROUTE:
            yield f"connects to {address} port {port}"
    if _RESOLVER.search(arguments):
        yield "looks a name up through systemd-resolved"


def _written(name: str, arguments: str, allowed: tuple[str, ...]) -> Iterator[str]:
    if name.startswith("open") and not _WRITES.search(arguments):
        return
    # Of a link, only its own path is written: the last one.
    for folder, path in _PATH.findall(arguments)[-1 if "link" in name else 0 :]:
        # mkdir and rename do not name the folder; the files that follow them do.
        whole = os.path.normpath(os.path.join(folder, path))  # noqa: PTH118 - of a process that has ended
        # An allowed folder is made with those that it is in, whether they are there or not.
        inside = any(f"{whole}/".startswith(f"{each}/") or f"{each}/".startswith(f"{whole}/") for each in allowed)
        if os.path.isabs(whole) and not inside and not _HARMLESS.fullmatch(whole):  # noqa: PTH117 - the same
            yield f"{name} {whole}"
