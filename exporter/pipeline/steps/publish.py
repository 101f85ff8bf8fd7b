"""Publication: copying of files from the store to the output folder; only files created by exporter are removed."""

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

_UNAVAILABLE = (EditionStatus.FAILED, EditionStatus.SKIPPED, EditionStatus.WITHHELD)


class Publish(Step):
    """Publication: staging of all files in the output folder, then renaming.

    If the gate blocks publication, only the report is published. Files of earlier exports that are no longer part of
    it are removed only if everything that was requested has been created.
    """

    name = "publish"
    title = "Publishing the files"
    label = "output"
    needs_output = True

    @property
    def typical_seconds(self) -> float:
        """The estimate until a duration has been measured; files are only copied."""
        return 0.1

    def needs(self) -> Iterator[str]:
        """Yield the page, the last step before publication."""
        yield "page"

    def action(self) -> Immediate:
        """Return the publication."""
        return Immediate(self._publish)

    def _publish(self) -> StepOutcome:
        publication, context = self.publication, self.context
        rendered, report = publication.result("report"), finished_report(publication)
        if rendered is None or report is None or context.output is None:
            return StepOutcome(StepState.SKIPPED, reason="Nothing to publish.")
        folder = context.output / publication.manuscript.slug
        earlier = earlier_report(publication)
        files = {
            edition.file: StoredObject(edition.sha256, edition.size)
            for edition in report.editions
            if edition.standing is EditionStatus.MADE
        }
        page = publication.result("page")
        files |= page.outputs if page is not None else {}
        # The report is renamed last, so that every file that it lists exists.
        files |= {name: rendered.outputs[form] for form, name in FORMS.items()}
        try:
            with writing(folder, "The output folder"):
                folder.mkdir(parents=True, exist_ok=True)
                earlier_entry = entry.read(folder)
                publication.published = publish_files(context, folder, files)
                removed = self._remove_stale(folder, earlier, report)
                if page is not None:
                    removed += self._remove_cover(folder, earlier_entry, page)
        except OutputError as error:
            findings = failures.findings(error, self.title)
            return StepOutcome(StepState.FAILED, None, findings, error.message, error.exit_code)
        slug = publication.manuscript.slug
        for file in publication.published:
            context.listener(Published(slug, str(folder / file.name), file.output.size, file.changed))
        for name in removed:
            context.listener(Removed(slug, str(folder / name)))
        changed = any(file.changed for file in publication.published) or bool(removed)
        return StepOutcome(StepState.MADE if changed else StepState.UNCHANGED)

    def _remove_stale(self, folder: Path, earlier: Report | None, report: Report) -> list[str]:
        if earlier is None or any(edition.standing in _UNAVAILABLE for edition in report.editions):
            return []
        current = {edition.file for edition in report.editions}
        holds = self.context.fingerprints.holds
        removed = []
        for old in earlier.editions:
            is_own_name = re.fullmatch(r"[^/\\\x00]+", old.file) and old.file.startswith(report.slug)
            # Only files that exporter created and nobody has changed since.
            if is_own_name and old.file not in current and holds(folder / old.file, old.sha256, folder):
                (folder / old.file).unlink()
                removed.append(old.file)
        return removed

    def _remove_cover(self, folder: Path, earlier: CatalogueEntry | None, page: StepResult) -> list[str]:
        """Remove the cover of an earlier export that has another file name, as its image had another type."""
        old = earlier.cover if earlier is not None else None
        if old is None or old.sha256 is None or old.file in page.outputs:
            return []
        if not self.context.fingerprints.holds(folder / old.file, old.sha256, folder):
            return []
        (folder / old.file).unlink()
        return [old.file]
