"""Findings about what is counted in a file: tracked changes, comments, hidden text, what is ignored."""

from __future__ import annotations

from exporter.findings import Rule
from exporter.readers.docx import subdocuments
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.rules import CHANGES, COMMENTS, EMPTY, HIDDEN, STYLE
from exporter.readers.rules import UNSUPPORTED

_IGNORED = (
    (
        "figures",
        "list of figures or tables was ignored",
        "lists of figures or tables were ignored",
        "Nothing to do: readers find figures and tables in their chapters, and the page numbers are those of Word.",
    ),
    (
        "authorities",
        "table of authorities was ignored",
        "tables of authorities were ignored",
        "Its page numbers are those of Word. To keep it, select it, press Ctrl+Shift+F9 and delete the page numbers.",
    ),
    (
        "pages",
        "reference to a page number of Word was kept, which no other edition has",
        "references to page numbers of Word were kept, which no other edition has",
        "Refer to the heading instead (References, Cross-reference, Heading text).",
    ),
    (
        "numbers",
        "automatic paragraph number was ignored",
        "automatic paragraph numbers were ignored",
        "Number the paragraphs with the button Numbering (Home, Paragraph) instead of a field.",
    ),
    (
        "metafiles",
        "image in a format of Windows (EMF, WMF) was converted by LibreOffice",
        "images in formats of Windows (EMF, WMF) were converted by LibreOffice",
        "Compare with Word. Where they differ: right click, Save as Picture, PNG; then Change Picture to that file.",
    ),
    (
        "columns",
        "column of a table was ignored",
        "columns of tables were ignored",
        "Divide the table, or publish it as a data file.",
    ),
)
"""What is counted, with its messages and what to do."""
_LEFT_OUT_ADVICE = (
    "Nothing to do if they are a table of contents, which each edition generates; else give them the style Normal."
)


_EMPTY_HEADINGS_ADVICE = (
    "Nothing to do unless a heading is missing. To tidy the file, click the empty lines in the list of headings (View, "
    "Navigation Pane), give them the style Normal (Home, Styles), and delete them."
)
_STYLES_NAMED = 5


def report(context: ReadContext) -> None:
    """Report tracked changes, comments, hidden text and the like."""
    counts = context.counts
    changes = [
        _format_count(counts[what], singular, plural)
        for what, singular, plural in (
            ("insertions", "insertion was accepted", "insertions were accepted"),
            ("deletions", "deletion was accepted", "deletions were accepted"),
            ("moves", "move was accepted", "moves were accepted"),
        )
        if counts[what]
    ]
    if changes:
        first = next(what for what in ("insertions", "deletions", "moves") if counts[what])
        _report_count(context, CHANGES, first, f"Tracked changes: {', '.join(changes)}.")
    if counts["comments"]:
        counted = _format_count(counts["comments"], "comment was", "comments were")
        _report_count(context, COMMENTS, "comments", f"{counted} ignored.")
    if counts["hidden"]:
        counted = _format_count(counts["hidden"], "piece of hidden content was", "pieces of hidden content were")
        _report_count(context, HIDDEN, "hidden", f"{counted} ignored.")
    if counts["empty"]:
        _report_count(context, EMPTY, "empty", f"{counts['empty']} consecutive empty paragraphs are used for spacing.")
    if counts["empty headings"]:
        counted = _format_count(counts["empty headings"], "empty paragraph has", "empty paragraphs have")
        message = f"{counted} the style of a heading; no edition shows it."
        _report_count(context, EMPTY, "empty headings", message, _EMPTY_HEADINGS_ADVICE)
    if counts["shapes"]:
        counted = _format_count(counts["shapes"], "drawn shape without text was", "drawn shapes without text were")
        advice = "If they are meaningful, save them as an image and insert that with an alt text."
        _report_count(context, UNSUPPORTED, "shapes", f"{counted} ignored.", advice)
    if missing := subdocuments.message(context):
        _report_count(context, UNSUPPORTED, subdocuments.KIND, missing, subdocuments.ADVICE)
    if counts["index"]:
        advice = "Its page numbers are only valid in print; readers can search the text."
        _report_count(context, UNSUPPORTED, "index", "The index was ignored.", advice)
    if counts["placeholders"]:
        counted = _format_count(counts["placeholders"], "field to be filled in was", "fields to be filled in were")
        _report_count(context, UNSUPPORTED, "placeholders", f"{counted} ignored.", "Fill in or delete them.")
    _report_ignored(context)
    styles = sorted({name for name in context.styles.unknown.values() if name.strip()})
    if styles and not context.is_word_edition:
        more = f" and {len(styles) - _STYLES_NAMED} more" if len(styles) > _STYLES_NAMED else ""
        names = ", ".join(f"“{style}”" for style in styles[:_STYLES_NAMED])
        context.report.add(STYLE, None, f"Unknown styles, read as plain text: {names}{more}.")


def _report_ignored(context: ReadContext) -> None:
    """Report what Word shows and the editions do not, and what only the pages of Word make true."""
    counts = context.counts
    for what, singular, plural, advice in _IGNORED:
        if counts[what]:
            _report_count(context, UNSUPPORTED, what, f"{_format_count(counts[what], singular, plural)}.", advice)
    for what in sorted(counts):
        kind, _, name = what.partition(" ")
        if kind == "left-out":
            paragraphs = _format_count(counts[what], "paragraph", "paragraphs")
            was = "was" if counts[what] == 1 else "were"
            message = f"{paragraphs} in the style “{name}” {was} ignored."
            _report_count(context, UNSUPPORTED, what, message, _LEFT_OUT_ADVICE)
    names = [what.partition(" ")[2] for what in counts if what.startswith("merge ")]
    if names:
        quoted = ", ".join(f"«{name}»" for name in names[:5]) + (" and more" if len(names) > 5 else "")
        message = f"Mail merge fields were not filled in: {quoted}."
        _report_count(context, UNSUPPORTED, f"merge {names[0]}", message, "Write the words instead of the fields.")


def _format_count(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def _report_count(context: ReadContext, rule: Rule, what: str, message: str, advice: str = "") -> None:
    context.report.add(rule, context.first.get(what), message, advice=advice)
