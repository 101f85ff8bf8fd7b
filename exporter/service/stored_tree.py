"""Trees and images of publications that have been checked, in the store."""

from __future__ import annotations

from pathlib import Path

from exporter.model import Publication
from exporter.model.serialisation import decode
from exporter.pipeline.store import Store


def stored_publication(digest: str, store: Path) -> Publication | None:
    """Return the tree of a publication by its digest, or None if the store does not contain it any more.

    Args:
        digest: `PublicationOutcome.tree`.
        store: The store of the run.
    """
    data = Store(store).read(digest) if digest else None
    return None if data is None else decode(data)


def stored_image(digest: str, store: Path) -> bytes | None:
    """Return the bytes of an image by `Asset.digest`, or None if the store does not contain it any more."""
    return Store(store).read(digest)
