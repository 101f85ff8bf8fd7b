"""Rules for Word files.

The rules about accessibility follow Microsoft's checker, WCAG 2.2 and EN 301 549; those about the file follow
ISO/IEC 29500-1 (the same text as ECMA-376-1), where programs differ in what they tolerate.
"""

from __future__ import annotations

from exporter.findings import Rule, Severity


def _error(name: str, clause: str, sentence: str, advice: str) -> Rule:
    return Rule(f"docx-{name}", Severity.ERROR, sentence, advice, clause)


def _warning(name: str, clause: str, sentence: str, advice: str) -> Rule:
    return Rule(f"docx-{name}", Severity.WARNING, sentence, advice, clause)


def _note(name: str, clause: str, sentence: str, advice: str) -> Rule:
    return Rule(f"docx-{name}", Severity.NOTE, sentence, advice, clause)


_REPORT = "Save the file again in Word; if that does not help, report it to those who created it."

UNREADABLE = _error("unreadable", "ISO/IEC 29500-2", "The file is a Word document that can be opened.", _REPORT)

# Images
ALT_MISSING = _error(
    "alt-missing",
    "WCAG 1.1.1",
    "Every image has an alt text or is marked as decorative.",
    "Right-click the picture, choose “View Alt Text”, and describe it or mark it as decorative.",
)
ALT_FILE_NAME = _error(
    "alt-file-name",
    "WCAG 1.1.1",
    "An alt text is a description, not a file name.",
    "Describe the image for a reader who cannot see it.",
)
DECORATIVE_DESCRIBED = _warning(
    "decorative-described",
    "WCAG 1.1.1",
    "A decorative image has no alt text.",
    "Remove the alt text, or clear “Mark as decorative”.",
)
FLOATING = _warning(
    "floating",
    "WCAG 1.3.2",
    "Images and text boxes are in line with the text.",
    "Choose “Wrap Text”, “In Line with Text”: screen readers do not read floating objects at their place in the text.",
)

# Tables
TABLE_HEADER = _error(
    "table-header",
    "WCAG 1.3.1",
    "The first row of a table is marked as its header row, or only its first column contains headers.",
    "Click into the first row, choose “Table Properties”, “Row”, “Repeat as header row”.",
)
TABLE_TITLE = _note(
    "table-title",
    "WCAG 1.3.1",
    "A table has a title in its properties.",
    "Choose “Table Properties”, “Alt Text”, and write a title.",
)
TABLE_MERGED = _warning(
    "table-merged",
    "WCAG 1.3.1",
    "Data cells are not merged, and no table is nested in another.",
    "Repeat the text in each cell, or split the table in two.",
)
ROW_SPLITS = _note(
    "row-splits",
    "",
    "No table row breaks across pages.",
    "Select all rows, choose “Table Properties”, “Row”, and clear “Allow row to break across pages”.",
)

# Headings, links, text
HEADING_SKIPPED = _warning(
    "heading-skipped",
    "WCAG 1.3.1",
    "No heading level is skipped, and the first heading has level 1.",
    "Give each heading the style that is one level below that of the heading above it.",
)
HEADING_EMPTY = _error(
    "heading-empty", "WCAG 2.4.6", "Every heading has text.", "Delete the empty line, or give it the style “Normal”."
)
HEADINGS_MISSING = _warning(
    "headings-missing",
    "WCAG 2.4.10",
    "A long document has headings.",
    "Give the titles of sections the styles “Heading 1”, “Heading 2” and so on.",
)
LINK_UNCLEAR = _warning(
    "link-unclear",
    "WCAG 2.4.4",
    "The text of a link describes its target.",
    "Name the target in the link text instead of “here”.",
)
BLANKS = _warning(
    "blanks",
    "WCAG 1.3.2",
    "Distance is set by styles, not by repeated spaces and tabs.",
    "Use an indent, a tab stop or a table instead of repeated spaces.",
)
EMPTY_PARAGRAPH = _warning(
    "empty-paragraph",
    "WCAG 1.3.2",
    "Distance is set by styles, not by empty paragraphs.",
    "Delete the empty paragraph and set the space before or after in the style.",
)
LIST_TYPED = _warning(
    "list-typed",
    "WCAG 1.3.1",
    "Lists are marked as lists, not typed with characters at the start of lines.",
    "Delete the typed characters and apply a list style.",
)
HIDDEN_TEXT = _warning(
    "hidden-text",
    "WCAG 1.3.1",
    "No text is hidden.",
    "Show hidden text, and delete what is not meant for readers.",
)
CONTRAST = _error(
    "contrast",
    "WCAG 1.4.3",
    "Text has a contrast ratio of at least 4.5:1 against its background.",
    "Choose a darker colour for the text, or a lighter one for its background.",
)
BLINKING = _error(
    "blinking",
    "WCAG 2.2.2, 2.3.1",
    "Nothing blinks or moves.",
    "Remove the text effect, or use a still picture instead of what moves.",
)

