"""Check of the manuscript, from its tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter.config import PUBLICATION_FILE, GateLevel
from exporter.pipeline.step import CHECKS_DISABLED, Action, Skip, Step
from exporter.pipeline.storage.results import StepResult
from exporter.pipeline.storage.store import Store


class Lint(Step):
    """Check of the manuscript by its rules."""

    name = "lint"
    title = "Checking the manuscript"
    label = "checks"
    follows_recordings = False
    goes_first = True

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
        arguments = {
            "tree": prepared.outputs["tree"].digest,
            "invalid_keys": tuple(parsed.info["invalid"]),
            "reader_rules": tuple(sorted({finding.rule for finding in parsed.findings})),
            "has_settings": (self.publication.manuscript.folder / PUBLICATION_FILE).is_file(),
            "labelled": tuple(sorted(path.stem for path in (self.context.styles / "labels").glob("*.toml"))),
        }
        limit = self.publication.settings.export.read_limit
        return Action(arguments, arguments, limit, prepared.outputs["tree"].size)

    @staticmethod
    def run(
        *,
        store: Path,
        tree: str,
        invalid_keys: tuple[str, ...],
        reader_rules: tuple[str, ...],
        labelled: tuple[str, ...],
        has_settings: bool,
    ) -> StepResult:
        """Check a manuscript by the rules.

        Args:
            store: Root of the store.
            tree: Digest of the complete tree.
            invalid_keys: Keys of metadata whose values the reader has reported as invalid.
            reader_rules: IDs of the rules of which the reader has findings.
            labelled: The languages of which there are labels.
            has_settings: Whether `publication.toml` is there.
        """
        from exporter.model.serialisation import decode
        from exporter.validate.lint import lint, without_new_settings

        findings = lint(decode(Store(store).fetch(tree)), invalid_keys, reader_rules, labelled)
        return StepResult(findings=tuple(map(without_new_settings, findings)) if has_settings else findings)
