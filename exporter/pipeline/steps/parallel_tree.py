"""A translation and its original as one tree, for the editions that show them side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter.labels import Labels
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.step import Action, Skip, Step
from exporter.pipeline.storage.results import StepResult, StoredObject
from exporter.pipeline.storage.store import Store


class ParallelTree(Step):
    """Combination of a translation with its original."""

    name = "parallel_tree"
    title = "Placing the translation beside its original"
    label = "side by side"
    follows_recordings = False

    @classmethod
    def of(cls, publication: PublicationRun) -> Iterator[Step]:
        """Yield the step if there is an edition that shows both."""
        if any(edition.writer.WITH_ORIGINAL for edition in publication.context.editions):
            yield cls(publication)

    def needs(self) -> Iterator[str]:
        """Yield both texts."""
        yield from ("prepare", "original")

    def action(self) -> Action | Skip:
        """Return the combination."""
        publication, context = self.publication, self.context
        prepared, original = publication.result("prepare"), publication.result("original")
        editions = (edition for edition in context.editions if edition.writer.WITH_ORIGINAL)
        if prepared is None or not publication.is_translation or not any(map(publication.requests, editions)):
            return Skip("")
        if original is None or "tree" not in original.outputs:
            return Skip("The original could not be read.")
        arguments = {
            "tree": prepared.outputs["tree"].digest,
            "original": original.outputs["tree"].digest,
            "folder": publication.original,
            "slug": publication.manuscript.slug,
        }
        labels = context.fingerprints.folder(context.styles / "labels")
        size = prepared.outputs["tree"].size + original.outputs["tree"].size
        return Action(
            key={**arguments, "labels": labels},
            arguments={**arguments, "styles": context.styles},
            limit=publication.settings.export.read_limit,
            size=size,
        )

    @staticmethod
    def run(*, store: Path, tree: str, original: str, folder: str, slug: str, styles: Path) -> StepResult:
        """Combine two trees.

        Args:
            store: Root of the store.
            tree: Digest of the complete tree of the translation.
            original: Digest of that of the original.
            folder: Name of the folder of the original, for positions in it.
            slug: Name of the publication.
            styles: The folder of styles, with the labels.
        """
        from exporter.model.serialisation import decode, encode
        from exporter.transforms.parallel_text import combine

        objects = Store(store)
        left, right = (decode(objects.fetch(digest)) for digest in (tree, original))
        labels = (Labels.load(styles, left.metadata.language), Labels.load(styles, right.metadata.language))
        data = encode(combine(left, right, folder, labels, slug))
        return StepResult({"tree": StoredObject(objects.put(data), len(data))})