# The document
TITLE_MISSING = _error(
    "title-missing", "WCAG 2.4.2", "The properties contain a title.", "Choose “File”, “Info”, and write a title."
)
LANGUAGE_MISSING = _error(
    "language-missing",
    "WCAG 3.1.1",
    "The document has a language.",
    "Select everything, choose “Review”, “Language”, “Set Proofing Language”.",
)
DIRECTION = _warning(
    "direction",
    "WCAG 1.3.2",
    "Text in right-to-left scripts is marked as right-to-left.",
    "Select the text, and choose a language of its script and the right-to-left direction.",
)
PROTECTED = _error(
    "protected",
    "EN 301 549 11.8.2",
    "The document does not block assistive technology.",
    "Choose “Review”, “Restrict Editing”, “Stop Protection”.",
)
UNFINISHED = _warning(
    "unfinished",
    "",
    "The document has no tracked changes and no comments.",
    "Accept or reject the changes, and delete the comments.",
)
CONTENTS_EMPTY = _warning(
    "contents-empty",
    "WCAG 2.4.5",
    "A table of contents has entries, and each of them links to its heading.",
    "Click into the table of contents and press F9.",
)

# The file itself
PART_MISSING = _error("part-missing", "ISO/IEC 29500-2, 9.3", "Every part that is referred to is in the file.", _REPORT)
CONTENT_TYPE = _error("content-type", "ISO/IEC 29500-2, 10.1", "Every part has a content type.", _REPORT)
STYLE_MISSING = _error("style-missing", "ISO/IEC 29500-1, 17.7", "Every style that is used is defined.", _REPORT)
LIST_MISSING = _error("list-missing", "ISO/IEC 29500-1, 17.9", "Every list that is used is defined.", _REPORT)
NOTE_MISSING = _error(
    "note-missing", "ISO/IEC 29500-1, 17.11", "Every note reference has a note, and every note a reference.", _REPORT
)
TARGET_MISSING = _error(
    "target-missing", "ISO/IEC 29500-1, 17.13.6", "Links and fields inside the document have a target.", _REPORT
)
BOOKMARK = _error(
    "bookmark",
    "ISO/IEC 29500-1, 17.13.6",
    "Bookmarks have a unique name of at most 40 characters, a start and an end.",
    _REPORT,
)
IDENTITY = _error("identity", "ISO/IEC 29500-1, 20.4.2.5", "Images have unique numbers.", _REPORT)
FIELD = _error("field", "ISO/IEC 29500-1, 17.16.18", "Every field has a start and an end.", _REPORT)
GRID = _error(
    "grid",
    "ISO/IEC 29500-1, 17.4",
    "Rows span all columns of their table, cells end with a paragraph, and tables are not adjacent.",
    _REPORT,
)
ORDER = _error("order", "ISO/IEC 29500-1, annex A", "Properties are in the order of the schema.", _REPORT)

ALL: tuple[Rule, ...] = tuple(value for value in globals().values() if isinstance(value, Rule))
