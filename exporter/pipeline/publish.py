"""From the store into the output folder: each file whole or not at all, and only files of ours replaced or removed."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from exporter.errors import OutputError
from exporter.files import read_regular
from exporter.pipeline import actions, failures, page_action
from exporter.pipeline.action import Action, Skip
from exporter.pipeline.context import PublicationRun, RunContext, StepOutcome
from exporter.pipeline.events import Listener, Published, Removed, StepState
from exporter.pipeline.report import build
from exporter.pipeline.results import StepResult, StoredObject
from exporter.pipeline.staging import publish_files
from exporter.pipeline.store import writing
from exporter.report.model import EditionStatus, Report
from exporter.site import entry
from exporter.site.entry import CatalogueEntry

REPORT = "report.json"
PAGE = "report.html"
FORMS = {"conformance": "conformance.html", "sarif": "report.sarif", "page": PAGE, "json": REPORT}
"""Files by output of the step `report`, in the order in which they are put out."""
_UNMADE = (EditionStatus.FAILED, EditionStatus.SKIPPED, EditionStatus.WITHHELD)


def report(context: RunContext, publication_run: PublicationRun) -> Action | Skip:
    """Return the call that renders the report of a publication: whatever the gate says, it is for everybody to read."""
    if publication_run.made("prepare") is None:
        return Skip("The manuscript could not be read.")
    data = (
        msgspec.json.format(
            msgspec.json.encode(build(context, publication_run, earlier(context, publication_run))), indent=2
        )
        + b"\n"
    )
    digest = context.store.put(data)
    context.fingerprints.remember(context.store.path(digest), digest)
    publication_run.report = StoredObject(digest, len(data))
    return actions.report(context, publication_run, digest)


def page(context: RunContext, publication_run: PublicationRun) -> Action | Skip:
    """Return the call that makes the page of a publication and its entry in the catalogue."""
    return page_action.page(context, publication_run, PAGE)


def publish(context: RunContext, publication_run: PublicationRun, listener: Listener) -> StepOutcome:
    """Put the editions of a publication and its report into the output folder; the report alone where the gate is shut.

    Files of earlier exports that no longer belong there are removed only when everything that was asked for has been
    made.
    """
    made = publication_run.made("report")
    if made is None or publication_run.report is None or context.output is None:
        return StepOutcome(StepState.SKIPPED, reason="There is nothing to publish.")
    folder = context.output / publication_run.manuscript.slug
    before = earlier(context, publication_run)
    fresh = msgspec.json.decode(context.store.fetch(publication_run.report.digest), type=Report)
    files = {
        one.file: StoredObject(one.sha256, one.size) for one in fresh.editions if one.standing is EditionStatus.MADE
    }
    beside = publication_run.made("page")
    files |= beside.outputs if beside is not None else {}
    # The report comes last: it never speaks of a file that is not there yet.
    files |= {name: made.outputs[form] for form, name in FORMS.items()}
    try:
        with writing(folder, "The output folder"):
            folder.mkdir(parents=True, exist_ok=True)
            listed = entry.read(folder)
            publication_run.published = publish_files(context, folder, files)
            removed = _remove_stale(context, folder, before, fresh)
            if beside is not None:
                removed += _remove_cover(context, folder, listed, beside)
    except OutputError as error:
        finding = failures.finding(error, "publish")
        return StepOutcome(StepState.FAILED, None, (finding,), error.message, error.exit_code)
    for file in publication_run.published:
        shown = str(folder / file.name)
        listener(Published(publication_run.manuscript.slug, shown, file.output.size, file.changed))
    for name in removed:
        listener(Removed(publication_run.manuscript.slug, str(folder / name)))
    changed = any(file.changed for file in publication_run.published) or bool(removed)
    return StepOutcome(StepState.MADE if changed else StepState.UNCHANGED)


def _remove_stale(context: RunContext, folder: Path, before: Report | None, fresh: Report) -> list[str]:
    if before is None or any(one.standing in _UNMADE for one in fresh.editions):
        return []
    kept = {one.file for one in fresh.editions}
    removed = []
    for old in before.editions:
        plain = re.fullmatch(r"[^/\\\x00]+", old.file) and old.file.startswith(fresh.slug)
        # Only what we wrote ourselves, unchanged since.
        if plain and old.file not in kept and context.fingerprints.holds(folder / old.file, old.sha256, folder):
            (folder / old.file).unlink()
            removed.append(old.file)
    return removed


def _remove_cover(context: RunContext, folder: Path, listed: CatalogueEntry | None, beside: StepResult) -> list[str]:
    """Remove the cover of an earlier export that was a picture of another kind, so bore another name."""
    old = listed.cover if listed is not None else None
    if old is None or old.sha256 is None or old.file in beside.outputs:
        return []
    if not context.fingerprints.holds(folder / old.file, old.sha256, folder):
        return []
    (folder / old.file).unlink()
    return [old.file]


def earlier(context: RunContext, publication_run: PublicationRun) -> Report | None:
    """Return the report that stands in the output folder; None when there is none that we can read."""
    if context.output is None:
        return None
    try:
        folder = context.output / publication_run.manuscript.slug
        return msgspec.json.decode(read_regular(folder / REPORT, folder), type=Report)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
