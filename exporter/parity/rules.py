"""What must be the same in every edition."""

from __future__ import annotations

from exporter.findings import Rule, Severity

ADVICE = (
    "This is a fault of the exporter, not of the manuscript: please report it. Look at the place yourself; if the "
    "edition is good there, waive the rule in the settings, with your reason, and export again."
)


def _rule(name: str, sentence: str, clause: str = "") -> Rule:
    return Rule(f"parity-{name}", Severity.ERROR, sentence, ADVICE, clause)


UNREADABLE = _rule("unreadable", "Every edition can be opened and read back.")
TITLE = _rule("title", "Every edition bears the title of the publication.", "WCAG 2.4.2")
LANGUAGE = _rule("language", "Every edition says the language of the publication.", "WCAG 3.1.1")
HEADINGS = _rule("headings", "Every edition has the same headings in the same order.", "WCAG 1.3.1")
LEVELS = _rule("levels", "A heading has the same level in every edition.", "WCAG 1.3.1")
OUTLINE = _rule("outline", "Bookmarks and contents lists name every heading.", "WCAG 2.4.5")
PICTURES = _rule("pictures", "Every edition has the same pictures with the same alt texts.", "WCAG 1.1.1")
DECORATIVE = _rule("decorative", "What is decorative in the manuscript is decorative in every edition.", "WCAG 1.1.1")

TEXT = _rule("text", "Every edition has all words of the manuscript, once.", "EN 301 549 5.4")
ORDER = _rule("order", "Every edition tells everything in the order of the manuscript.", "WCAG 1.3.2")
KINDS = _rule("kinds", "A heading, a paragraph, a caption, a cell is the same thing in every edition.", "WCAG 1.3.1")
NESTING = _rule("nesting", "Lists, quotations, boxes and turns hold the same in every edition.", "WCAG 1.3.1")
TABLES = _rule("tables", "Cells head and cover the same in every edition.", "WCAG 1.3.1")
PASSAGES = _rule("languages", "A passage is in the same language in every edition.", "WCAG 3.1.2")
LINKS = _rule("links", "A link leads to the same place in every edition.", "WCAG 2.4.4")
NOTES = _rule("notes", "Every edition has the same notes, each with its reference and its way back.", "WCAG 1.3.1")
MARKS = _rule("marks", "Abbreviations, code and formulas are the same in every edition.", "WCAG 3.1.4")
CONTENTS = _rule("contents", "The list of contents names headings in their order and leads to them.", "WCAG 2.4.5")
METADATA = _rule("metadata", "Every edition names the same authors, publisher, date and rights.", "EN 301 549 5.4")
SPEAKERS = _rule("speakers", "Every edition says who speaks, turn by turn.", "WCAG 1.3.1")
PAGES = _rule("pages", "Editions that mark pages mark the same ones.", "WCAG 2.4.5")
CHAPTERS = _rule("chapters", "Chapters begin where they are heard, in their order.", "WCAG 2.4.5")
CLIPS = _rule("clips", "Every utterance lasts, inside its file, after the one before it.", "EN 301 549 5.4")
TRANSCRIPT = _rule("transcript", "The transcript has the words of the recording, at their times.", "WCAG 1.2.1")

RULES = (
    *(UNREADABLE, TITLE, LANGUAGE, HEADINGS, LEVELS, OUTLINE, PICTURES, DECORATIVE),
    *(TEXT, ORDER, KINDS, NESTING, TABLES, PASSAGES, LINKS, NOTES, MARKS, CONTENTS),
    *(METADATA, SPEAKERS, PAGES, CHAPTERS, CLIPS, TRANSCRIPT),
)
