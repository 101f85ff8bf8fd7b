"""From the store into the output folder: each file whole or not at all, and only files of ours replaced or removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from exporter.errors import OutputError
from exporter.pipeline import failures
from exporter.pipeline.context import StepOutcome
from exporter.pipeline.events import Published, Removed, StepState
from exporter.pipeline.report import FORMS, earlier_report, finished_report
from exporter.pipeline.results import StepResult, StoredObject
from exporter.pipeline.staging import publish_files
from exporter.pipeline.step import Immediate, Step
from exporter.pipeline.store import writing
from exporter.report.model import EditionStatus, Report
from exporter.site import entry
from exporter.site.entry import CatalogueEntry

_UNMADE = (EditionStatus.FAILED, EditionStatus.SKIPPED, EditionStatus.WITHHELD)


class Publish(Step):
    """Publication: staging of all files beside their places, then renaming.

    If the gate blocks publication, only the report is published. Files of earlier exports that no longer belong there
    are removed only when everything that was requested has been created.
    """

    name = "publish"
    title = "Putting the files into the output folder"
    label = "output"
    needs_output = True

    @property
    def typical_seconds(self) -> float:
        """Files are copied or linked."""
        return 0.1

    def needs(self) -> Iterator[str]:
        """Yield the step that comes last."""
        yield "page"

    def action(self) -> Immediate:
        """Return the publication."""
        return Immediate(self._publish)

    def _publish(self) -> StepOutcome:
        publication, context = self.publication, self.context
        rendered, fresh = publication.result("report"), finished_report(publication)
        if rendered is None or fresh is None or context.output is None:
            return StepOutcome(StepState.SKIPPED, reason="There is nothing to publish.")
        folder = context.output / publication.manuscript.slug
        before = earlier_report(publication)
        files = {
            edition.file: StoredObject(edition.sha256, edition.size)
            for edition in fresh.editions
            if edition.standing is EditionStatus.MADE
        }
        page = publication.result("page")
        files |= page.outputs if page is not None else {}
        # The report comes last: it never speaks of a file that is not there yet.
        files |= {name: rendered.outputs[form] for form, name in FORMS.items()}
        try:
            with writing(folder, "The output folder"):
                folder.mkdir(parents=True, exist_ok=True)
                listed = entry.read(folder)
                publication.published = publish_files(context, folder, files)
                removed = self._remove_stale(folder, before, fresh)
                if page is not None:
                    removed += self._remove_cover(folder, listed, page)
        except OutputError as error:
            finding = failures.finding(error, self.title)
            return StepOutcome(StepState.FAILED, None, (finding,), error.message, error.exit_code)
        slug = publication.manuscript.slug
        for file in publication.published:
            context.listener(Published(slug, str(folder / file.name), file.output.size, file.changed))
        for name in removed:
            context.listener(Removed(slug, str(folder / name)))
        changed = any(file.changed for file in publication.published) or bool(removed)
        return StepOutcome(StepState.MADE if changed else StepState.UNCHANGED)

    def _remove_stale(self, folder: Path, before: Report | None, fresh: Report) -> list[str]:
        if before is None or any(edition.standing in _UNMADE for edition in fresh.editions):
            return []
        current = {edition.file for edition in fresh.editions}
        holds = self.context.fingerprints.holds
        removed = []
        for old in before.editions:
            is_own_name = re.fullmatch(r"[^/\\\x00]+", old.file) and old.file.startswith(fresh.slug)
            # Only what we wrote ourselves, unchanged since.
            if is_own_name and old.file not in current and holds(folder / old.file, old.sha256, folder):
                (folder / old.file).unlink()
                removed.append(old.file)
        return removed

    def _remove_cover(self, folder: Path, listed: CatalogueEntry | None, page: StepResult) -> list[str]:
        """Remove the cover of an earlier export that was an image of another type, so had another name."""
        old = listed.cover if listed is not None else None
        if old is None or old.sha256 is None or old.file in page.outputs:
            return []
        if not self.context.fingerprints.holds(folder / old.file, old.sha256, folder):
            return []
        (folder / old.file).unlink()
        return [old.file]
