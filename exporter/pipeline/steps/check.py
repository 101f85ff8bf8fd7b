"""Finished edition to what our own checks and outside validators find in it, without its manuscript."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.findings import Finding
from exporter.model.serialisation import decode
from exporter.pipeline.failures import CHECK_FAILED
from exporter.pipeline.registry import load_validators
from exporter.pipeline.results import StepResult
from exporter.pipeline.scratch import named_copy
from exporter.pipeline.source_map import build_source_map, with_source
from exporter.pipeline.store import Store
from exporter.report.model import CheckReport
from exporter.validate import validators
from exporter.validate.validators import ValidationResult

NOT_ASKED = "The settings ask for the exporter’s own checks alone (validators under [export])."


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
        tree: Digest of the complete tree, to find places in the manuscript.
        edition: Name of the edition.
        file: Name of its file.
        digest: Of the file.
        file_type: Of the file.
        own: Validators of this edition alone, each as `module:attribute`.
        outside: Whether validators that are not ours are asked.
        java: Where a Java machine is at work; None when there is none.
        scratch: Folder for this step alone, which does not exist yet.

    Returns:
        The findings, check by check; `info` tells each check as `CheckReport`, and how many findings are its own.
        What broke down is tried again next time.
    """
    fitting = load_validators(file_type, own, java)
    if not fitting:
        return StepResult(info={"checks": [], "found": []})
    keep = Store(store)
    known = build_source_map(decode(keep.fetch(tree)))
    missing = {check.NAME for check in fitting if check.missing()}
    with named_copy(keep, digest, scratch / file) as path:
        done = validators.run(path, fitting, edition, outside=outside)
    broken = [one for one in done if not one.ran and one.name not in missing]
    asked = {one.name for one in done}
    told = [_told(one, edition, missing=one.name in missing) for one in done]
    told += [
        CheckReport(check.NAME, check.TITLE, ran=False, edition=edition, reason=NOT_ASKED)
        for check in fitting
        if check.NAME not in asked
    ]
    found = [with_source(finding, known) for one in done for finding in one.findings]
    return StepResult(
        findings=(*found, *(_broken(one, edition) for one in broken)),
        info={"checks": msgspec.to_builtins(told), "found": [len(one.findings) for one in done]},
        cacheable=not broken,
    )


def _told(one: ValidationResult, edition: str, *, missing: bool) -> CheckReport:
    return CheckReport(
        one.name,
        one.title,
        ran=one.ran,
        edition=edition,
        reason=one.reason,
        version=one.version,
        standards=one.standards,
        missing=missing,
    )


def _broken(one: ValidationResult, edition: str) -> Finding:
    return CHECK_FAILED.finding(f"{one.title} has not checked this edition: {one.reason}", edition=edition)
