"""Watching of manuscripts: an export begins again when one of their files is saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from exporter.config import local_folder, store_folder, styles_folder
from exporter.errors import StepError, UsageError
from exporter.pipeline.checked_copy import original_of
from exporter.pipeline.events import AnyEvent, Listener, Planned
from exporter.pipeline.execution.pool import StepPool
from exporter.pipeline.execution.scheduler import Progress
from exporter.service.export import INPUT, Request, export
from exporter.service.kept_processes import KeptProcesses, Pool
from exporter.service.outcome import Outcome

_QUIET_MS = 200
"""Milliseconds without a further change after which an export begins: programs save in several steps."""
_LONGEST_MS = 2000
_TEMPORARY = ("~$", ".~lock.", ".goutputstream", "4913")
"""Beginnings of the names of files that word processors and editors write while a document is open or saved."""

IsRelevant = Callable[[Path], bool]
Observer = Callable[[list[Path], IsRelevant, threading.Event], Iterator[object]]
"""Yields something whenever a relevant file in one of the folders has changed, until the event is set."""


def observe(folders: list[Path], is_relevant: IsRelevant, stop: threading.Event) -> Iterator[object]:
    """Yield the changes of files as the operating system reports them; those at one time together."""
    import watchfiles

    default = watchfiles.DefaultFilter()
    yield from watchfiles.watch(
        *folders,
        watch_filter=lambda change, path: default(change, path) and is_relevant(Path(path)),
        step=_QUIET_MS,
        debounce=_LONGEST_MS,
        stop_event=stop,
        raise_interrupt=False,
    )


class Watcher:
    """Watcher of the folders of manuscripts and of the styles, in a thread while its context is open.

    Whole folders are watched, since many programs save by renaming a new file.

    Args:
        request: The export.
        observer: Reports changes.
        pool: Returns the executor of the steps; by default they run in processes of their own.

    Raises:
        UsageError: A source does not exist.
    """

    def __init__(self, request: Request, observer: Observer = observe, pool: Pool = StepPool) -> None:
        sources = request.sources or (INPUT,)
        for source in sources:
            if not source.exists():
                raise UsageError(f"No such file or folder: “{source}”.", advice="Name a manuscript or its folder.")
        folders = {source if source.is_dir() else source.parent for source in sources}
        self._folders = [*sorted(folders), styles_folder(request.styles)]
        self._ignored = [path.resolve() for path in (local_folder(request.output), store_folder(request.store)[0])]
        self._is_cancelled = request.is_cancelled
        self._pool, self._kept = pool, KeptProcesses(pool)
        self._parts = 0
        self._error: Exception | None = None
        self._changed, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._observe, args=(observer,), daemon=True)

    def __enter__(self) -> Self:
        """Start to watch."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the thread and the processes."""
        self._stop.set()
        self._kept.close()

    def wait(self) -> None:
        """Wait until a file has been saved.

        Raises:
            StepError: The folders cannot be watched.
        """
        self._changed.wait()
        if self._error is not None:
            raise StepError(
                f"The folders cannot be watched: {self._error}.",
                advice="Set WATCHFILES_FORCE_POLLING=1 for a network drive, or export again after each change.",
            )

    @property
    def has_changed(self) -> bool:
        """Whether a file has been saved since the export began."""
        return self._changed.is_set()

    def begin(self) -> None:
        """Record that an export begins: it contains what was saved until now."""
        if self._error is None:
            self._changed.clear()
        self._parts = 0

    def export(self, request: Request, listener: Listener) -> Outcome:
        """Export as `service.export` does, with processes that are kept for the next time.

        Raises:
            KeyboardInterrupt: The run was cancelled, or a file was saved while recordings were made.
        """
        request = msgspec.structs.replace(request, is_cancelled=self.is_cancelled)
        return export(request, self.listener(listener), self._start)

    def _start(self, size: int, progress: Progress, temporary: Path) -> Executor:
        # Voices would stay in the memory of processes that are kept.
        start = self._pool if self._parts > 1 else self._kept
        return start(size, progress, temporary)

    def listener(self, listener: Listener) -> Listener:
        """Return a listener that also learns when the text editions are published."""

        def listen(event: AnyEvent) -> None:
            self._parts += isinstance(event, Planned)
            listener(event)

        return listen

    def is_cancelled(self) -> bool:
        """Return whether the export has to end: a new text is not spoken later than an old one."""
        return self._is_cancelled() or (self._parts > 1 and self._changed.is_set())

    def _observe(self, observer: Observer) -> None:
        try:
            for _ in observer(self._folders, self._is_relevant, self._stop):
                self._changed.set()
        except Exception as error:  # of any kind: it is raised again where changes are waited for
            self._error = error
            self._changed.set()

    def _is_relevant(self, path: Path) -> bool:
        """Return whether a file may be part of a publication; exporter's own files are not."""
        resolved = path.resolve()
        is_own = original_of(path) is not None or any(resolved.is_relative_to(folder) for folder in self._ignored)
        return not is_own and not path.name.startswith(_TEMPORARY) and path.suffix != ".tmp"
