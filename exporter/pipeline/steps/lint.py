"""Check of the manuscript, from its tree."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from exporter.config import PUBLICATION_FILE, GateLevel
from exporter.pipeline.step import CHECKS_DISABLED, Action, Skip, Step, StepContext
from exporter.pipeline.storage.results import StepResult
from exporter.pipeline.storage.store import Store


class Lint(Step):
    """Check of the manuscript by its rules."""

    name = "lint"
    title = "Checking the manuscript"
    label = "checks"
    follows_recordings = False
    goes_first = True

    class Inputs(msgspec.Struct, frozen=True):
        tree: str
        """Digest of the complete tree."""
        invalid_keys: tuple[str, ...]
        """Keys of metadata whose values the reader has reported as invalid."""
        reader_rules: tuple[str, ...]
        """IDs of the rules of which the reader has findings."""
        has_settings: bool
        """Whether `publication.toml` is there."""
        labelled: tuple[str, ...]
        """The languages of which there are labels."""

    def needs(self) -> Iterator[str]:
        """Yield the preparation of the tree."""
        yield "prepare"

    def action(self) -> Action | Skip:
        """Return the check of the manuscript."""
        prepared = self.publication.result("prepare")
        if prepared is None:
            return Skip("The text could not be prepared.")
        if self.context.gate is GateLevel.OFF:
            return Skip(CHECKS_DISABLED)
        parsed = self.publication.result("parse")
        assert parsed is not None, "it was prepared"
        inputs = self.Inputs(
            tree=prepared.outputs["tree"].digest,
            invalid_keys=tuple(parsed.info["invalid"]),
            reader_rules=tuple(sorted({finding.rule for finding in parsed.findings})),
            has_settings=(self.publication.manuscript.folder / PUBLICATION_FILE).is_file(),
            labelled=tuple(sorted(path.stem for path in (self.context.styles / "labels").glob("*.toml"))),
        )
        limit = self.publication.settings.export.read_limit
        return Action(inputs, limit, prepared.outputs["tree"].size)

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Check a manuscript by the rules."""
        from exporter.model.serialisation import decode
        from exporter.validate.lint import lint, without_new_settings

        tree = decode(Store(context.store).fetch(inputs.tree))
        findings = lint(tree, inputs.invalid_keys, inputs.reader_rules, inputs.labelled)
        return StepResult(findings=tuple(map(without_new_settings, findings)) if inputs.has_settings else findings)
