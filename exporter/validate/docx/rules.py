"""What must hold in a Word file, rule by rule.

The rules about people follow Microsoft's accessibility checker, WCAG 2.2 and EN 301 549; those about the file follow
ISO/IEC 29500-1 (the same text as ECMA-376-1), where programs differ in what they forgive.
"""

from __future__ import annotations

from exporter.findings import Rule, Severity


def _error(name: str, clause: str, sentence: str, advice: str) -> Rule:
    return Rule(f"docx-{name}", Severity.ERROR, sentence, advice, clause)


def _warning(name: str, clause: str, sentence: str, advice: str) -> Rule:
    return Rule(f"docx-{name}", Severity.WARNING, sentence, advice, clause)


def _note(name: str, clause: str, sentence: str, advice: str) -> Rule:
    return Rule(f"docx-{name}", Severity.NOTE, sentence, advice, clause)


_MEND = "Save the file anew in Word; if that does not help, report it to those who made it."

UNREADABLE = _error("unreadable", "ISO/IEC 29500-2", "The file is a Word document that can be taken apart.", _MEND)

# Pictures
ALT_MISSING = _error(
    "alt-missing",
    "WCAG 1.1.1",
    "Every picture has an alt text or is marked decorative.",
    "Right-click the picture, choose “View Alt Text”, and describe it or mark it as decorative.",
)
ALT_FILE_NAME = _error(
    "alt-file-name",
    "WCAG 1.1.1",
    "An alt text describes; it is no name of a file.",
    "Write what the picture says to somebody who cannot see it.",
)
DECORATIVE_DESCRIBED = _warning(
    "decorative-described",
    "WCAG 1.1.1",
    "A decorative picture has no alt text.",
    "Take away the alt text, or the mark that the picture is decorative.",
)
FLOATING = _warning(
    "floating",
    "WCAG 1.3.2",
    "Pictures and boxes stand in line with the text.",
    "Choose “Wrap Text”, “In Line with Text”: screen readers do not meet what floats in its place.",
)

# Tables
TABLE_HEADER = _error(
    "table-header",
    "WCAG 1.3.1",
    "The first row of a table is marked as its header row, or its first column alone heads the rows.",
    "Click into the first row, choose “Table Properties”, “Row”, “Repeat as header row”.",
)
TABLE_TITLE = _note(
    "table-title",
    "WCAG 1.3.1",
    "A table says what it is about, in its properties.",
    "Choose “Table Properties”, “Alt Text”, and write a title.",
)
TABLE_MERGED = _warning(
    "table-merged",
    "WCAG 1.3.1",
    "Cells with data are not merged, and no table stands inside another.",
    "Repeat the words in each cell, or make two tables of it.",
)
ROW_SPLITS = _note(
    "row-splits",
    "",
    "No row of a table breaks over two pages.",
    "Mark all rows, choose “Table Properties”, “Row”, and take the tick from “Allow row to break across pages”.",
)

# Headings, links, text
HEADING_SKIPPED = _warning(
    "heading-skipped",
    "WCAG 1.3.1",
    "No level of headings is left out, and the first heading is of level 1.",
    "Give each heading the style that is one level below that of the heading above it.",
)
HEADING_EMPTY = _error(
    "heading-empty", "WCAG 2.4.6", "Every heading has words.", "Delete the empty line, or give it the style “Normal”."
)
HEADINGS_MISSING = _warning(
    "headings-missing",
    "WCAG 2.4.10",
    "A long document has headings.",
    "Give the lines that head a part the styles “Heading 1”, “Heading 2” and so on.",
)
LINK_UNCLEAR = _warning(
    "link-unclear",
    "WCAG 2.4.4",
    "The words of a link say where it leads.",
    "Name the target in the words of the link, not “here” and not nothing.",
)
BLANKS = _warning(
    "blanks",
    "WCAG 1.3.2",
    "Distance is made by styles, not by blanks and tabs.",
    "Use an indent, a tab stop or a table instead of repeated blanks.",
)
EMPTY_PARAGRAPH = _warning(
    "empty-paragraph",
    "WCAG 1.3.2",
    "Distance is made by styles, not by empty lines.",
    "Delete the empty line and set the space before or after in the style.",
)
LIST_TYPED = _warning(
    "list-typed",
    "WCAG 1.3.1",
    "Lists are lists, not lines that begin with a typed sign.",
    "Delete the typed signs and make it a list.",
)
HIDDEN_TEXT = _warning(
    "hidden-text",
    "WCAG 1.3.1",
    "No words are hidden.",
    "Show hidden text, and delete what is not meant for readers.",
)
CONTRAST = _error(
    "contrast",
    "WCAG 1.4.3",
    "Text has a contrast of at least 4.5:1 to its ground.",
    "Choose a darker colour for the text, or a lighter one for its ground.",
)
BLINKING = _error("blinking", "WCAG 2.2.2", "Nothing blinks or moves.", "Take the text effect away.")

