"""Writing of one edition to a file that the user has named, instead of a folder for the publication."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.pipeline.context import PublicationRun
from exporter.pipeline.events import Published, StepState
from exporter.pipeline.file_writing import writing
from exporter.pipeline.outcomes import StepOutcome
from exporter.pipeline.output.staging import publish_files
from exporter.pipeline.step import Immediate, Skip, Step


class WriteFile(Step):
    """Copying of the edition from the store to its file; nothing else is written there."""

    name = "write_file"
    title = "Writing the file"
    label = "output"
    end_is_shown = False
    typical_seconds = 0.1

    @classmethod
    def of(cls, publication: PublicationRun) -> Iterator[Step]:
        """Yield the step if a file is named."""
        if publication.context.output_file is not None:
            yield cls(publication)

    def needs(self) -> Iterator[str]:
        """Yield the decision to publish."""
        yield "gate"

    def action(self) -> Immediate | Skip:
        """Return the writing of the file."""
        (edition,) = self.context.editions
        if self.publication.result(f"write:{edition.name}") is None or self.publication.is_withheld(edition.name):
            return Skip("Nothing to write.")
        return Immediate(self._write)

    def _write(self) -> StepOutcome:
        context, publication, file = self.context, self.publication, self.context.output_file
        result = publication.result(f"write:{context.editions[0].name}")
        assert file is not None
        assert result is not None
        with writing(file, "The file"):
            publication.published = publish_files(context, file.parent, {file.name: result.outputs["edition"]})
        (published,) = publication.published
        context.listener(Published(publication.manuscript.slug, str(file), published.output.size, published.changed))
        return StepOutcome(StepState.MADE if published.changed else StepState.UNCHANGED)
