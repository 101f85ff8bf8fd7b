"""Execution of steps on a cluster of machines, by Dask distributed.

Dask distributes the steps, and repeats those of a worker that has gone. What reads the input runs on this machine.
Its protocol lets all who reach a scheduler run programs, so it has to be protected by TLS, or be on this machine.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from asyncio import CancelledError
from collections.abc import Callable
from concurrent.futures import CancelledError as CancelledFutureError
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from exporter.errors import ExporterError, MissingToolError, StepError, UsageError
from exporter.pipeline.context import RunContext
from exporter.pipeline.execution.cluster_worker import ClusterRun, installation, run_step
from exporter.pipeline.execution.step_errors import StepCrashError
from exporter.pipeline.execution.worker import StepFunction
from exporter.pipeline.step import StepContext
from exporter.pipeline.storage.results import StepResult
from exporter.pipeline.storage.shared_folder import INSTALL

if TYPE_CHECKING:
    from distributed import Client

_TIMEOUT = 15.0
"""Seconds in which a scheduler has to answer."""
_PATIENCE = 600.0
"""Seconds for which a scheduler that does not answer any more is awaited."""
_PAUSE = 1.0
_SUBMITTED = 512
"""Steps that the scheduler has at a time: more than the workers of a large cluster execute."""


class Cluster:
    """Connection to the scheduler of a cluster, made again when it is lost.

    Args:
        address: Such as `tls://scheduler:8786`.

    Raises:
        UsageError: The address is not protected, or no scheduler answers.
        MissingToolError: Dask is not installed.
    """

    def __init__(self, address: str) -> None:
        _check_address(address)
        self.address = address
        self._lock = threading.Lock()
        self._listeners: dict[str, Callable[[Any], None]] = {}
        try:
            self._client = self._connect()
        except (OSError, TypeError, ValueError) as error:
            raise UsageError(
                f"No scheduler answers at {address}: {error}.",
                advice="Check the address, and for TLS the files named in DASK_DISTRIBUTED__COMM__TLS__CA_FILE, "
                "…__TLS__CLIENT__CERT and …__TLS__CLIENT__KEY.",
            ) from error

    @property
    def processes(self) -> int:
        """The number of steps that its workers execute at a time."""
        return sum(self._client.nthreads().values())

    def listen(self, topic: str, listener: Callable[[Any], None]) -> None:
        """Pass what workers report under a topic to a function, on another thread."""
        self._listeners[topic] = listener
        self.client().subscribe_topic(topic, lambda event: listener(event[1]))

    def client(self) -> Client:
        """Return the connection, made again if it was lost.

        Raises:
            StepError: The scheduler has not answered for minutes.
        """
        with self._lock:
            deadline = time.monotonic() + _PATIENCE
            while self._client.status != "running":
                if time.monotonic() > deadline:
                    raise StepError(f"The scheduler at {self.address} does not answer any more.")
                with suppress(Exception):  # of any kind: the connection is gone
                    self._client.close(timeout=_PAUSE)
                time.sleep(_PAUSE)
                with suppress(OSError):
                    self._client = self._connect()
            return self._client

    def close(self) -> None:
        """Close the connection; workers end the steps of this run."""
        with suppress(Exception):  # of any kind: it may be gone
            self._client.close(timeout=_TIMEOUT)

    def _connect(self) -> Client:
        try:
            from distributed import Client
        except ImportError as error:
            raise MissingToolError("Clusters need Dask.", advice=INSTALL) from error
        # It logs each connection that is lost, and is made again here.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        client = Client(self.address, timeout=_TIMEOUT, set_as_default=False)
        for topic, listener in self._listeners.items():
            client.subscribe_topic(topic, lambda event, listener=listener: listener(event[1]))
        return client


class ClusterExecutor(Executor):
    """Executor of steps on the workers of a cluster.

    Args:
        cluster: The connection.
        context: The run; its store is a copy of a shared one.
        local: Executor for steps that read the input.
        progress: Receives the label of a step and the fraction of it that is done, on another thread.
    """

    def __init__(
        self,
        cluster: Cluster,
        context: RunContext,
        local: Executor,
        progress: Callable[[Any, float], None],
    ) -> None:
        store, styles = context.store, context.styles
        assert store.shared is not None
        files = context.fingerprints.folder(styles)
        for name, digest in files.items():
            if not store.path(digest).is_file():
                store.put((styles / name).read_bytes())
        self._run = ClusterRun(
            store.shared.address, tuple(files.items()), installation(context.code), f"exporter-{secrets.token_hex(8)}"
        )
        self._cluster = cluster
        self._local = local
        self._is_closed = False
        self._threads = ThreadPoolExecutor(_SUBMITTED)
        cluster.listen(self._run.topic, lambda event: progress(tuple(event[:2]), event[2]))

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Submit a step to the cluster, or to this machine if it reads the input."""
        if not isinstance(function, StepFunction) or function.reads_input:
            return self._local.submit(function, *arguments, **keywords)
        return self._threads.submit(self._execute, function, *arguments)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the execution of steps.

        Args:
            wait: Whether to wait for running steps.
            cancel_futures: Whether to cancel waiting steps and end running ones.
        """
        self._is_closed = cancel_futures
        if cancel_futures:
            self._cluster.close()
        self._local.shutdown(wait, cancel_futures=cancel_futures)
        self._threads.shutdown(wait, cancel_futures=cancel_futures)

    def _execute(self, function: StepFunction, inputs: msgspec.Struct, context: StepContext) -> StepResult:
        """Execute a step on a worker, again if the scheduler has lost it."""
        from distributed import KilledWorker

        key = "-".join((*function.label, secrets.token_hex(8)))
        while not self._is_closed:
            client = self._cluster.client()
            try:
                task = client.submit(
                    run_step,
                    self._run,
                    function,
                    inputs,
                    context,
                    key=key,
                    pure=False,
                    priority=function.weight,
                )
                result: StepResult = task.result()
            except ExporterError:
                raise
            except KilledWorker as error:
                raise StepCrashError("ended each worker that executed it", str(error)) from error
            except (CancelledError, CancelledFutureError):
                time.sleep(_PAUSE)
            except Exception as error:
                if client.status == "running":
                    raise StepCrashError(f"failed on a worker: {type(error).__name__}: {error}") from error
            else:
                return result
        raise StepError("The export was interrupted.")


def _check_address(address: str) -> None:
    """Check that a scheduler is reached by TLS, or is on this machine.

    Raises:
        UsageError: It is not.
    """
    try:
        parts = urlsplit(address)
        host, is_complete = parts.hostname or "", parts.port is not None
    except ValueError:
        host, is_complete = "", False
    if not host or not is_complete or parts.scheme not in ("tls", "tcp"):
        raise UsageError(
            f"“{address}” is not the address of a scheduler.", advice="Write, for example: tls://host:8786"
        )
    if parts.scheme == "tcp" and not _is_loopback(host):
        raise UsageError(
            f"“{address}” is not protected: anyone who reaches this scheduler can run programs on its workers.",
            advice="Use TLS, as in tls://host:8786; tcp:// is for a scheduler on this computer.",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
