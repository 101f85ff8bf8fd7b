"""The report page of a check, beside the files of an export, whose own report is not changed."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.errors import OutputError
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.events import Notice, Published, StepState
from exporter.pipeline.file_writing import writing
from exporter.pipeline.outcomes import StepOutcome
from exporter.pipeline.output.staging import publish_files
from exporter.pipeline.report import CHECK_PAGE
from exporter.pipeline.step import Immediate, Step


class CheckPage(Step):
    """Publication of the report page of a check; if its folder cannot be written, the check goes on without it."""

    name = "check_page"
    title = "Writing the report of the check"
    label = "output"
    end_is_shown = False
    typical_seconds = 0.01

    @classmethod
    def of(cls, publication: PublicationRun) -> Iterator[Step]:
        """Yield the step in a check that has a folder for its report."""
        if publication.context.output is None and publication.context.reports is not None:
            yield cls(publication)

    def needs(self) -> Iterator[str]:
        """Yield the rendering of the report."""
        yield "report"

    def action(self) -> Immediate:
        """Return the publication of the page."""
        return Immediate(self._publish)

    def _publish(self) -> StepOutcome:
        publication, context = self.publication, self.context
        rendered = publication.result("report")
        if rendered is None or context.reports is None:
            return StepOutcome(StepState.SKIPPED, reason="There is no report.")
        folder = context.reports / publication.manuscript.slug
        try:
            with writing(folder, "The folder of the report"):
                folder.mkdir(parents=True, exist_ok=True)
                (file,) = publication.published = publish_files(context, folder, {CHECK_PAGE: rendered.outputs["page"]})
        except OutputError as error:
            context.listener(Notice(f"The report page was not written. {error}"))
            return StepOutcome(StepState.SKIPPED, reason=error.message)
        context.listener(
            Published(publication.manuscript.slug, str(folder / CHECK_PAGE), file.output.size, file.changed)
        )
        return StepOutcome(StepState.MADE if file.changed else StepState.UNCHANGED)
