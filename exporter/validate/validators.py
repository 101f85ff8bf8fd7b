"""Validators of finished files, built-in and external, behind one protocol.

`run` is the entry point: it returns the result of every validator for a file. A validator that is missing, crashes,
times out or returns an invalid report has a result that says so, never one without findings.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import msgspec

from exporter.errors import ExporterError, StepError
from exporter.findings import Finding

MAX_REPEATS = 20
"""Findings of one rule and clause that are reported for a file."""


class ValidationResult(msgspec.Struct, frozen=True):
    """The result of one validator for one file."""

    name: str
    """Such as `structure`, `verapdf`, `epubcheck`."""
    title: str
    """Name for users."""
    ran: bool
    """Whether the file was checked; if not, the absence of findings means nothing."""
    reason: str = ""
    """Why the file was not checked, in a sentence that says what to do; empty if it was."""
    version: str = ""
    """Version of the validator."""
    standards: tuple[str, ...] = ()
    """The standards against which the file was checked, such as `PDF/UA-1`."""
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    """Duration of the check."""
    crashed: bool = msgspec.field(default=False, name="broke")
    """Whether the validator is installed, but crashed, timed out or returned contradictory results."""


class OutOfScopeError(ExporterError):
    """A validator does not apply to this file; it is skipped."""


class NoResultError(StepError):
    """A program ended without a result, as browsers do that do not start on a busy machine; it is run once more."""


class Validator(Protocol):
    """A validator of finished files: a module, or an object, with these names."""

    NAME: str
    """Stable, such as `epubcheck`."""
    TITLE: str
    """Name for users, such as `EPUBCheck`."""
    SUFFIXES: tuple[str, ...]
    """File types that it can check, as writers state them: `-print.pdf` is not included in `.pdf`."""
    EXTERNAL: bool
    """Whether it is a separate program or package, which may be missing."""

    def missing(self) -> str:
        """Return what is not installed, and how to install it; empty if nothing is missing."""
        ...

    def version(self) -> str:
        """Return the version of the validator; empty if it is missing."""
        ...

    def check(self, path: Path) -> ValidationResult:
        """Check a file.

        Raises:
            ExporterError: It could not be checked; the message says why.
        """
        ...


def all_validators(java: str | None = None) -> tuple[Validator, ...]:
    """Return all validators, the built-in ones first.

    Args:
        java: Address of a running `java.JvmServer`, or None to start one for each check.
    """
    from exporter.validate import builtin
    from exporter.validate.external.ace import Ace
    from exporter.validate.external.axe import Axe
    from exporter.validate.external.epubcheck import EpubCheck
    from exporter.validate.external.open_xml_sdk import OpenXmlSdk
    from exporter.validate.external.openxml_audit import OpenXmlAudit
    from exporter.validate.external.page_validation import PageValidation
    from exporter.validate.external.verapdf import VeraPdf

    external = (VeraPdf(java), PageValidation(), EpubCheck(java), Ace(), Axe(), OpenXmlSdk(), OpenXmlAudit())
    return (*builtin.VALIDATORS, *external)


def validators_for(file_type: str, java: str | None = None) -> tuple[Validator, ...]:
    """Return the validators for a file type, such as `-print.pdf`.

    Args:
        file_type: File type of `file_types.FileTypes`, as writers state it.
        java: As for `all_validators`.
    """
    return tuple(validator for validator in all_validators(java) if file_type in validator.SUFFIXES)


def run(
    path: Path, validators: Iterable[Validator], edition: str = "", *, external: bool = True
) -> tuple[ValidationResult, ...]:
    """Check a file with several validators; an error in a validator is returned as its result, never raised.

    Args:
        path: The file.
        validators: Validators for its file type.
        edition: Name of the edition, for the findings.
        external: Whether to run external validators.
    """
    results: list[ValidationResult] = []
    for validator in validators:
        if not validator.EXTERNAL:
            results.append(run_validator(validator, path, edition))
        elif external:
            is_unreadable = unreadable_finding(results) is not None
            results.append(skip_unreadable(validator) if is_unreadable else run_validator(validator, path, edition))
    return tuple(results)


def unreadable_finding(results: Iterable[ValidationResult]) -> Finding | None:
    """Return the finding that a file cannot be read, or None if it can; external validators skip such a file."""
    findings = (finding for result in results for finding in result.findings)
    return next((finding for finding in findings if finding.rule.endswith("-unreadable")), None)


def skip_unreadable(validator: Validator) -> ValidationResult:
    """Return the result of a validator that is skipped because the file cannot be read."""
    return not_checked(validator, f"{validator.TITLE} was skipped: the file cannot be read.")


def run_validator(validator: Validator, path: Path, edition: str = "") -> ValidationResult:
    """Check a file with one validator; an error in it is returned as its result, never raised."""
    start = time.monotonic()
    try:
        reason = validator.missing()
        result = not_checked(validator, reason) if reason else _check(validator, path)
    except OutOfScopeError as error:
        result = not_checked(validator, str(error))
    except ExporterError as error:
        result = not_checked(validator, str(error), crashed=True)
    except MemoryError:
        reason = f"{validator.TITLE} ran out of memory; the file was not checked."
        result = not_checked(validator, reason, crashed=True)
    except Exception as error:  # no error of a validator counts as a checked file
        line = (str(error).strip().splitlines() or [""])[0][:200]
        detail = f"{type(error).__name__}: {line}" if line else type(error).__name__
        reason = f"{validator.TITLE} crashed; the file was not checked ({detail})."
        result = not_checked(validator, reason, crashed=True)
    findings = tuple(_with_edition(finding, edition) for finding in result.findings)
    return msgspec.structs.replace(result, findings=findings, seconds=time.monotonic() - start)


def _check(validator: Validator, path: Path) -> ValidationResult:
    try:
        return validator.check(path)
    except NoResultError:
        return validator.check(path)


def not_checked(validator: Validator, reason: str, *, crashed: bool = False) -> ValidationResult:
    """Return the result of a validator that did not check a file."""
    version = validator.version()
    return ValidationResult(validator.NAME, validator.TITLE, ran=False, reason=reason, version=version, crashed=crashed)


def completed(validator: Validator, findings: Iterable[Finding], standards: tuple[str, ...] = ()) -> ValidationResult:
    """Return the result of a validator that checked a file."""
    version = validator.version()
    return ValidationResult(
        validator.NAME, validator.TITLE, ran=True, version=version, standards=standards, findings=tuple(findings)
    )


def limit_repeats(findings: Iterable[Finding]) -> list[Finding]:
    """Return the first `MAX_REPEATS` findings of every rule and clause."""
    counts: Counter[tuple[str, str]] = Counter()
    limited = []
    for finding in findings:
        counts[finding.rule, finding.clause] += 1
        if counts[finding.rule, finding.clause] <= MAX_REPEATS:
            limited.append(finding)
    return limited


def _with_edition(finding: Finding, edition: str) -> Finding:
    """Return a finding about an edition; a source stated by a validator is a location in the file, not a manuscript."""
    if finding.source is None and finding.edition == edition:
        return finding
    location = finding.place or (finding.source.place if finding.source else "")
    return msgspec.structs.replace(finding, edition=edition, place=location, source=None)
