"""A copy of a Word manuscript with the findings as comments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.files import read_regular
from exporter.finding_causes import is_fault, repeated_findings
from exporter.findings import Finding
from exporter.pipeline.checked_copy import COPY_SUFFIXES, check_replaceable, name_of_copy
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.events import Notice, Published, StepState
from exporter.pipeline.file_writing import writing
from exporter.pipeline.outcomes import CheckedCopy, StepOutcome
from exporter.pipeline.output.staging import replace_if_changed
from exporter.pipeline.step import Immediate, Step

if TYPE_CHECKING:
    from exporter.report.word_comments import Comment


class Comments(Step):
    """Writing of the findings as comments into a copy of the manuscript, or again into that copy."""

    name = "comments"
    title = "Writing the findings as comments"
    label = "comments"
    end_is_shown = False

    @classmethod
    def of(cls, publication: PublicationRun) -> Iterator[Step]:
        """Yield the step if comments were requested."""
        if publication.context.comments:
            yield cls(publication)

    def needs(self) -> Iterator[str]:
        """Yield the decision to publish, after which all findings are known."""
        yield "gate"

    def action(self) -> Immediate:
        """Return the writing of the copy."""
        return Immediate(self._write)

    def _write(self) -> StepOutcome:
        # lxml is slow to import, and `exporter --help` imports the steps.
        from exporter.inspect.docx import DocxError
        from exporter.report.word_comments import add_comments

        publication, context = self.publication, self.context
        manuscript = publication.manuscript
        repeated = repeated_findings(publication.findings)
        comments = [
            self._comment(finding)
            for finding in publication.findings
            if not finding.edition or (self._is_here(finding) and not is_fault(finding) and finding not in repeated)
        ]
        file = name_of_copy(manuscript.path)
        folder = context.comments_folder / manuscript.slug if context.comments_folder else manuscript.folder
        shown = (folder if context.comments_folder else Path(manuscript.shown).parent) / file
        try:
            if manuscript.path.suffix.lower() not in COPY_SUFFIXES:
                raise DocxError("It is not a Word file.", f"Save it as one: {', '.join(COPY_SUFFIXES)}.")
            original = read_regular(manuscript.path, manuscript.folder)
            copy = add_comments(original, comments, f"{context.today.isoformat()}T00:00:00Z")
        except (DocxError, OSError) as error:
            reason = f"No comments were written for “{manuscript.shown}”. {error}"
            advice = f" {error.advice}" if isinstance(error, DocxError) else ""
            context.listener(Notice(f"{reason}{advice}"))
            return StepOutcome(StepState.SKIPPED, reason=reason)
        target = folder / file
        with writing(target, f"“{shown}”"):
            folder.mkdir(parents=True, exist_ok=True)
            check_replaceable(target, manuscript.path)
            changed = replace_if_changed(target, copy)
        publication.checked_copy = CheckedCopy(shown, len(comments))
        context.listener(Published(manuscript.slug, str(shown), len(copy), changed))
        return StepOutcome(StepState.MADE if changed else StepState.UNCHANGED)

    def _is_here(self, finding: Finding) -> bool:
        return finding.source is not None and finding.source.file == self.publication.manuscript.file

    def _comment(self, finding: Finding) -> Comment:
        from exporter.report.word_comments import Comment

        is_here = self._is_here(finding)
        elsewhere = f"{finding.source}: " if finding.source and not is_here else ""
        edition = f"{finding.edition}: " if finding.edition else ""
        return Comment(
            finding.source.anchor if finding.source and is_here else 0,
            (
                f"{finding.severity.capitalize()}: {elsewhere}{edition}{finding.message}",
                f"What to do: {finding.advice} [{finding.rule}]",
            ),
        )
