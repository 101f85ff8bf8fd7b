"""Comparison of a translation with its original."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from exporter.config import GateLevel
from exporter.pipeline.step import CHECKS_DISABLED, Action, Skip, Step, StepContext
from exporter.pipeline.storage.results import StepResult
from exporter.pipeline.storage.store import Store


class TranslationCheck(Step):
    """Comparison of a translation with its original: what is missing is a finding."""

    name = "translation_check"
    title = "Comparing the translation with its original"
    label = "translation"
    follows_recordings = False

    class Inputs(msgspec.Struct, frozen=True):
        tree: str
        """Digest of the complete tree of the translation."""
        original: str
        """Digest of that of the original."""
        folder: str
        """Name of the folder of the original."""

    def needs(self) -> Iterator[str]:
        """Yield both texts."""
        yield from ("prepare", "original")

    def action(self) -> Action | Skip:
        """Return the comparison."""
        prepared, original = self.publication.result("prepare"), self.publication.result("original")
        if prepared is None or original is None or "tree" not in original.outputs:
            return Skip("")
        if not self.publication.is_translation:
            return Skip("")
        if self.context.gate is GateLevel.OFF:
            return Skip(CHECKS_DISABLED)
        tree, source = prepared.outputs["tree"], original.outputs["tree"]
        inputs = self.Inputs(tree=tree.digest, original=source.digest, folder=self.publication.original)
        return Action(inputs, self.publication.settings.export.read_limit, tree.size + source.size)

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Compare a translation with its original."""
        from exporter.model.serialisation import decode
        from exporter.validate.lint import compare_translation

        objects = Store(context.store)
        translated, source = decode(objects.fetch(inputs.tree)), decode(objects.fetch(inputs.original))
        return StepResult(findings=compare_translation(translated, source, inputs.folder))
