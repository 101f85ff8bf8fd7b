"""Update of the catalogue at the end of a run, if an input or one of its files has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from exporter.pipeline.context import RunContext
from exporter.pipeline.file_writing import writing
from exporter.pipeline.output.publication_folder import swept_output
from exporter.pipeline.storage.results import step_key
from exporter.site.entry import ENTRY

_MEMO = "catalogue"
FILES = ("index.html", "opds.json", "podcast.xml", "podcast.png")


class _State(msgspec.Struct, frozen=True):
    key: str
    """Of everything that determines the catalogue."""
    files: dict[str, str]
    """Digests of its files; empty for one that does not exist."""


def prepare_catalogue(context: RunContext) -> None:
    """Begin, on the thread of the run, what the update of the catalogue needs that steps do not affect."""

    def prepare() -> None:
        from exporter.pipeline.output import catalogue

        catalogue.prepare(context.styles, context.publisher_settings, context.store.memo(_MEMO))

    if context.thread is not None:
        context.thread.submit(prepare)


def update_catalogue(context: RunContext) -> None:
    """Update the catalogue of the output folder, while no other export publishes in it.

    Raises:
        OutputError: A file of it cannot be written.
        SettingsError: The publisher settings name an unknown theme.
    """
    assert context.output is not None
    with writing(context.output, "The output folder"), swept_output(context.output):
        _update(context, context.output)


def _update(context: RunContext, output: Path) -> None:
    editions = context.registry.descriptions
    table = f"catalogue-{sha256(str(output.resolve()).encode()).hexdigest()[:16]}"
    key = step_key(
        "catalogue",
        code=context.code.digest(),
        styles=context.fingerprints.folder(context.styles),
        publications=list(_publications(context, output)),
        editions=editions,
    )
    try:
        before = msgspec.msgpack.decode(context.store.table(table) or b"", type=_State)
    except msgspec.MsgspecError:
        before = _State("", {})
    if before == _State(key, _digests(context, output)):
        return
    if context.thread is not None:
        # Until the preparation has ended; if it has failed, what follows does, too, and reports it.
        context.thread.submit(int).result()
    # Imported only if the catalogue has to be rendered.
    from exporter.pipeline.output.catalogue import publish

    memo = context.store.memo(_MEMO)
    publish(output, context.styles, context.publisher_settings, editions, context.listener, memo=memo)
    context.store.keep_table(table, msgspec.msgpack.encode(_State(key, _digests(context, output))))
    context.fingerprints.save()


def _publications(context: RunContext, output: Path) -> Iterator[tuple[str, str, list[tuple[str, int]]]]:
    """Yield the folder of each publication, the digest of its entry, and the names and sizes of its files."""
    for folder in sorted(path for path in output.iterdir() if path.is_dir()):
        try:
            digest = context.fingerprints.digest(folder / ENTRY, folder)
            with os.scandir(folder) as entries:
                files = sorted((entry.name, entry.stat().st_size) for entry in entries)
        except OSError:
            continue
        yield folder.name, digest, files


def _digests(context: RunContext, output: Path) -> dict[str, str]:
    return {name: _digest(context, output / name) for name in FILES}


def _digest(context: RunContext, path: Path) -> str:
    try:
        return "" if path.is_symlink() else context.fingerprints.digest(path, path.parent)
    except OSError:
        return ""
