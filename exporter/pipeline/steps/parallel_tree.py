"""A translation and its original as one tree, for the editions that show them side by side."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from exporter.labels import Labels
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.step import Action, Skip, Step, StepContext
from exporter.pipeline.storage.results import StepResult, StoredObject
from exporter.pipeline.storage.store import Store


class ParallelTree(Step):
    """Combination of a translation with its original."""

    name = "parallel_tree"
    title = "Placing the translation beside its original"
    label = "side by side"
    follows_recordings = False

    class Inputs(msgspec.Struct, frozen=True):
        tree: str
        """Digest of the complete tree of the translation."""
        original: str
        """Digest of that of the original."""
        folder: str
        """Name of the folder of the original, for positions in it."""
        slug: str

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
        left, right = prepared.outputs["tree"], original.outputs["tree"]
        inputs = self.Inputs(
            tree=left.digest,
            original=right.digest,
            folder=publication.original,
            slug=publication.manuscript.slug,
        )
        return Action(
            inputs,
            limit=publication.settings.export.read_limit,
            size=left.size + right.size,
            state={"labels": context.fingerprints.folder(context.styles / "labels")},
        )

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Combine two trees."""
        from exporter.model.serialisation import decode, encode
        from exporter.transforms.parallel_text import combine

        objects = Store(context.store)
        left, right = (decode(objects.fetch(digest)) for digest in (inputs.tree, inputs.original))
        of_left, of_right = (Labels.load(context.styles, tree.metadata.language) for tree in (left, right))
        data = encode(combine(left, right, inputs.folder, (of_left, of_right), inputs.slug))
        return StepResult({"tree": StoredObject(objects.put(data), len(data))})
