"""Causes of findings in editions: a finding in the manuscript that they repeat, a setting, or a fault of exporter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

import msgspec

from exporter.findings import Finding
from exporter.model import Source

FAULT = (
    "This is a fault of exporter, not of your manuscript; please report it with report.json, which quotes your text."
)
"""Advice for a finding in an edition that only those who develop exporter can fix."""
_UNLESS_REPORTED = (
    "If the manuscript has no such problem, this is a fault of exporter; please report it with report.json, which "
    "quotes your text."
)
_REPEATED: Mapping[str, tuple[str, ...]] = {
    "alt-file-name": ("docx-alt-file-name", "epub-claim-alternative-text", "markup-alt-file", "pdf-figure-alt-file"),
    "alt-image-of": ("markup-alt-word", "pdf-figure-alt-word"),
    "alt-missing": (
        *("docx-alt-missing", "epub-claim-alternative-text", "markup-alt-empty", "markup-alt-missing"),
        "pdf-figure-alt",
    ),
    "alt-placeholder": (
        *("docx-alt-file-name", "epub-claim-alternative-text", "markup-alt-file", "markup-alt-word"),
        *("pdf-figure-alt-file", "pdf-figure-alt-word"),
    ),
    "decorative-caption": ("docx-decorative-described",),
    "heading-empty": ("docx-heading-empty", "markup-heading-empty", "pdf-heading-empty"),
    "heading-skipped": ("docx-heading-skipped", "markup-heading-skipped", "pdf-heading-skipped"),
    "headings-none": ("docx-headings-missing", "pdf-bookmarks-none", "pdf-heading-none"),
    "image-moving": ("markup-moving",),
    "language-doubtful": ("docx-direction", "markup-language-script", "pdf-language-script"),
    "language-invalid": ("markup-language-tag", "pdf-language-tag"),
    "language-missing": ("audio-language", "docx-language-missing", "markup-language-missing", "pdf-language"),
    "language-unmarked": (
        *("docx-direction", "markup-language-passage", "markup-language-script", "pdf-language-script"),
    ),
    "link-bare": ("markup-link-address", "pdf-link-address"),
    "link-bare-in-note": ("markup-link-address", "pdf-link-address"),
    "link-empty": ("docx-link-unclear", "markup-link-empty", "pdf-link-empty"),
    "link-target-missing": ("docx-target-missing", "markup-link-nowhere", "pdf-link-nowhere"),
    "link-vague": ("docx-link-unclear", "markup-link-word"),
    "list-by-hand": ("docx-list-typed",),
    "note-unused": ("epub-note-unreferred", "pdf-note-unreferred"),
    "table-banner": ("docx-table-merged",),
    "table-caption": ("docx-table-title",),
    "table-header-empty": ("markup-table-head-empty", "pdf-table-head-empty"),
    "table-headless": ("docx-table-header", "markup-table-heads", "pdf-table-heads"),
    "table-nested": ("docx-table-merged",),
    "text-blanks": ("docx-blanks",),
    "text-fancy-letters": ("markup-language-script", "pdf-language-script"),
    "title-language": ("docx-direction", "markup-language-script", "pdf-language-script"),
    "title-missing": ("audio-title", "docx-title-missing", "html-heading", "markup-title", "pdf-title"),
    "who-missing": ("audio-author",),
    "word-heading-look": ("docx-headings-missing", "pdf-bookmarks-none", "pdf-heading-none"),
}
"""Rules of finished files that repeat a rule of manuscripts, by the latter."""
_CLAIM = "pdf-claim"
"""The rule whose findings name other rules, at the end of their message."""
_IN_OTHER_WORDS: Mapping[tuple[str, str], str] = {
    ("epub-claim", "without a good alt text"): "epub-claim-alternative-text",
    ("pdf-standard", "Figure structure element"): "pdf-figure-alt",
    ("pdf-standard", "dc:title"): "pdf-title",
}
"""Rules with the same cause as findings of a rule whose message has certain words, of whichever validator."""
_REPEATING = frozenset({_CLAIM, *(rule for rules in _REPEATED.values() for rule in rules)})
_OF_AUTHORS = frozenset(
    {
        *("docx-headings-missing", "docx-list-typed", "docx-table-merged", "ebraille-recommended", "pdf-table-split"),
        *("pdf-contrast", "press-bleed", "press-resolution", "press-rgb"),
    }
)
"""Rules of finished files whose findings the manuscript or the settings cause, without a finding in the manuscript."""
_OTHER = ""
"""Instead of the message, for a finding in the manuscript under another rule."""
_Key = tuple[str, ...]
"""A rule, perhaps with the message that a finding under the same rule has."""


def with_cause(finding: Finding) -> Finding:
    """Return a finding of a check of an edition made by exporter, with advice for the author of the manuscript."""
    if finding.rule in _OF_AUTHORS:
        return finding
    may_repeat = not _REPEATING.isdisjoint((finding.rule, *_rules_of(finding)))
    return msgspec.structs.replace(finding, advice=_UNLESS_REPORTED if may_repeat else FAULT)


def _rules_of(finding: Finding) -> list[str]:
    """Return the rules that a finding in an edition breaks: its own, those that it names, or another for the same."""
    if finding.rule == _CLAIM:
        return finding.message.rpartition(": ")[2].rstrip(".").split(", ")
    same = (
        name for (rule, words), name in _IN_OTHER_WORDS.items() if rule == finding.rule and words in finding.message
    )
    return [next(same, finding.rule)]


def is_fault(finding: Finding) -> bool:
    """Return whether a finding is a fault of exporter."""
    return finding.advice == FAULT


class Causes:
    """Findings in the manuscript, and which of them a finding in an edition repeats."""

    def __init__(self) -> None:
        self._by_rule: dict[_Key, list[Finding]] = defaultdict(list)
        self._by_place: dict[tuple[_Key, Source | None], list[Finding]] = defaultdict(list)

    def add(self, finding: Finding) -> None:
        """Add a finding, if it is in the manuscript."""
        if finding.edition:
            return
        repeated = [key for rule in _REPEATED.get(finding.rule, ()) for key in ((rule,), (rule, _OTHER))]
        for key in ((finding.rule,), (finding.rule, finding.message), *repeated):
            self._by_rule[key].append(finding)
            self._by_place[key, finding.source].append(finding)

    def of(self, finding: Finding) -> Finding | None:
        """Return the finding in the manuscript that a finding in an edition repeats, or None.

        Of several, it is the one at the same line. A finding that is more severe than that in the manuscript repeats
        none; one that names broken rules repeats one if each of those does.
        """
        causes = [self._of_rule(rule, finding) for rule in _rules_of(finding)] if finding.edition else []
        return causes[0] if causes and all(causes) else None

    def _of_rule(self, rule: str, finding: Finding) -> Finding | None:
        keys: tuple[_Key, ...] = ((rule,),) if rule != finding.rule else ((rule, finding.message), (rule, _OTHER))
        nearest = (self._by_place.get((key, finding.source), ()) for key in keys)
        others = (self._by_rule.get(key, ()) for key in keys)
        causes = chain.from_iterable((*nearest, *others))
        return next((cause for cause in causes if cause.severity.rank <= finding.severity.rank), None)


def repeated_findings(findings: Iterable[Finding]) -> dict[Finding, Finding]:
    """Return the finding in the manuscript that a finding in an edition repeats, by the latter."""
    findings = tuple(findings)
    causes = Causes()
    for finding in findings:
        causes.add(finding)
    return {finding: cause for finding in findings if (cause := causes.of(finding))}
