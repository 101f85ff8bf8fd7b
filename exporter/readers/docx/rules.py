"""Rules of the reader of Word files."""

from __future__ import annotations

from exporter.findings import Rule, Severity

CHANGES = Rule(
    id="word-changes",
    severity=Severity.WARNING,
    sentence="A manuscript has no tracked changes.",
    advice="Accept or reject them in Word (Review, Changes) and save the file again.",
)
COMMENTS = Rule(
    id="word-comments",
    severity=Severity.NOTE,
    sentence="A manuscript has no comments.",
    advice="Nothing to do if they are resolved: no edition contains them.",
)
HIDDEN = Rule(
    id="word-hidden",
    severity=Severity.WARNING,
    sentence="No text of a manuscript is hidden in Word.",
    advice="Delete the hidden text, or show it (Font, Hidden).",
)
CROPPED = Rule(
    id="word-cropped",
    severity=Severity.WARNING,
    sentence="Images in a manuscript are not cropped.",
    advice="In Word, delete the cropped areas (Picture Format, Compress Pictures), especially if they show people.",
)
RUNNING_TEXT = Rule(
    id="word-header-text",
    severity=Severity.WARNING,
    sentence="Headers and footers have no text that is missing in the manuscript itself.",
    advice="Write what readers need, such as an embargo, at the beginning of the text: each edition has its own "
    "headers and footers.",
)
UNRELEASED = Rule(
    id="word-header-draft",
    severity=Severity.WARNING,
    sentence="Nothing says that the text is confidential or a draft.",
    advice="Make sure that it may be published. If it may, delete the line in Word: in the text, in the header "
    "(Insert, Header) or in the watermark (Design, Watermark).",
)
EMPTY = Rule(
    id="word-empty-paragraphs",
    severity=Severity.WARNING,
    sentence="Distance is set by styles, not by empty paragraphs.",
    advice="Delete them and set the space before and after in the styles of the paragraphs around them.",
    clause="WCAG 1.3.2",
)
TABS = Rule(
    id="word-tabs",
    severity=Severity.WARNING,
    sentence="Columns are tables, not text separated by tabs.",
    advice="Select the lines in Word and make them a table (Insert, Table, Convert Text to Table).",
    clause="WCAG 1.3.1, 1.3.2 F33",
)
STYLE = Rule(
    id="word-style-unknown",
    severity=Severity.NOTE,
    sentence="The meaning of every custom style is known.",
    advice="Nothing to do if a style only changes the look. If it means a heading, a quotation or a list, use Word's "
    "own style for that (Home, Styles); or add a line for it to docx/reading.toml in the styles folder.",
)
TITLE_AGAIN = Rule(
    id="word-title-again",
    severity=Severity.WARNING,
    sentence="Only the title of the publication has the style Title.",
    advice="Give parts and chapters the style Heading 1, and what is below them Heading 2.",
    clause="WCAG 1.3.1",
)
TITLE_TWICE = Rule(
    id="word-title-twice",
    severity=Severity.NOTE,
    sentence="The title is in a Word file once.",
    advice="No action needed: each edition prints the title on its first page. If a chapter is called as the "
    "publication is, give it the style Heading 1.",
)
TITLE_DOUBTFUL = Rule(
    id="word-title-doubtful",
    severity=Severity.WARNING,
    sentence="No line of the title page is larger than the one with the style Title.",
    advice="If the larger line is the title, give it the style Title (Home, Styles), and the other line the style "
    "Normal. If it is the subtitle, give it the style Subtitle. Otherwise nothing has to be done.",
    clause="WCAG 2.4.2",
)
HEADING_LOOK = Rule(
    id="word-heading-look",
    severity=Severity.WARNING,
    sentence="Titles and headings have the style Title or a heading style, not only bold or large letters.",
    advice="Give them heading styles (Home, Styles, Heading 1, 2, 3), or export with --guess-headings.",
    clause="WCAG 1.3.1 F2",
)
ALT_AUTOMATIC = Rule(
    id="word-alt-automatic",
    severity=Severity.WARNING,
    sentence="Alt texts are written by people who know the purpose of the image.",
    advice="Read it, correct it, and delete the sentence that says that it was generated automatically.",
    clause="WCAG 1.1.1",
)
NUMBERING = Rule(
    id="word-numbering",
    severity=Severity.NOTE,
    sentence="Numbers of lists are 1, a, A, i or I, and those of notes 1, 2, 3 throughout.",
    advice="Nothing to do unless the text refers to these numbers.",
)
RENUMBERED_NOTE = Rule(
    id="word-note-renumbered",
    severity=Severity.WARNING,
    sentence="No text names a note by a number that it only has in Word.",
    advice="Let Word number the notes as the editions do (References, the arrow in the corner of Footnotes): endnotes "
    "become footnotes with Convert, and Numbering is Continuous. Then correct the numbers in the text.",
)
OUTDATED_REFERENCE = Rule(
    id="word-reference-outdated",
    severity=Severity.WARNING,
    sentence="Cross-references have the numbers of the paragraphs that they lead to.",
    advice="Press Ctrl+A and F9 in Word, which updates all of them, and save the file again; if changes are tracked, "
    "accept or reject them before.",
)
REGION = Rule(
    id="word-language-region",
    severity=Severity.NOTE,
    sentence="A language is marked with the same region throughout.",
    advice="Nothing to do: the voice keeps one accent throughout the text.",
    clause="WCAG 3.1.2",
)
DAMAGED = Rule(
    id="word-part-damaged",
    severity=Severity.ERROR,
    sentence="All parts of a Word file can be read.",
    advice="Open the file in Word or LibreOffice, save it again as .docx, and compare the two.",
)
INSERT = "Insert the image or other file into the document instead of a link to it."
"""Advice for `image-remote` in Word files."""
