"""Finished edition to every difference between it and the manuscript, and to how much of everything it has."""

from __future__ import annotations

from pathlib import Path

from exporter import parity
from exporter.model.serialisation import decode
from exporter.pipeline.registry import load
from exporter.pipeline.results import StepResult, StoredObject
from exporter.pipeline.scratch import named_copy
from exporter.pipeline.source_map import build_source_map, with_source
from exporter.pipeline.store import Store


def run(
    *, store: Path, tree: str, edition: str, file: str, digest: str, extractor: str, clips: str, scratch: Path
) -> StepResult:
    """Compare an edition with the tree that it was made from.

    Args:
        store: Root of the store.
        tree: Digest of the complete tree.
        edition: Name of the edition.
        file: Name of its file.
        digest: Of the file.
        extractor: The `parity.Extractor` of its files, as `module:attribute`; empty when there is none.
        clips: Digest of the list of utterances, for editions that are heard; empty when there is none.
        scratch: Folder for this step alone, which does not exist yet.

    Returns:
        The findings, and `amounts` when the edition could be read; `info` says why it was not compared.
    """
    if not extractor:
        return StepResult(info={"reason": f"Nothing reads files like {file} back yet."})
    keep = Store(store)
    publication = decode(keep.fetch(tree))
    script = keep.fetch(clips) if clips else None
    with named_copy(keep, digest, scratch / file) as path:
        compared = parity.EditionComparer(publication).compare(edition, path, load(extractor), script)
    known = build_source_map(publication)
    outputs: dict[str, StoredObject] = {}
    info: dict[str, int] = {}
    if compared.amounts is not None:
        amounts = parity.encode_amounts(compared.amounts)
        outputs["amounts"] = StoredObject(keep.put(amounts), len(amounts))
        if compared.amounts.paged:
            info["pages"] = compared.amounts.counts.get("pages", 0)
    return StepResult(outputs, tuple(with_source(finding, known) for finding in compared.findings), info)
