"""The catalogue at the end of a run: made anew when something of it has changed, or somebody has touched it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from exporter.pipeline.context import RunContext
from exporter.pipeline.results import step_key
from exporter.site.entry import ENTRY

FILES = ("index.html", "opds.json", "podcast.xml", "podcast.png")


class _State(msgspec.Struct, frozen=True):
    key: str
    """Of all that decides the catalogue."""
    files: dict[str, str]
    """Digests of its files; empty for one that is not there."""


def update_catalogue(context: RunContext) -> None:
    """Bring the catalogue of the output folder up to date.

    Raises:
        OutputError: A file of it cannot be written.
        SettingsError: The settings of the house name a theme that does not exist.
    """
    output, editions = context.output, context.registry.descriptions
    assert output is not None
    table = f"catalogue-{sha256(str(output.resolve()).encode()).hexdigest()[:16]}"
    now = step_key(
        "catalogue",
        code=context.code.digest(),
        styles=context.fingerprints.folder(context.styles),
        standing=list(_standing(context, output)),
        editions=editions,
    )
    try:
        before = msgspec.msgpack.decode(context.store.table(table) or b"", type=_State)
    except msgspec.MsgspecError:
        before = _State("", {})
    if before == _State(now, _digests(context, output)):
        return
    # What renders it is loaded only when there is something to render.
    from exporter.pipeline.catalogue import publish

    publish(output, context.styles, context.publisher_settings, editions, context.listener)
    context.store.keep_table(table, msgspec.msgpack.encode(_State(now, _digests(context, output))))
    context.fingerprints.save()


def _standing(context: RunContext, output: Path) -> Iterator[tuple[str, str, list[tuple[str, int]]]]:
    """Yield what stands there of each publication: what it says of itself, and the names and sizes of its files."""
    for folder in sorted(path for path in output.iterdir() if path.is_dir()):
        try:
            said = context.fingerprints.digest(folder / ENTRY, folder)
            with os.scandir(folder) as entries:
                files = sorted((entry.name, entry.stat().st_size) for entry in entries)
        except OSError:
            continue
        yield folder.name, said, files


def _digests(context: RunContext, output: Path) -> dict[str, str]:
    return {name: _digest(context, output / name) for name in FILES}


def _digest(context: RunContext, path: Path) -> str:
    try:
        return "" if path.is_symlink() else context.fingerprints.digest(path, path.parent)
    except OSError:
        return ""
