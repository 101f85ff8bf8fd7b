"""Summary at the end of a run."""

from __future__ import annotations

import os

from exporter.cli.output import format_counts, print_line, show, size_of
from exporter.cli.shown_findings import ShownFindings, further_alike, further_faults, without_repetitions
from exporter.errors import ExitCode
from exporter.finding_causes import is_fault
from exporter.findings import Finding, Severity
from exporter.installation import shell_command
from exporter.service import Outcome, PublicationOutcome

_STATES = {
    ExitCode.FINDINGS: "not exported: errors in the manuscript",
    ExitCode.USAGE: "not completed",
    ExitCode.SETTINGS: "invalid settings",
    ExitCode.SOURCE: "the manuscript cannot be read",
    ExitCode.MISSING: "incomplete: something that an edition needs is missing",
    ExitCode.STEP: "incomplete: steps failed",
    ExitCode.OUTPUT: "the output cannot be written",
}

_FIXABLE = frozenset({ExitCode.FINDINGS, ExitCode.SETTINGS, ExitCode.SOURCE})
"""Exit codes for problems that the author of a manuscript can fix."""
_NOT_CHECKED = ("check-missing", "check-failed")
"""Rules for checks that did not run."""


def findings(outcome: Outcome, *, notes: bool) -> None:
    """Print the findings of each publication, without repetitions, and without notes unless `notes` is true."""
    for publication in outcome.publications:
        shown = ShownFindings(notes=notes)
        for finding in publication.findings:
            if shown.is_shown(finding):
                show(finding, publication.path_of(finding) or publication.slug)


def exported(outcome: Outcome) -> None:
    """Print the editions of each publication, with their files."""
    for publication in outcome.publications:
        editions = [file for file in publication.files if file.is_edition]
        changed = any(file.changed for file in publication.files)
        state = _state(publication) or ("done" if changed else "unchanged")
        print_line(f"{publication.slug}: {state}; {format_counts(without_repetitions(publication.findings))}", "bold")
        width = max((len(file.name) for file in editions), default=0)
        for file in editions:
            print_line(f"  {file.name:<{width}}  {size_of(file.size):>9}{'' if file.changed else '  unchanged'}")
        for edition, count in further_faults(publication.findings).items():
            print_line(f"  {edition}: {count} more fault{'' if count == 1 else 's'} of exporter; see the report.")
        _print_where(publication, notes=False)
        if skipped := sum(finding.rule in _NOT_CHECKED for finding in publication.findings):
            print_line(f"  {skipped} check{'' if skipped == 1 else 's'} did not run; see the report for details.")
        if publication.code in _FIXABLE and not editions:
            fix = "Please report the fault." if _is_fault(publication) else "Fix the errors above and export again."
            print_line(f"  Not exported. {fix}")
        if names := publication.of_earlier_versions:
            print_line(f"  Of an earlier version of the manuscript, and so not on the page: {', '.join(names)}.")
            print_line(f"  To make {'it' if len(names) == 1 else 'them'} again, export with: --to {','.join(names)}")
        if publication.earlier:
            is_folder = publication.earlier.is_dir()
            earlier = (
                f"Existing files in {publication.earlier}{os.sep} were" if is_folder else f"{publication.earlier} was"
            )
            print_line(f"  {earlier} not changed.")
    if len(outcome.publications) > 1:
        # With `--check warning` a publication with errors is exported all the same.
        failed = [item.slug for item in outcome.publications if item.code is not ExitCode.DONE or _errors(item)]
        succeeded = len(outcome.publications) - len(failed)
        errors = f" Errors in: {', '.join(failed)}." if failed else ""
        print_line(f"{succeeded} of {len(outcome.publications)} publications exported without errors.{errors}")


def _state(outcome: PublicationOutcome) -> str:
    errors = _errors(outcome)
    if outcome.code is ExitCode.FINDINGS and errors and all(finding.edition for finding in errors):
        if any(file.is_edition for file in outcome.files):
            withheld = sorted({finding.edition for finding in errors})
            what = "a fault of exporter" if _is_fault(outcome) else "errors"
            return f"published without {', '.join(withheld)}: {what} in {'it' if len(withheld) == 1 else 'them'}"
        return f"not published: {'faults of exporter' if _is_fault(outcome) else 'errors'} in its editions"
    return _STATES.get(outcome.code, "")


def _errors(outcome: PublicationOutcome) -> list[Finding]:
    return [finding for finding in outcome.findings if finding.severity is Severity.ERROR]


def _is_fault(outcome: PublicationOutcome) -> bool:
    """Return whether the only errors are faults of exporter."""
    errors = _errors(outcome)
    return bool(errors) and all(map(is_fault, errors))


def checked(outcome: Outcome) -> None:
    """Print the result of the check of each publication."""
    for publication in outcome.publications:
        print_line(f"{publication.slug}: {_verdict(publication)}", "bold")
        _print_where(publication, notes=True)


def _print_where(publication: PublicationOutcome, *, notes: bool) -> None:
    """Print how many findings were not printed, and where the report and the copy with comments are."""
    for rule, number in further_alike(publication.findings, notes=notes).items():
        print_line(f"  And {number} more of {rule}{'; the report has all.' if publication.report else '.'}")
    if publication.report:
        print_line(f"  Report: {publication.report}")
    if copy := publication.checked_copy:
        count = f"{copy.comments} comment{'' if copy.comments == 1 else 's'}" if copy.comments else "no comments left"
        print_line(f"  Comments: {copy.path} ({count})")
    elif publication.can_have_comments and any(
        f.severity is not Severity.NOTE and not f.edition for f in publication.findings
    ):
        print_line(
            f"  To read them as comments in Word: {shell_command('exporter', 'check', publication.shown, '--comments')}"
        )


def _verdict(outcome: PublicationOutcome) -> str:
    counts = format_counts(without_repetitions(outcome.findings))
    return f"{_STATES[outcome.code]}; {counts}" if outcome.code > ExitCode.FINDINGS else counts
