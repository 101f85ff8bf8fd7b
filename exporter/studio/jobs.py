"""Jobs of the studio: checks and exports in the background, with progress, cancellation and resumption.

A job is a row of the database. One that was running when the studio ended starts again with the studio; its finished
steps are in the store, so it resumes from there.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from exporter import service
from exporter.errors import ExporterError
from exporter.finding_causes import repeated_findings
from exporter.service import Advanced, AnyEvent, Ended, Outcome, PublicationOutcome, Request
from exporter.studio.database import Database, JobRow, JobState, PublicationRow, Task
from exporter.studio.look import page_images
from exporter.studio.publisher import PublisherSettings
from exporter.studio.warm_up import read_once, warm_up
from exporter.studio.workspace import Workspace

_CHECKS = 2
"""Checks at a time; exports run one after another, each with all processors."""
_IMPORTED = ("exporter.pipeline.steps", "exporter.readers.docx.document", "exporter.validate.lint")
"""What takes longest to import, done before the first check."""
_INTERVAL = 0.4
"""Seconds between two updates of progress."""


class Jobs:
    """The jobs of a workspace, and the threads that run them.

    Args:
        workspace: The workspace.
        publisher: Has the styles of the editions.
        pool: Returns the executor of the steps of a run; by default they run in processes of their own.
    """

    def __init__(
        self, workspace: Workspace, publisher: PublisherSettings, pool: service.Pool = service.StepPool
    ) -> None:
        self._workspace = workspace
        self._publisher = publisher
        self._pool = pool
        self._kept = service.KeptProcesses(pool, _IMPORTED)
        self._database = workspace.database
        self._pools = {
            Task.CHECK: ThreadPoolExecutor(_CHECKS, "check"),
            Task.EXPORT: (exports := ThreadPoolExecutor(1, "export")),
            Task.PUBLISH: exports,
            Task.PAGES: ThreadPoolExecutor(1, "pages"),
        }
        self._steps: Mapping[Task, Callable[[JobRow, PublicationRow], None]] = {
            **{Task.CHECK: self._check, Task.EXPORT: self._export},
            **{Task.PUBLISH: self._publish, Task.PAGES: self._lay_out},
        }
        self._cancelled: dict[int, threading.Event] = {}
        self._closing = threading.Event()

    def resume(self) -> None:
        """Start the jobs again that had not ended when the studio did, and warm up the processes of checks."""
        active = self._database.active_jobs()
        for job in active:
            self._database.set_job_state(job.id, JobState.WAITING)
            self._submit(job.id, job.task)
        before: Future[None] | None = None
        # A check that goes on starts its process itself.
        for _ in range(_CHECKS - sum(job.task is Task.CHECK for job in active)):
            before = self._pools[Task.CHECK].submit(self._warm_up, before)

    def _warm_up(self, before: Future[None] | None) -> None:
        """Start a process and warm it up, after the one before: the first check waits for one, and not for two."""
        if before is not None:
            read_once()
            before.exception()
        warm_up(self._kept.started(), self._publisher.styles, self._closing.is_set)

    def state(self, publication: PublicationRow) -> str:
        """Return the state of the files of a publication and of the settings of the publisher."""
        return f"{self._workspace.digest(publication)} {self._publisher.state}".strip()

    def add(
        self,
        publication: PublicationRow,
        task: Task,
        editions: tuple[str, ...] = (),
        options: Mapping[str, str] | None = None,
    ) -> int:
        """Start a job; return its number. A job of the same task that has not ended is cancelled."""
        last = self._database.last_job(publication.id, task)
        if last and last.state.is_active:
            self.cancel(last)
        number = self._database.add_job(publication.id, task, editions, options)
        self._submit(number, task)
        return number

    def cancel(self, job: JobRow) -> None:
        """Cancel a job."""
        self._cancelled.setdefault(job.id, threading.Event()).set()
        if job.state is JobState.WAITING:
            self._database.set_job_state(job.id, JobState.CANCELLED)

    def cancel_all(self, publication: PublicationRow, seconds: float = 20.0) -> None:
        """Cancel the jobs of a publication and wait until they have ended."""
        end = time.monotonic() + seconds
        while jobs := [job for job in self._database.active_jobs() if job.publication == publication.id]:
            for job in jobs:
                self.cancel(job)
            if time.monotonic() > end:
                break
            time.sleep(0.05)

    def wait(self, number: int, seconds: float) -> None:
        """Wait until a job has ended, but no longer than so many seconds."""
        end = time.monotonic() + seconds
        while (job := self._database.job(number)) and job.state.is_active and time.monotonic() < end:
            time.sleep(0.05)

    def close(self) -> None:
        """Interrupt all jobs; they start again with the studio."""
        self._closing.set()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._kept.close()

    def _submit(self, number: int, task: Task) -> None:
        self._cancelled.setdefault(number, threading.Event())
        self._pools[task].submit(self._run, number)

    def _run(self, number: int) -> None:
        job = self._database.job(number)
        publication = self._database.publication(job.publication) if job else None
        if job is None or publication is None or job.state is not JobState.WAITING:
            return
        self._database.start_job(number)
        try:
            self._steps[job.task](job, publication)
            state, message = JobState.DONE, ""
        except KeyboardInterrupt:
            # A closing studio leaves the job active, and so it starts again.
            state, message = JobState.WAITING if self._closing.is_set() else JobState.CANCELLED, ""
        except ExporterError as error:
            state, message = JobState.FAILED, str(error)
        except Exception:
            service.report_bug(f"{job.task} in the studio", traceback.format_exc())
            state, message = JobState.FAILED, ""
        self._cancelled.pop(number, None)
        self._database.set_job_state(number, state, message)

    def _check(self, job: JobRow, publication: PublicationRow) -> None:
        digest = self._workspace.digest(publication)
        self._keep(publication, self._perform(service.check, job, publication), digest)

    def _export(self, job: JobRow, publication: PublicationRow) -> None:
        digest, state = self._workspace.digest(publication), self.state(publication)
        self._keep(publication, self._perform(service.export, job, publication), digest, state)

    def _publish(self, job: JobRow, publication: PublicationRow) -> None:
        self._perform(service.export, job, publication, self._workspace.published)

    def _lay_out(self, _job: JobRow, publication: PublicationRow) -> None:
        docx = self._workspace.edition(publication, ".docx")
        if docx.exists():
            page_images.lay_out(self._workspace.page_images(publication), docx)

    def _perform(
        self,
        use_case: Callable[[Request, service.Listener, service.Pool], Outcome],
        job: JobRow,
        publication: PublicationRow,
        output: Path | None = None,
    ) -> PublicationOutcome:
        request = Request(
            sources=(self._workspace.manuscript(publication),),
            output=output or self._workspace.output(publication),
            editions=tuple(filter(None, job.editions.split(","))),
            options=job.all_options,
            styles=self._publisher.styles,
            store=self._workspace.store(publication),
            is_cancelled=lambda: self._closing.is_set() or self._cancelled[job.id].is_set(),
        )
        pool = self._kept if job.task is Task.CHECK else self._pool
        (outcome,) = use_case(request, _ProgressRecorder(self._database, job.id), pool).publications
        return outcome

    def _keep(self, publication: PublicationRow, outcome: PublicationOutcome, digest: str, exported: str = "") -> None:
        """Store the result of a run.

        Args:
            publication: The publication.
            outcome: The result.
            digest: Of its files.
            exported: The state that was exported, if it was.
        """
        repeated = repeated_findings(outcome.findings)
        findings = msgspec.json.encode([finding for finding in outcome.findings if finding not in repeated])
        tree = service.stored_publication(outcome.tree, self._workspace.store(publication))
        self._database.store_result(
            publication.id,
            digest,
            outcome.tree,
            findings,
            metadata=tree.metadata if tree else None,
            exported=exported if any(file.is_edition for file in outcome.files) else "",
        )


class _ProgressRecorder:
    """Listener that writes the progress of a job into the database, at most a few times a second."""

    def __init__(self, database: Database, number: int) -> None:
        self._database = database
        self._number = number
        self._next = 0.0

    def __call__(self, event: AnyEvent) -> None:
        """Record how far the job is."""
        match event:
            case Advanced(of_all=share, left=left) | Ended(of_all=share, left=left) if time.monotonic() >= self._next:
                self._next = time.monotonic() + _INTERVAL
                self._database.store_progress(self._number, share, left)
