"""Manuscript to raw tree."""

from __future__ import annotations

from pathlib import Path

from exporter.errors import SourceError
from exporter.files import read_regular
from exporter.model import Source, walk
from exporter.model.serialisation import encode
from exporter.pipeline.registry import load_reader, styles_of
from exporter.pipeline.results import StepResult, StoredObject
from exporter.pipeline.store import Store

MAXIMUM_SIZE = 256_000_000
"""Bytes of a manuscript, pictures inside it included; readers of plain text draw narrower limits."""


def run(*, store: Path, reader: str, path: Path, file: str, styles: Path) -> StepResult:
    """Read a manuscript.

    Args:
        store: Root of the store.
        reader: Module of the reader.
        path: The manuscript.
        file: Its path inside the publication's folder.
        styles: The folder of styles, for readers that read some of them.

    Raises:
        SourceError: It cannot be read.
    """
    keep = Store(store)
    module = load_reader(reader)
    given = {"styles": styles} if styles_of(module) else {}
    read = module.read(_bytes(path, file), file, **given)
    tree = encode(read.publication)
    outputs = {"tree": StoredObject(keep.put(tree), len(tree))}
    for name, data in read.media.items():
        outputs[f"media:{name}"] = StoredObject(keep.put(data), len(data))
    cover = read.publication.metadata.cover
    names = [cover.source] if cover else []
    names += [image.source for image in walk.images(read.publication)]
    pictures = [name for name in dict.fromkeys(names) if name not in read.media]
    return StepResult(outputs, read.findings, {"pictures": pictures, "options": dict(read.options)})


def _bytes(path: Path, file: str) -> bytes:
    try:
        data = read_regular(path, path.parent, limit=MAXIMUM_SIZE + 1)
    except OSError as error:
        raise SourceError(f"The manuscript cannot be read: {error.strerror}.", source=Source(file)) from error
    if len(data) > MAXIMUM_SIZE:
        raise SourceError(
            f"The manuscript is larger than {MAXIMUM_SIZE // 1_000_000} megabytes.",
            advice="Split it into parts.",
            source=Source(file),
        )
    return data
