"""Publication: copying of files from the store to the output folder; only files created by exporter are removed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

from exporter.pipeline.events import Notice, Published, Removed, StepState
from exporter.pipeline.file_writing import writing
from exporter.pipeline.outcomes import StepOutcome
from exporter.pipeline.output.publication_folder import publish_folder
from exporter.pipeline.report import FORMS, earlier_report, finished_report
from exporter.pipeline.step import Immediate, Step
from exporter.pipeline.steps.write import RECORDING_FOLLOWS
from exporter.pipeline.storage.results import StepResult, StoredObject
from exporter.report.model import EditionStatus, Report
from exporter.site import entry

_UNAVAILABLE = (EditionStatus.FAILED, EditionStatus.SKIPPED, EditionStatus.WITHHELD, EditionStatus.FOLLOWS)


class Publish(Step):
    """Publication: staging of all files beside the folder of the publication, which they then replace at once.

    If the gate blocks publication, only the report is published. Files of earlier exports that are no longer part of
    it are removed only if everything that was requested has been created.
    """

    name = "publish"
    title = "Publishing the files"
    label = "output"
    end_is_shown = False
    needs_output = True
    typical_seconds = 0.1

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
        standings = {edition.standing for edition in report.editions}
        if report.published and EditionStatus.FOLLOWS in standings and EditionStatus.MADE not in standings:
            return StepOutcome(StepState.SKIPPED, reason=RECORDING_FOLLOWS)
        files = {
            edition.file: StoredObject(edition.sha256, edition.size)
            for edition in report.editions
            if edition.standing is EditionStatus.MADE
        }
        page = publication.result("page")
        files |= dict(self._page_files(folder, page))
        # Where files are renamed one by one, the report is the last, so that every file that it lists exists; if the
        # export is stopped before, the next one knows from the earlier report which files are obsolete.
        files |= {name: rendered.outputs[form] for form, name in FORMS.items()}
        with writing(folder, "The output folder"):
            obsolete = [*self._obsolete(folder, report), *self._obsolete_cover(folder, page)]
            publication.published = publish_folder(context, folder, files, obsolete)
        slug = publication.manuscript.slug
        if context.shared_output is not None:
            context.shared_output.send(slug)
        before = publication.before.published if publication.before else ()
        written = {file.name for file in before if file.changed}
        for file in publication.published:
            context.listener(Published(slug, str(folder / file.name), file.output.size, file.changed))
        for name in obsolete:
            context.listener(Removed(slug, str(folder / name)))
        changed = any(file.changed for file in publication.published) or bool(obsolete)
        # Files of the text editions were published in this run, too.
        publication.published = tuple(
            dataclasses.replace(file, changed=file.changed or file.name in written) for file in publication.published
        )
        return StepOutcome(StepState.MADE if changed else StepState.UNCHANGED)

    def _page_files(self, folder: Path, page: StepResult | None) -> Iterator[tuple[str, StoredObject]]:
        """Yield the page and the files that belong to it, except for one whose name a folder of the user has."""
        for name, output in page.outputs.items() if page is not None else ():
            if (folder / name).is_dir() and not (folder / name).is_symlink():
                message = f"“{folder / name}” is a folder and was not replaced. Move it if you want the file there."
                self.context.listener(Notice(message))
            else:
                yield name, output

    def _obsolete(self, folder: Path, report: Report) -> list[str]:
        """Return the files of earlier exports that no longer belong to it, and recordings of its earlier text."""
        earlier = earlier_report(self.publication)
        if earlier is None or not report.published:
            return []
        holds = self.context.fingerprints.holds
        is_complete = not any(edition.standing in _UNAVAILABLE for edition in report.editions)
        current = {edition.file for edition in report.editions}
        following = {edition.file for edition in report.editions if edition.standing is EditionStatus.FOLLOWS}
        return [
            old.file
            for old in earlier.editions
            if (old.file in following or (is_complete and old.file not in current))
            # Only files that exporter created and nobody has changed since.
            and re.fullmatch(r"[^/\\\x00]+", old.file)
            and old.file.startswith(report.slug)
            and holds(folder / old.file, old.sha256, folder)
        ]

    def _obsolete_cover(self, folder: Path, page: StepResult | None) -> list[str]:
        """Return the cover of an earlier export that has another file name, as its image had another type."""
        earlier = entry.read(folder)
        old = earlier.cover if earlier is not None else None
        if page is None or old is None or old.sha256 is None or old.file in page.outputs:
            return []
        return [old.file] if self.context.fingerprints.holds(folder / old.file, old.sha256, folder) else []
