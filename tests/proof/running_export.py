"""An export that runs while things happen to it."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import Any


class RunningExport:
    """An export that runs while things happen."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.lines: list[str] = []
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def wait_for_editions(self, number: int) -> None:
        """Wait until this many editions are made."""
        while sum('"state":"made"' in line and '"step":"write:' in line for line in list(self.lines)) < number:
            assert self._process.poll() is None, "".join(self.lines[-20:])
            time.sleep(0.05)

    def succeeds(self) -> None:
        assert self._process.wait(3_600) == 0, "".join(self.lines[-20:])
        self._thread.join()
        assert not any('"state":"failed"' in line for line in self.lines)

    def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; return the exit code."""
        self._process.send_signal(number)
        code = self._process.wait(60)
        self._thread.join()
        return code

    def made(self) -> list[str]:
        return [event["step"] for event in self._ended() if event["state"] == "made"]

    def shares(self) -> list[float]:
        """The fraction of the run that was done at the end of each step."""
        return [event["of_all"] for event in self._ended()]

    def _ended(self) -> Iterator[dict[str, Any]]:
        """The events of steps that have ended; a line of an export that was killed may be cut off."""
        for line in self.lines:
            if line.startswith('{"event":"ended"') and line.endswith("}\n"):
                yield json.loads(line)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self.lines.append(line)
