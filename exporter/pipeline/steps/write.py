"""Tree to edition."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from exporter.contracts import WriteContext, WriteResult
from exporter.errors import StepError
from exporter.labels import Labels
from exporter.model.serialisation import decode
from exporter.pipeline.registry import load_writer
from exporter.pipeline.results import StepResult, StoredObject
from exporter.pipeline.store import Store, refuse, writing
from exporter.pipeline.worker import progress

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def run(
    *,
    store: Path,
    writer: str,
    tree: str,
    options: Any,
    settings: Mapping[str, Any],
    facts: Mapping[str, str],
    files: Mapping[str, str],
    styles: Path,
    scratch: Path,
    room: str,
    recordings: str,
) -> StepResult:
    """Write one edition into the store.

    Args:
        store: Root of the store.
        writer: Module of the writer.
        tree: Digest of the complete tree.
        options: The writer's `Options`.
        settings: Those of the editions that it follows, by name.
        facts: Digests of side facts of other editions, by name such as `pdf.pages`.
        files: Digests of the files that the options name, by that name.
        styles: Folder of styles.
        scratch: Folder for this step alone, which does not exist yet.
        room: Names the writer and all that decides its memos besides their keys.
        recordings: The same for what is spoken, whoever writes it.
    """
    keep = Store(store)
    part = load_writer(writer)
    publication = decode(keep.fetch(tree))
    # The writer must not learn the slug or the time from the name of its target.
    target = scratch / "target" / f"edition{part.SUFFIX}"
    with writing(scratch, "The scratch folder"):
        (scratch / "own").mkdir(parents=True)
        target.parent.mkdir()
    context = WriteContext(
        assets=keep,
        memo=keep.memo(room),
        recordings=keep.memo(recordings),
        labels=Labels.load(styles, publication.metadata.language),
        styles=styles,
        scratch=scratch / "own",
        sidecars={name: keep.fetch(digest) for name, digest in facts.items()},
        files={name: keep.fetch(digest) for name, digest in files.items()},
        settings=settings,
        progress=progress,
    )
    try:
        written = part.write(publication, context, options, target)
    except OSError as error:
        # Only these are about the disk; any other is a mistake of the writer and must not be called anything else.
        if error.errno in FULL:
            refuse(target, f"The edition “{part.NAME}”", error)
        raise
    if not isinstance(written, WriteResult):
        raise StepError(f"The writer “{part.NAME}” gave {type(written).__name__} instead of Written.")
    if target.is_symlink() or not target.is_file() or not target.stat().st_size:
        raise StepError(f"The writer “{part.NAME}” has written nothing.")
    outputs = {f"fact:{name}": StoredObject(keep.put(data), len(data)) for name, data in written.sidecars.items()}
    outputs["edition"] = StoredObject(*keep.take(target))
    return StepResult(outputs, written.findings, _extent(written.sidecars))


class _Pages(msgspec.Struct):
    labels: list[str] = []


class _Clip(msgspec.Struct):
    end: float = 0.0


def _extent(facts: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the pages and the seconds of an edition, as far as what it hands on says so."""
    extent: dict[str, Any] = {}
    with suppress(msgspec.MsgspecError):
        if "pages" in facts:
            extent["pages"] = len(msgspec.json.decode(facts["pages"], type=_Pages).labels)
    with suppress(msgspec.MsgspecError):
        if "clips" in facts:
            clips = msgspec.json.decode(facts["clips"], type=list[_Clip])
            extent["seconds"] = max((clip.end for clip in clips), default=0.0)
    return extent
