"""Raw tree to the tree that all editions are made from: metadata completed, pictures gathered, transforms applied."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from exporter import images, transforms
from exporter.config import MetadataSettings
from exporter.model.serialisation import decode, encode
from exporter.pipeline.results import StepResult, StoredObject
from exporter.pipeline.store import Store


def run(
    *,
    store: Path,
    tree: str,
    media: Mapping[str, str],
    folder: Path,
    slug: str,
    over: MetadataSettings,
    under: MetadataSettings,
) -> StepResult:
    """Complete a raw tree.

    Args:
        store: Root of the store.
        tree: Digest of the raw tree.
        media: Digests of the pictures that the manuscript carries inside itself, by name.
        folder: The publication's folder.
        slug: Name of the publication.
        over: Metadata that win over those of the manuscript.
        under: Metadata for what the manuscript does not say.
    """
    keep = Store(store)
    raw = decode(keep.fetch(tree))
    metadata = under.under(over.over(raw.metadata))
    publication = msgspec.structs.replace(raw, metadata=metadata)
    gathered = images.gather(publication, folder, {name: keep.fetch(digest) for name, digest in media.items()})
    outputs: dict[str, StoredObject] = {}
    for digest, data in gathered.blobs.items():
        kept = keep.put(data)
        assert kept == digest
        outputs[f"asset:{digest}"] = StoredObject(digest, len(data))
    complete = transforms.apply(gathered.publication, slug)
    data = encode(complete)
    outputs["tree"] = StoredObject(keep.put(data), len(data))
    said = complete.metadata
    info = {
        "title": said.title,
        "language": said.language,
        "kind": said.kind or "",
        "translations": [other.target for other in said.translations if other.target],
    }
    return StepResult(outputs, gathered.findings, info)
