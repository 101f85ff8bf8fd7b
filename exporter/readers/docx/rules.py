"""The rules under which the reader of Word files reports what it could not take as it stands."""

from __future__ import annotations

from exporter.findings import Rule, Severity

CHANGES = Rule(
    id="word-changes",
    severity=Severity.WARNING,
    sentence="A manuscript has no tracked changes left.",
    advice="Accept or reject them in Word (Review, Changes), and save the file again.",
)
COMMENTS = Rule(
    id="word-comments",
    severity=Severity.NOTE,
    sentence="A manuscript has no comments left.",
    advice="Nothing to do if they are settled: no edition carries them.",
)
HIDDEN = Rule(
    id="word-hidden",
    severity=Severity.WARNING,
    sentence="All the text of a manuscript can be seen in Word.",
    advice="Delete the hidden text, or show it (Font, Hidden).",
)
CROPPED = Rule(
    id="word-cropped",
    severity=Severity.WARNING,
    sentence="A picture in a manuscript shows all that its file holds.",
    advice="In Word, delete the cropped areas (Picture Format, Compress Pictures), above all where they show somebody.",
)
EMPTY = Rule(
    id="word-empty-paragraphs",
    severity=Severity.WARNING,
    sentence="Distance comes from styles, not from empty paragraphs.",
    advice="Delete them, and set the space before and after in the style of the paragraphs around.",
    clause="WCAG 1.3.2",
)
TABS = Rule(
    id="word-tabs",
    severity=Severity.WARNING,
    sentence="Columns are tables, not words set apart by tabs.",
    advice="Select the lines in Word and make them a table (Insert, Table, Convert Text to Table).",
    clause="WCAG 1.3.1, 1.3.2 F33",
)
STYLE = Rule(
    id="word-style-unknown",
    severity=Severity.NOTE,
    sentence="What a style of the house means is known.",
    advice="If it means more than plain text, give it a line in the file docx/reading.toml of the styles.",
)
ALT_AUTOMATIC = Rule(
    id="word-alt-automatic",
    severity=Severity.WARNING,
    sentence="The alt text of a picture was written by somebody who knows what it is there for.",
    advice="Read it, mend it, and delete the sentence that says that it was made automatically.",
    clause="WCAG 1.1.1",
)
NUMBERING = Rule(
    id="word-numbering",
    severity=Severity.NOTE,
    sentence="Numbers before items are 1, a, A, i or I.",
    advice="Nothing to do unless the text refers to these numbers.",
)
REGION = Rule(
    id="word-language-region",
    severity=Severity.NOTE,
    sentence="A language is marked in the same way throughout.",
    advice="Nothing to do: a voice that changes its accent in the middle of a text helps nobody.",
    clause="WCAG 3.1.2",
)
DAMAGED = Rule(
    id="word-part-damaged",
    severity=Severity.ERROR,
    sentence="All parts of a Word file can be read.",
    advice="Open the file in Word or LibreOffice, save it anew as .docx, and compare the two.",
)
INSERT = "Insert the picture, or what else it is, into the document instead of a link to it."
"""What to do about `image-remote` here."""
