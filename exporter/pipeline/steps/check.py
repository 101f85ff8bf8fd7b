"""Check of a finished edition by built-in checks and external validators, without its manuscript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from exporter.config import GateLevel, Validators
from exporter.pipeline.execution.failures import CHECK_FAILED
from exporter.pipeline.registry import load_validators
from exporter.pipeline.step import CHECKS_DISABLED, Action, EditionStep, Skip, StepContext
from exporter.pipeline.storage.results import StepResult, used_memos
from exporter.pipeline.storage.scratch import named_copy
from exporter.pipeline.storage.store import Store
from exporter.report.model import CheckReport

if TYPE_CHECKING:
    from exporter.findings import Finding
    from exporter.validate.validators import ValidationResult

PAGES = "pdf-pages"
"""Name of the cache of the contents of pages, which comparisons and checks share."""
_OWN_ONLY = "The settings request only the built-in checks (validators under [export])."


class FinishedEditionStep(EditionStep):
    """A step that examines a finished edition."""

    is_check = True

    class Inputs(msgspec.Struct, frozen=True):
        tree: str
        """Digest of the complete tree."""
        edition: str
        file: str
        """Name of the file of the edition."""
        digest: str
        """Digest of the file."""

    def finished(self) -> Inputs | Skip:
        """Return the inputs that identify the finished edition, or the reason to skip it."""
        outcome = self.publication.outcomes[f"write:{self.edition.name}"]
        text = self.publication.text(self.edition)
        if outcome.result is None or text is None:
            return Skip(
                outcome.reason if outcome.recording_follows else outcome.reason and "The edition was not created."
            )
        if self.context.gate is GateLevel.OFF:
            return Skip(CHECKS_DISABLED)
        return FinishedEditionStep.Inputs(
            tree=text.outputs["tree"].digest,
            edition=self.edition.name,
            file=self.publication.file_name(self.edition),
            digest=outcome.result.outputs["edition"].digest,
        )


class Check(FinishedEditionStep):
    """Check of one edition by the built-in checks and the validators that are installed."""

    name = "check"
    title = "Checking the edition “{}”"
    label = "checking {}"
    skip_is_shown = False
    typical_seconds = 4.0

    class Inputs(FinishedEditionStep.Inputs, frozen=True):
        file_type: str
        own: tuple[str, ...]
        """Validators for this edition only, each as `module:attribute`."""
        external: bool
        """Whether external validators are run."""

    def needs(self) -> Iterator[str]:
        """Yield the writing of the edition."""
        yield f"write:{self.edition.name}"

    def action(self) -> Action | Skip:
        """Return the check."""
        file = self.finished()
        if isinstance(file, Skip):
            return file
        settings = self.publication.settings.export
        external = settings.validators is Validators.INSTALLED
        installed = self.context.validators.installed(self.edition) if external else {}
        description = self.edition.description
        inputs = self.Inputs(
            **msgspec.structs.asdict(file),
            file_type=description.file_type,
            own=description.validators,
            external=external,
        )
        uses_java = any(installed.values())
        return Action(inputs, settings.check_limit, state={"installed": installed}, uses_java=uses_java)

    @staticmethod
    def run(inputs: Inputs, context: StepContext) -> StepResult:
        """Check an edition.

        Returns:
            The findings, check by check; `info` has a `CheckReport` for each check, and the number of its findings.
            A result with a check that crashed is not cached.
        """
        from exporter.finding_causes import with_cause
        from exporter.inspect.pdf import cache_pages
        from exporter.model.serialisation import decode
        from exporter.pipeline.source_map import build_source_map, with_source
        from exporter.validate import validators

        checks = load_validators(inputs.file_type, inputs.own, context.java)
        if not checks:
            return StepResult(info={"checks": [], "found": []})
        objects, edition = Store(context.store), inputs.edition
        sources = build_source_map(decode(objects.fetch(inputs.tree)))
        not_installed = {check.NAME for check in checks if check.missing()}
        pages = objects.memo(PAGES)
        copy = named_copy(objects, inputs.digest, context.scratch / inputs.file)
        with copy as path, cache_pages(pages, context.code):
            results = validators.run(path, checks, edition, external=inputs.external)
        crashed = [result for result in results if not result.ran and result.name not in not_installed]
        completed = {result.name for result in results}
        reports = [_check_report(result, edition, missing=result.name in not_installed) for result in results]
        reports += [
            CheckReport(check.NAME, check.TITLE, ran=False, edition=edition, reason=_OWN_ONLY)
            for check in checks
            if check.NAME not in completed
        ]
        findings = [with_cause(with_source(finding, sources)) for result in results for finding in result.findings]
        return StepResult(
            findings=(*findings, *(_not_checked(result, edition) for result in crashed)),
            info={"checks": msgspec.to_builtins(reports), "found": [len(result.findings) for result in results]},
            cacheable=not crashed,
            memos=used_memos(objects, pages),
        )


def _check_report(result: ValidationResult, edition: str, *, missing: bool) -> CheckReport:
    return CheckReport(
        result.name,
        result.title,
        ran=result.ran,
        edition=edition,
        reason=result.reason,
        version=result.version,
        standards=result.standards,
        missing=missing,
    )


def _not_checked(result: ValidationResult, edition: str) -> Finding:
    return CHECK_FAILED.finding(f"{result.title} has not checked this edition: {result.reason}", edition=edition)
