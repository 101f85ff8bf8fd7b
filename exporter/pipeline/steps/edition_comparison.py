"""Comparison of the editions with each other: table of counts, and page lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from exporter.pipeline.step import Action, Skip, Step, StepContext
from exporter.pipeline.storage.results import StepResult
from exporter.pipeline.storage.store import Store


class EditionComparison(Step):
    """Comparison of the editions with each other."""

    name = "edition_comparison"
    title = "Comparing the editions with each other"
    label = "counts"
    needs_output = True
    skip_is_shown = False

    class Inputs(msgspec.Struct, frozen=True):
        tree: str
        """Digest of the complete tree."""
        counts: Mapping[str, str]
        """Digests of the counts of the editions, by name; empty for one that could not be read."""
        broken: Mapping[str, Sequence[str]]
        """The rules under which each edition differs from the manuscript."""
        needs: Mapping[str, Sequence[str]]
        """Names of the editions whose sidecars each edition uses."""

    def needs(self) -> Iterator[str]:
        """Yield the comparisons of all editions."""
        yield "lint"
        for edition in self.context.editions:
            yield f"parity:{edition.name}"

    def action(self) -> Action | Skip:
        """Return the comparison of those editions that could be read and have only the text of the publication."""
        results = {
            edition.name: self.publication.result(f"parity:{edition.name}")
            for edition in self.context.editions
            if not edition.writer.WITH_ORIGINAL
        }
        read = {name: result for name, result in results.items() if result is not None and "reason" not in result.info}
        prepared = self.publication.result("prepare")
        if prepared is None or not read:
            return Skip("No edition was compared with the manuscript.")
        inputs = self.Inputs(
            tree=prepared.outputs["tree"].digest,
            counts={
                name: result.outputs["amounts"].digest if "amounts" in result.outputs else ""
                for name, result in read.items()
            },
            broken={name: sorted({finding.rule for finding in result.findings}) for name, result in read.items()},
            needs={edition.name: edition.writer.NEEDS for edition in self.context.editions},
        )
        return Action(inputs, self.publication.settings.export.check_limit)

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Compare the editions of a publication; `info` has the rows of the table of counts."""
        from exporter import parity
        from exporter.findings import Finding, Severity
        from exporter.model.serialisation import decode

        objects = Store(context.store)
        decoded = {
            name: msgspec.json.decode(objects.fetch(digest), type=parity.ContentCounts) if digest else None
            for name, digest in inputs.counts.items()
        }
        findings = parity.compare_page_lists({name: count for name, count in decoded.items() if count}, inputs.needs)
        known = [
            Finding(rule, Severity.ERROR, "", edition=edition)
            for edition, rules in inputs.broken.items()
            for rule in rules
        ]
        rows = parity.tabulate(decode(objects.fetch(inputs.tree)), decoded, [*known, *findings])
        return StepResult(findings=tuple(findings), info={"rows": msgspec.to_builtins(rows)})
