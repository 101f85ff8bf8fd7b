"""Rules of the parity check: the properties that every edition shares with the manuscript."""

from __future__ import annotations

import msgspec

from exporter.finding_causes import FAULT
from exporter.findings import Finding, Rule, Severity

_UNEXPECTED = (
    "Look at this place in the edition: readers may meet something that is not in the manuscript. If nothing is wrong "
    "there, please report it with report.json, which quotes your text."
)


def _rule(name: str, sentence: str, clause: str = "") -> Rule:
    return Rule(f"parity-{name}", Severity.ERROR, sentence, FAULT, clause)


def unexpected(finding: Finding) -> Finding:
    """Return a finding about what writers are not known to write, as a warning: it withholds no edition."""
    return msgspec.structs.replace(finding, severity=Severity.WARNING, advice=_UNEXPECTED)


UNREADABLE = _rule("unreadable", "Every edition can be read.")
TITLE = _rule("title", "Every edition has the title of the publication.", "WCAG 2.4.2")
LANGUAGE = _rule("language", "Every edition states the language of the publication.", "WCAG 3.1.1")
HEADINGS = _rule("headings", "Every edition has the same headings in the same order.", "WCAG 1.3.1")
LEVELS = _rule("levels", "A heading has the same level in every edition.", "WCAG 1.3.1")
OUTLINE = _rule("outline", "Bookmarks and tables of contents list every heading.", "WCAG 2.4.5")
PICTURES = _rule("pictures", "Every edition has the same images with the same alt texts.", "WCAG 1.1.1")
DECORATIVE = _rule("decorative", "What is decorative in the manuscript is decorative in every edition.", "WCAG 1.1.1")

TEXT = _rule("text", "Every edition contains all text of the manuscript, once.", "EN 301 549 5.4")
ORDER = _rule("order", "Every edition has the order of the manuscript.", "WCAG 1.3.2")
KINDS = _rule("kinds", "Headings, paragraphs, captions and cells are the same in every edition.", "WCAG 1.3.1")
NESTING = _rule("nesting", "Lists, quotations, boxes and turns have the same content in every edition.", "WCAG 1.3.1")
TABLES = _rule("tables", "Cells have the same headers and spans in every edition.", "WCAG 1.3.1")
PASSAGES = _rule("languages", "A passage is in the same language in every edition.", "WCAG 3.1.2")
DIRECTIONS = _rule("directions", "Text has the same direction in every edition.", "WCAG 1.3.2")
LINKS = _rule("links", "A link has the same target in every edition.", "WCAG 2.4.4")
NOTES = _rule("notes", "Every edition has the same notes, each with its reference and backlink.", "WCAG 1.3.1")
MARKS = _rule(
    "marks",
    "Emphasis, superscripts, abbreviations, code and formulas are the same in every edition.",
    "WCAG 1.3.1, 3.1.4",
)
CONTENTS = _rule("contents", "The table of contents lists the headings in their order and links to them.", "WCAG 2.4.5")
METADATA = _rule("metadata", "Every edition has the same authors, publisher, date and rights.", "EN 301 549 5.4")
SPEAKERS = _rule("speakers", "Every edition names the speaker of each turn.", "WCAG 1.3.1")
PAGES = _rule("pages", "Editions that mark pages mark the same pages.", "WCAG 2.4.5")
CHAPTERS = _rule("chapters", "Chapters begin at their audio, in their order.", "WCAG 2.4.5")
CLIPS = _rule(
    "clips", "Every utterance has a duration, lies in its file and follows the previous one.", "EN 301 549 5.4"
)
TRANSCRIPT = _rule("transcript", "The transcript has the text of the recording, at its times.", "WCAG 1.2.1")

RULES = (
    *(UNREADABLE, TITLE, LANGUAGE, HEADINGS, LEVELS, OUTLINE, PICTURES, DECORATIVE),
    *(TEXT, ORDER, KINDS, NESTING, TABLES, PASSAGES, DIRECTIONS, LINKS, NOTES, MARKS, CONTENTS),
    *(METADATA, SPEAKERS, PAGES, CHAPTERS, CLIPS, TRANSCRIPT),
)
