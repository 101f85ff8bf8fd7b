"""Comparison of a finished edition with the manuscript, and counts of its content."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from exporter.config import HOUSE_FILE
from exporter.contracts.sidecars import PICTURES, SOUNDS
from exporter.pipeline.registry import load
from exporter.pipeline.step import Action, Skip, StepContext
from exporter.pipeline.steps.check import PAGES, FinishedEditionStep
from exporter.pipeline.storage.results import StepResult, StoredObject, used_memos
from exporter.pipeline.storage.scratch import named_copy
from exporter.pipeline.storage.store import Store


class Parity(FinishedEditionStep):
    """Comparison of one edition with the manuscript."""

    name = "parity"
    title = "Comparing the edition “{}” with the manuscript"
    label = "comparing {}"
    skip_is_shown = False
    typical_seconds = 2.0

    class Inputs(FinishedEditionStep.Inputs, frozen=True):
        extractor: str
        """The `parity.Extractor` of its files, as `module:attribute`; empty if there is none."""
        clips: str
        """Digest of the list of utterances of a recording; empty if there is none."""
        sounds: str
        """Digest of the places of the utterances in the sound files of an archive; empty if there are none."""
        pictures: str
        """Digest of what the edition has of each picture; empty if that is not known."""

    def needs(self) -> Iterator[str]:
        """Yield the edition, and those whose settings it inherits: recordings are compared with their utterances."""
        yield f"write:{self.edition.name}"
        for name in self.edition.writer.INHERITS_SETTINGS:
            yield f"write:{name}"

    def action(self) -> Action | Skip:
        """Return the comparison."""
        file = self.finished()
        if isinstance(file, Skip):
            return file
        inputs = self.Inputs(
            **msgspec.structs.asdict(file),
            extractor=self.edition.description.extractor,
            clips=self._clips(),
            sounds=self._sidecar(SOUNDS),
            pictures=self._sidecar(PICTURES),
        )
        styles = self.context.fingerprints.folder(self.context.styles, [HOUSE_FILE])
        return Action(inputs, self.publication.settings.export.check_limit, state={"styles": styles})

    def _clips(self) -> str:
        """Return the digest of the utterances of a recording, or of the edition from which it inherits settings."""
        for name in (self.edition.name, *self.edition.writer.INHERITS_SETTINGS):
            result = self.publication.result(f"write:{name}")
            if result is not None and "sidecar:clips" in result.outputs:
                return result.outputs["sidecar:clips"].digest
        return ""

    def _sidecar(self, name: str) -> str:
        """Return the digest of a sidecar of the edition."""
        result = self.publication.result(f"write:{self.edition.name}")
        output = result.outputs.get(f"sidecar:{name}") if result else None
        return output.digest if output else ""

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Compare an edition with the tree from which it was created.

        Returns:
            The findings, and `amounts` if the edition could be read; `info` has the reason if it was not compared.
        """
        from exporter import parity
        from exporter.inspect.pdf import cache_pages
        from exporter.model.serialisation import decode
        from exporter.pipeline.source_map import build_source_map, with_source

        if not inputs.extractor:
            return StepResult(info={"reason": f"Files like {inputs.file} cannot be compared with the manuscript yet."})
        objects = Store(context.store)
        publication = decode(objects.fetch(inputs.tree))
        digests = (inputs.clips, inputs.sounds, inputs.pictures)
        script, placed, pictures = (objects.fetch(digest) if digest else None for digest in digests)
        pages = objects.memo(PAGES)
        copy = named_copy(objects, inputs.digest, context.scratch / inputs.file)
        with copy as path, cache_pages(pages, context.code):
            comparer = parity.EditionComparer(publication, context.styles)
            compared = comparer.compare(inputs.edition, path, load(inputs.extractor), script, placed, pictures=pictures)
        sources = build_source_map(publication)
        outputs: dict[str, StoredObject] = {}
        info: dict[str, int] = {}
        if compared.counts is not None:
            counts = msgspec.json.encode(compared.counts)
            outputs["amounts"] = StoredObject(objects.put(counts), len(counts))
            if compared.counts.paged:
                info["pages"] = compared.counts.counts.get("pages", 0)
        findings = tuple(with_source(finding, sources) for finding in compared.findings)
        return StepResult(outputs, findings, info, memos=used_memos(objects, pages))
