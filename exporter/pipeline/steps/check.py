"""Finished edition to what the built-in checks and external validators find in it, without its manuscript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exporter.config import Gate, Validators
from exporter.pipeline.failures import CHECK_FAILED
from exporter.pipeline.registry import load_validators
from exporter.pipeline.results import StepResult
from exporter.pipeline.scratch import named_copy
from exporter.pipeline.step import Action, EditionStep, Skip
from exporter.pipeline.store import Store
from exporter.report.model import CheckReport

if TYPE_CHECKING:
    from exporter.findings import Finding
    from exporter.validate.validators import ValidationResult

_OWN_ONLY = "The settings ask for the exporter’s own checks alone (validators under [export])."


class FinishedEditionStep(EditionStep):
    """A step that looks at a finished edition."""

    is_check = True

    def finished(self) -> dict[str, str] | Skip:
        """Return the arguments that name the finished edition, or why there is nothing to look at."""
        outcome = self.publication.outcomes[f"write:{self.edition.name}"]
        prepared = self.publication.result("prepare")
        if outcome.result is None or prepared is None:
            return Skip("The edition was not made." if outcome.reason else "")
        if self.context.gate is Gate.OFF:
            return Skip("The command line says not to check.")
        return {
            "tree": prepared.outputs["tree"].digest,
            "edition": self.edition.name,
            "file": f"{self.publication.manuscript.slug}{self.edition.writer.SUFFIX}",
            "digest": outcome.result.outputs["edition"].digest,
        }


class Check(FinishedEditionStep):
    """Check of one edition by the built-in checks and by the validators that are installed."""

    name = "check"
    title = "Checking the edition “{}”"
    label = "checking {}"

    @property
    def typical_seconds(self) -> float:
        """External validators take most of it."""
        return 4.0

    def needs(self) -> Iterator[str]:
        """Yield the edition."""
        yield f"write:{self.edition.name}"

    def action(self) -> Action | Skip:
        """Return the check."""
        file = self.finished()
        if isinstance(file, Skip):
            return file
        settings = self.publication.settings.export
        outside = settings.validators is Validators.INSTALLED
        validators = self.context.validators
        installed = validators.installed(self.edition) if outside else {}
        description = self.edition.description
        arguments = file | {
            "file_type": description.file_type,
            "own": description.validators,
            "outside": outside,
        }
        return Action(
            key=arguments | {"installed": installed},
            arguments=arguments | {"scratch": self.scratch},
            limit=settings.check_limit,
            deferred_arguments=lambda: {"java": validators.java() if any(installed.values()) else None},
        )

    @staticmethod
    def run(
        *,
        store: Path,
        tree: str,
        edition: str,
        file: str,
        digest: str,
        file_type: str,
        own: tuple[str, ...],
        outside: bool,
        java: str | None,
        scratch: Path,
    ) -> StepResult:
        """Check an edition.

        Args:
            store: Root of the store.
            tree: Digest of the complete tree, to find sources in the manuscript.
            edition: Name of the edition.
            file: Name of its file.
            digest: Of the file.
            file_type: Of the file.
            own: Validators of this edition alone, each as `module:attribute`.
            outside: Whether external validators are run.
            java: Address of the Java server, or None if there is none.
            scratch: Folder for this step alone, which does not exist yet.

        Returns:
            The findings, check by check; `info` has each check as `CheckReport`, and how many findings are its own.
            A check that crashed is tried again next time.
        """
        from exporter.model.serialisation import decode
        from exporter.pipeline.source_map import build_source_map, with_source
        from exporter.validate import validators

        fitting = load_validators(file_type, own, java)
        if not fitting:
            return StepResult(info={"checks": [], "found": []})
        objects = Store(store)
        sources = build_source_map(decode(objects.fetch(tree)))
        missing = {check.NAME for check in fitting if check.missing()}
        with named_copy(objects, digest, scratch / file) as path:
            results = validators.run(path, fitting, edition, outside=outside)
        crashed = [result for result in results if not result.ran and result.name not in missing]
        completed = {result.name for result in results}
        reports = [_check_report(result, edition, missing=result.name in missing) for result in results]
        reports += [
            CheckReport(check.NAME, check.TITLE, ran=False, edition=edition, reason=_OWN_ONLY)
            for check in fitting
            if check.NAME not in completed
        ]
        findings = [with_source(finding, sources) for result in results for finding in result.findings]
        return StepResult(
            findings=(*findings, *(_not_checked(result, edition) for result in crashed)),
            info={"checks": msgspec.to_builtins(reports), "found": [len(result.findings) for result in results]},
            cacheable=not crashed,
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