# The document
TITLE_MISSING = _error(
    "title-missing", "WCAG 2.4.2", "The properties name the title.", "Choose “File”, “Info”, and write a title."
)
LANGUAGE_MISSING = _error(
    "language-missing",
    "WCAG 3.1.1",
    "The document says its language.",
    "Mark everything, choose “Review”, “Language”, “Set Proofing Language”.",
)
DIRECTION = _warning(
    "direction",
    "WCAG 1.3.2",
    "Words of right-to-left scripts are marked as running from right to left.",
    "Mark the words, and choose a language of their script and the direction from right to left.",
)
PROTECTED = _error(
    "protected",
    "EN 301 549 11.8.2",
    "The document is not closed to reading software.",
    "Choose “Review”, “Restrict Editing”, “Stop Protection”.",
)
UNFINISHED = _warning(
    "unfinished",
    "",
    "No tracked changes and no comments are left.",
    "Accept or reject the changes, and delete the comments.",
)
CONTENTS_EMPTY = _warning(
    "contents-empty",
    "WCAG 2.4.5",
    "A table of contents is filled in, and each of its lines leads to its heading.",
    "Click into the contents and press F9.",
)

# The file itself
PART_MISSING = _error("part-missing", "ISO/IEC 29500-2, 9.3", "What a part points at is in the file.", _MEND)
CONTENT_TYPE = _error("content-type", "ISO/IEC 29500-2, 10.1", "Every part says what it is.", _MEND)
STYLE_MISSING = _error("style-missing", "ISO/IEC 29500-1, 17.7", "Every style that is used exists.", _MEND)
LIST_MISSING = _error("list-missing", "ISO/IEC 29500-1, 17.9", "Every list that is used is defined.", _MEND)
NOTE_MISSING = _error(
    "note-missing", "ISO/IEC 29500-1, 17.11", "Every mark of a note has its note, and every note its mark.", _MEND
)
TARGET_MISSING = _error(
    "target-missing", "ISO/IEC 29500-1, 17.13.6", "Links and fields inside the document find their target.", _MEND
)
BOOKMARK = _error(
    "bookmark",
    "ISO/IEC 29500-1, 17.13.6",
    "Bookmarks have names of their own, begin and end, and are not too long.",
    _MEND,
)
IDENTITY = _error("identity", "ISO/IEC 29500-1, 20.4.2.5", "Pictures have numbers of their own.", _MEND)
FIELD = _error("field", "ISO/IEC 29500-1, 17.16.18", "Every field begins, and ends in its paragraphs.", _MEND)
GRID = _error(
    "grid",
    "ISO/IEC 29500-1, 17.4",
    "Rows cover the columns of their table, cells end with a paragraph, and tables do not touch.",
    _MEND,
)
ORDER = _error("order", "ISO/IEC 29500-1, annex A", "Properties stand in the order of the schema.", _MEND)

ALL: tuple[Rule, ...] = tuple(value for value in globals().values() if isinstance(value, Rule))
