"""The command line: the only package that prints and exits.

Exit codes are those of `exporter.errors.ExitCode`; with several publications, the largest of them.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

_INTERRUPTED = 130
"""`ExitCode.INTERRUPTED`, before that can be imported."""


def main() -> None:
    """Run the command `exporter` and end the process."""
    # As in worker processes: a search for reference cycles among modules just imported finds none.
    gc.set_threshold(100_000, 20, 20)
    # Imports take a while. Nothing is at work until then, and an exception inside an import could be discarded.
    _handle_signals(_leave)
    from exporter.cli import signals
    from exporter.cli.command_line import run

    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal does not support must not end an export.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    _handle_signals(signals.stop)
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe has ended, as in `exporter formats | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def _handle_signals(handler: Callable[[int, FrameType | None], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        # A signal that the shell has set to be ignored, as for a command in the background, stays ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    os.write(2, b"exporter: Interrupted.\n")
    os._exit(_INTERRUPTED)
