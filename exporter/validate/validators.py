"""Every check of a finished file behind one shape: our own and those of outside validators.

`run` is the way in: it gives what each check that fits a file has to say. A check that is missing, crashes, hangs or
answers with garbage is told as one that did not run, with the reason, and never as one that found nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import msgspec

from exporter.errors import ExporterError
from exporter.findings import Finding


class ValidationResult(msgspec.Struct, frozen=True):
    """What one check has to say about one file."""

    name: str
    """Such as `structure`, `verapdf`, `epubcheck`."""
    title: str
    """As people call it."""
    ran: bool
    """Whether the file was judged; without this, no findings mean nothing."""
    reason: str = ""
    """Why it did not run, in a sentence that says what to do; empty when it ran."""
    version: str = ""
    """Of the validator."""
    standards: tuple[str, ...] = ()
    """What the file was held against, such as `PDF/UA-1`."""
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    """How long it took."""
    crashed: bool = msgspec.field(default=False, name="broke")
    """Whether it is there and broke down, contradicted itself or ran out of time."""


class OutOfScopeError(ExporterError):
    """A check has nothing to say about this file; nobody is to blame."""


class Validator(Protocol):
    """One check of finished files: a module, or an object, with these names."""

    NAME: str
    """Stable, such as `epubcheck`."""
    TITLE: str
    """As people call it, such as `EPUBCheck`."""
    SUFFIXES: tuple[str, ...]
    """File types that it can check, as writers state them: `-print.pdf` is none of `.pdf`."""
    EXTERNAL: bool
    """Whether the judge is a program or package of somebody else, which may be missing."""

    def missing(self) -> str:
        """Say in a sentence what is not installed and the line that installs it; empty when all is there."""
        ...

    def version(self) -> str:
        """Return the version of the judge; empty when it is missing."""
        ...

    def check(self, path: Path) -> ValidationResult:
        """Check a file.

        Raises:
            ExporterError: It could not be judged; the message says why.
        """
        ...


def all_validators(java: str | None = None) -> tuple[Validator, ...]:
    """Return all checks, our own first.

    Args:
        java: Where a Java machine is at work (`address` of `java.JvmServer`); None: each check starts its own.
    """
    from exporter.validate import builtin
    from exporter.validate.external.ace import Ace
    from exporter.validate.external.epubcheck import EpubCheck
    from exporter.validate.external.open_xml_sdk import OpenXmlSdk
    from exporter.validate.external.openxml_audit import OpenXmlAudit
    from exporter.validate.external.page_validation import PageValidation
    from exporter.validate.external.verapdf import VeraPdf

    outside = (VeraPdf(java), PageValidation(), EpubCheck(java), Ace(), OpenXmlSdk(), OpenXmlAudit())
    return (*builtin.CHECKS, *outside)


def checks_for(file_type: str, java: str | None = None) -> tuple[Validator, ...]:
    """Return the checks of a file type, such as `-print.pdf`.

    Args:
        file_type: As `file_types.named_type` returns it, and as writers state it.
        java: As for `all_validators`.
    """
    return tuple(check for check in all_validators(java) if file_type in check.SUFFIXES)


def run(
    path: Path, checks: Iterable[Validator], edition: str = "", *, outside: bool = True
) -> tuple[ValidationResult, ...]:
    """Check a file by every check that fits it; nothing that a check does is raised.

    Args:
        path: The file.
        checks: Those that fit it.
        edition: Name of the edition, for the findings.
        outside: Whether to ask validators that are not ours.
    """
    done: list[ValidationResult] = []
    for check in checks:
        if not check.EXTERNAL:
            done.append(run_validator(check, path, edition))
        elif outside:
            done.append(skipped_unreadable(check) if unreadable(done) else run_validator(check, path, edition))
    return tuple(done)


def unreadable(done: Iterable[ValidationResult]) -> Finding | None:
    """Give the finding of a check of ours that a file cannot be read; no validator from outside need be asked then."""
    return next((finding for one in done for finding in one.findings if finding.rule.endswith("-unreadable")), None)


def skipped_unreadable(check: Validator) -> ValidationResult:
    """Say that a check was not asked, since the file cannot be read."""
    return not_run(check, f"{check.TITLE} was not asked, since the file cannot be read.")


def run_validator(check: Validator, path: Path, edition: str = "") -> ValidationResult:
    """Let one check judge one file, and tell whatever happens."""
    begun = time.monotonic()
    try:
        reason = check.missing()
        done = not_run(check, reason) if reason else check.check(path)
    except OutOfScopeError as error:
        done = not_run(check, str(error))
    except ExporterError as error:
        done = not_run(check, str(error), broke=True)
    except MemoryError:
        done = not_run(check, f"{check.TITLE} ran out of memory on this file, and nothing is known of it.", broke=True)
    except Exception as error:  # whatever a validator does, it is not a verdict
        line = (str(error).strip().splitlines() or [""])[0][:200]
        what = f"{type(error).__name__}: {line}" if line else type(error).__name__
        reason = f"{check.TITLE} broke down on this file, and nothing is known of it ({what})."
        done = not_run(check, reason, broke=True)
    findings = tuple(_of(finding, edition) for finding in done.findings)
    return msgspec.structs.replace(done, findings=findings, seconds=time.monotonic() - begun)


def not_run(check: Validator, reason: str, *, broke: bool = False) -> ValidationResult:
    """Say that a check did not run, and why."""
    return ValidationResult(check.NAME, check.TITLE, ran=False, reason=reason, version=check.version(), crashed=broke)


def ran(check: Validator, findings: Iterable[Finding], standards: tuple[str, ...] = ()) -> ValidationResult:
    """Say that a check ran, and what it found."""
    return ValidationResult(
        check.NAME, check.TITLE, ran=True, version=check.version(), standards=standards, findings=tuple(findings)
    )


def _of(finding: Finding, edition: str) -> Finding:
    """Return a finding its edition; a place in the file is no place in a manuscript, however a check names it."""
    if finding.source is None and finding.edition == edition:
        return finding
    place = finding.place or (finding.source.place if finding.source else "")
    return msgspec.structs.replace(finding, edition=edition, place=place, source=None)
