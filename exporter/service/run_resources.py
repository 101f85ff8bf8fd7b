"""The store, the output folder and the cluster of a run, on this machine or shared by several."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.config import Location, local_folder, store_folder
from exporter.errors import OutputError, UsageError
from exporter.pipeline.context import RunContext
from exporter.pipeline.events import Listener, Notice
from exporter.pipeline.execution.scheduler import Progress
from exporter.pipeline.file_writing import remove_tree
from exporter.pipeline.storage.fingerprints import Fingerprints
from exporter.pipeline.storage.store import Store

if TYPE_CHECKING:
    from exporter.pipeline.execution.cluster import Cluster
    from exporter.pipeline.output.shared_output import SharedOutput


@contextmanager
def open_cluster(address: str, store: Store, listener: Listener) -> Iterator[Cluster | None]:
    """Yield the cluster whose scheduler has this address, or None if it is empty.

    Raises:
        UsageError: Its workers could not reach the store, or it cannot be used itself.
    """
    if not address:
        yield None
        return
    if store.shared is None:
        raise UsageError(
            "The workers of a cluster cannot reach the store, which is a folder of this computer.",
            advice="Name a shared one, such as --store s3://bucket/store, or --store file:///mnt/store.",
        )
    from exporter.pipeline.execution.cluster import Cluster

    cluster = Cluster(address)
    if not cluster.processes:
        listener(Notice("The cluster has no workers yet; the export waits for them."))
    try:
        yield cluster
    finally:
        cluster.close()


def on_cluster(cluster: Cluster | None, context: RunContext, local: Executor, progress: Progress) -> Executor:
    """Return the executor of a run: `local`, or the cluster with `local` for the steps that read the input."""
    if cluster is None:
        return local
    from exporter.pipeline.execution.cluster import ClusterExecutor

    return ClusterExecutor(cluster, context, local, progress)


def open_output(output: Location, store: Store, fingerprints: Fingerprints) -> SharedOutput | None:
    """Return the output folder at an address, after what it contains has been received; None for a folder."""
    if isinstance(output, Path):
        return None
    from exporter.pipeline.output.shared_output import SharedOutput

    shared = SharedOutput(output, local_folder(output), store, fingerprints)
    shared.receive()
    return shared


@contextmanager
def open_store(given: Location | None, listener: Listener) -> Iterator[Store]:
    """Yield the store, or a temporary one for this run if the default folder cannot be written."""
    root, is_given, address = store_folder(given)
    try:
        store = Store.open(root, address)
    except (OutputError, UsageError) as error:
        if is_given:
            raise
        temporary = Path(tempfile.mkdtemp(prefix="exporter-"))
        listener(Notice(f"{error} This run uses a temporary store; the next run has to repeat everything."))
        try:
            yield Store.open(temporary / "store")
        finally:
            remove_tree(temporary)
    else:
        yield store
