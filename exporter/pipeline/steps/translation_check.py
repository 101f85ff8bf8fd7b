"""Comparison of a translation with its original."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter.config import GateLevel
from exporter.pipeline.step import CHECKS_DISABLED, Action, Skip, Step
from exporter.pipeline.storage.results import StepResult
from exporter.pipeline.storage.store import Store


class TranslationCheck(Step):
    """Comparison of a translation with its original: what is missing is a finding."""

    name = "translation_check"
    title = "Comparing the translation with its original"
    label = "translation"
    follows_recordings = False

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
        arguments = {
            "tree": prepared.outputs["tree"].digest,
            "original": original.outputs["tree"].digest,
            "folder": self.publication.original,
        }
        size = prepared.outputs["tree"].size + original.outputs["tree"].size
        return Action(arguments, arguments, self.publication.settings.export.read_limit, size)

    @staticmethod
    def run(*, store: Path, tree: str, original: str, folder: str) -> StepResult:
        """Compare a translation with its original.

        Args:
            store: Root of the store.
            tree: Digest of the complete tree of the translation.
            original: Digest of that of the original.
            folder: Name of the folder of the original.
        """
        from exporter.model.serialisation import decode
        from exporter.validate.lint import compare_translation

        objects = Store(store)
        translated, source = decode(objects.fetch(tree)), decode(objects.fetch(original))
        return StepResult(findings=compare_translation(translated, source, folder))
