"""The original of a translation: a publication of the run, or one beside it that is read for the comparison only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from exporter.config import MetadataSettings
from exporter.errors import ExporterError, UsageError
from exporter.findings import Rule, Severity, quoted
from exporter.model import Family, Form, Source
from exporter.pipeline import manuscripts
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.events import StepState
from exporter.pipeline.manuscripts import Manuscript
from exporter.pipeline.outcomes import StepOutcome
from exporter.pipeline.registry import guesses_headings
from exporter.pipeline.step import Action, Immediate, Skip, Step, StepContext, Unkeyed
from exporter.pipeline.steps.parse import Parse
from exporter.pipeline.steps.prepare import Prepare
from exporter.pipeline.storage.results import StepResult

ORIGINAL_MISSING = Rule(
    id="original-missing",
    severity=Severity.WARNING,
    sentence="The original that a family names exists and can be read.",
    advice="Write the name of the folder of the original into “original” under “family”.",
)


class Original(Step):
    """Reading of the original of a translation; its result has the complete tree and its images, and no findings."""

    name = "original"
    title = "Reading the original of the translation"
    label = "original"
    follows_recordings = False
    reads_input = True
    goes_first = True

    class Inputs(msgspec.Struct, frozen=True):
        reader: str
        """Module of the reader."""
        path: Unkeyed[Path]
        """The manuscript of the original."""
        file: str
        """Its path inside the publication's folder."""
        guess_headings: bool
        """Whether lines that only look like headings are headings."""
        slug: str
        """Name of the original."""
        overrides: MetadataSettings
        defaults: MetadataSettings

    @property
    def code(self) -> str:
        """The digest of the code that determines the result, including that of the reader of the original."""
        manuscript = self._beside
        reader = self.context.registry.reader(manuscript.path.suffix.lower()) if manuscript else None
        return self.context.code.digest(reader.module) if reader else self.context.code.digest()

    def needs_of_all(self) -> Iterator[str]:
        """Yield the preparation of all publications, one of which may be the original."""
        yield "prepare"

    @property
    def _family(self) -> Family:
        metadata = self.publication.metadata
        return (metadata.family if metadata else None) or Family(Form.ORIGINAL)

    def action(self) -> Action | Immediate | Skip:
        """Return the reading of the original, or what is known of it."""
        family = self._family
        if family.form is Form.ORIGINAL:
            return Skip("")
        if not family.original:
            return self._missing(f"The family has no original, although the form is “{family.form}”.")
        in_run = self.publication.families.publication(family.original)
        if in_run is not None:
            prepared = in_run.result("prepare")
            if prepared is None:
                return self._missing(f"The original {quoted(family.original)} could not be read.")
            return Immediate(lambda: StepOutcome(StepState.UNCHANGED, StepResult(prepared.outputs)))
        manuscript = self._beside
        if manuscript is None:
            return self._missing(f"The original {quoted(family.original)} was not found beside this publication.")
        if family.form is not Form.TRANSLATION:
            return Skip("")
        try:
            return self._reading(PublicationRun(self.context, manuscript))
        except ExporterError as error:
            return self._missing(
                f"The original {quoted(family.original)} could not be read: {error.message}", error.advice
            )

    def _missing(self, message: str, advice: str = "") -> Immediate:
        source = Source(self.publication.manuscript.file)
        findings = (ORIGINAL_MISSING.finding(message, source, advice=advice),)
        return Immediate(lambda: StepOutcome(StepState.SKIPPED, None, findings, message))

    @property
    def _beside(self) -> Manuscript | None:
        """The manuscript of an original that is not part of the run, in a folder or file beside the translation."""
        original, manuscript = self._family.original, self.publication.manuscript
        if not re.fullmatch(r"[^/\\\x00.][^/\\\x00]*", original):
            return None
        suffixes = self.context.registry.suffixes()
        files = (manuscript.folder / f"{original}{suffix}" for suffix in suffixes)
        for path in (manuscript.folder.parent / original, *files):
            with suppress(UsageError):
                candidate, *others = manuscripts.find([path], suffixes)
                if isinstance(candidate, Manuscript) and candidate.slug == original and not others:
                    return candidate
        return None

    def _reading(self, original: PublicationRun) -> Action:
        manuscript, settings = original.manuscript, original.settings_beside_manuscript
        reader = self.context.registry.reader(manuscript.path.suffix.lower())
        assert reader is not None, "manuscripts are found by the suffixes of readers"
        inputs = self.Inputs(
            reader=reader.module,
            path=manuscript.path,
            file=manuscript.file,
            guess_headings=settings.export.guess_headings and guesses_headings(reader.reader),
            slug=manuscript.slug,
            overrides=settings.metadata_overrides,
            defaults=settings.metadata_defaults,
        )
        files = partial(self.context.fingerprints.folder, manuscript.folder, is_fresh=True)
        return Action(
            inputs,
            limit=settings.export.read_limit,
            size=manuscript.path.stat().st_size,
            state={"folder": files(), "styles": self.context.fingerprints.folder(self.context.styles)},
            files=files,
        )

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Read and complete an original, as its own export does."""
        try:
            manuscript = Parse.Inputs(
                reader=inputs.reader, path=inputs.path, file=inputs.file, guess=inputs.guess_headings
            )
            parsed = Parse.run(manuscript, context)
            raw = Prepare.Inputs(
                tree=parsed.outputs["tree"].digest,
                media=parsed.media(),
                folder=inputs.path.parent,
                slug=inputs.slug,
                overrides=inputs.overrides,
                defaults=inputs.defaults,
            )
            prepared = Prepare.run(raw, context)
        except ExporterError as error:
            message = f"The original {quoted(inputs.slug)} could not be read: {error.message}"
            return StepResult(findings=(ORIGINAL_MISSING.finding(message, advice=error.advice),), cacheable=False)
        return StepResult(prepared.outputs)
