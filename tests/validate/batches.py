"""Validators of finished files that are asked about many: each program is started once and not once a file.

What reads their reports is that of the product.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from exporter.offline import private
from exporter.validate.external import ace, installed, openxml_audit

_SERVER = Path(__file__).with_name("ace_server.cjs")
_SECONDS = 600
"""Time limit for Ace to start its browser, for a book, and to end."""


@contextmanager
def one_ace() -> Iterator[None]:
    """Let all checks by Ace be made by one process with one browser."""
    with installed.chromium_folder() as folder, ExitStack() as stack:
        lock = threading.Lock()
        servers: list[subprocess.Popen[str]] = []

        def run(program: Path, path: Path, own: Path) -> tuple[subprocess.CompletedProcess[bytes], Path]:
            out = own / "report"
            with lock:
                if not servers:
                    servers.append(stack.enter_context(_ace_server(program, folder)))
                requests, answers = servers[0].stdin, servers[0].stdout
                assert requests is not None
                assert answers is not None
                limit = threading.Timer(_SECONDS, servers[0].kill)
                limit.start()
                requests.write(json.dumps({"book": str(path.resolve()), "out": str(out)}) + "\n")
                requests.flush()
                code = next((line[1:] for line in answers if line.startswith("@")), "")
                limit.cancel()
                if not code:
                    servers.clear()  # it has ended; the next book gets another
            return subprocess.CompletedProcess([], int(code or 1), b"", b""), out / "report.json"

        with patch.object(ace, "_run", run):
            yield


@contextmanager
def _ace_server(program: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    browser = {"PUPPETEER_EXECUTABLE_PATH": str(ace._offline_browser(folder))}
    env = {**os.environ, **private(folder), **ace._timeouts(_SECONDS), **browser}
    command = ["node", _SERVER, program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True) as server:
        try:
            yield server
        finally:
            assert server.stdin is not None
            server.stdin.close()
            server.wait(_SECONDS)


@contextmanager
def one_audit(folder: Path) -> Iterator[None]:
    """Let openxml-audit check all files of a folder at once; its checks take what it said of theirs."""
    lock = threading.Lock()

    @cache
    def reports() -> dict[str, Any]:
        command = [sys.executable, *openxml_audit.COMMAND[1:], "--recursive", folder.resolve()]
        done = subprocess.run(command, capture_output=True, check=False)
        return {report["file"]: report for report in json.loads(done.stdout)}

    def run(command: Sequence[str | Path], *, seconds: float) -> subprocess.CompletedProcess[bytes]:
        with lock:
            report = reports()[str(command[-1])]
        code = int(any(error["severity"] == "error" for error in report["errors"]))
        return subprocess.CompletedProcess([], code, json.dumps([report]).encode(), b"")

    # Not of the module itself: other validators run their programs by it at the same time.
    with patch.object(openxml_audit, "programs", SimpleNamespace(run=run)):
        yield
