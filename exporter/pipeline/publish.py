"""From the store into the output folder: each file whole or not at all, and only files of ours replaced or removed."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from exporter.config import Gate
from exporter.errors import OutputError
from exporter.pipeline import calls, failures
from exporter.pipeline.calls import Call, Skip
from exporter.pipeline.events import Listener, Published, Removed, State
from exporter.pipeline.made import Output
from exporter.pipeline.report import build
from exporter.pipeline.store import copy_file, writing
from exporter.pipeline.work import House, PublishedFile, Result, Work
from exporter.report.model import Report, Standing

REPORT = "report.json"
PAGE = "report.html"
FORMS = {"conformance": "conformance.html", "sarif": "report.sarif", "page": PAGE, "json": REPORT}
"""Files by output of the step `report`, in the order in which they are put out."""
_MODE = 0o644
"""Editions are for everybody; the store is not."""


def report(house: House, work: Work) -> Call | Skip:
    """Give the call that renders the report of a publication, once it is known that something will be published."""
    if not any(work.made(f"write:{edition.name}") for edition in house.editions):
        return Skip("Nothing could be made.")
    if house.gate is Gate.ERROR and work.manuscript_errors:
        return Skip("The manuscript has errors, which stop the export.")
    data = msgspec.json.format(msgspec.json.encode(build(house, work, _earlier(house, work))), indent=2) + b"\n"
    digest = house.store.put(data)
    house.fingerprints.remember(house.store.path(digest), digest)
    work.report = Output(digest, len(data))
    return calls.report(house, work, digest)


def publish(house: House, work: Work, listener: Listener) -> Result:
    """Put the editions of a publication and its report into the output folder.

    A file that holds the right bytes already is left alone. Files of earlier exports that no longer belong there are
    removed only when everything that was asked for has been made.
    """
    page = work.made("report")
    if page is None or work.report is None or house.output is None:
        return Result(State.SKIPPED, reason="There is nothing to publish.")
    folder = house.output / work.manuscript.slug
    earlier = _earlier(house, work)
    fresh = msgspec.json.decode(house.store.fetch(work.report.digest), type=Report)
    files = {one.file: Output(one.sha256, one.size) for one in fresh.editions if one.standing is Standing.MADE}
    # The report comes last: it never speaks of a file that is not there yet.
    files |= {name: page.outputs[form] for form, name in FORMS.items()}
    try:
        with writing(folder, "The output folder"):
            folder.mkdir(parents=True, exist_ok=True)
            work.published = tuple(_place(house, folder, name, output) for name, output in files.items())
            removed = _remove_stale(house, folder, earlier, fresh)
    except OutputError as error:
        finding = failures.finding(error, "publish")
        return Result(State.FAILED, None, (finding,), error.message, error.exit_code)
    for file in work.published:
        shown = str(folder / file.name)
        listener(Published(work.manuscript.slug, shown, file.output.size, file.changed))
    for name in removed:
        listener(Removed(work.manuscript.slug, str(folder / name)))
    changed = any(file.changed for file in work.published) or bool(removed)
    return Result(State.MADE if changed else State.UNCHANGED)


def _place(house: House, folder: Path, name: str, output: Output) -> PublishedFile:
    target = folder / name
    if not target.is_symlink() and house.fingerprints.holds(target, output.digest):
        return PublishedFile(name, output, changed=False)
    if target.is_dir() and not target.is_symlink():
        raise OutputError(f"A folder stands where “{target}” has to be.", advice="Move it away.")
    if not copy_file(house.store.path(output.digest), target, output.digest, mode=_MODE):
        raise OutputError("A file of the store is damaged.", advice="Export again: it will be made anew.")
    house.fingerprints.remember(target, output.digest)
    return PublishedFile(name, output, changed=True)


def _remove_stale(house: House, folder: Path, earlier: Report | None, fresh: Report) -> list[str]:
    if earlier is None or any(one.standing in (Standing.FAILED, Standing.SKIPPED) for one in fresh.editions):
        return []
    kept = {one.file for one in fresh.editions}
    removed = []
    for old in earlier.editions:
        plain = re.fullmatch(r"[^/\\\x00]+", old.file) and old.file.startswith(fresh.slug)
        # Only what we wrote ourselves, unchanged since.
        if plain and old.file not in kept and house.fingerprints.holds(folder / old.file, old.sha256):
            (folder / old.file).unlink()
            removed.append(old.file)
    return removed


def _earlier(house: House, work: Work) -> Report | None:
    """Give the report that stands in the output folder; None when there is none that we can read."""
    if house.output is None:
        return None
    try:
        data = (house.output / work.manuscript.slug / REPORT).read_bytes()
        return msgspec.json.decode(data, type=Report)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
