"""What is said once for the whole file, with how often it was met."""

from __future__ import annotations

from exporter.findings import Rule
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.rules import CHANGES, COMMENTS, EMPTY, HIDDEN, STYLE
from exporter.readers.rules import UNSUPPORTED


def report_counts(reading: ReadContext) -> None:
    """Report tracked changes, comments, hidden text and the like."""
    counts = reading.counts
    changes = [
        _counted(counts[what], one, many)
        for what, one, many in (
            ("insertions", "insertion was taken over", "insertions were taken over"),
            ("deletions", "deletion was carried out", "deletions were carried out"),
            ("moves", "move was taken over", "moves were taken over"),
        )
        if counts[what]
    ]
    if changes:
        first = next(what for what in ("insertions", "deletions", "moves") if counts[what])
        _say(reading, CHANGES, first, f"Changes are tracked: {', '.join(changes)}.")
    if counts["comments"]:
        said = _counted(counts["comments"], "comment was", "comments were")
        _say(reading, COMMENTS, "comments", f"{said} left out.")
    if counts["hidden"]:
        said = _counted(counts["hidden"], "passage of hidden text was", "passages of hidden text were")
        _say(reading, HIDDEN, "hidden", f"{said} left out.")
    if counts["empty"]:
        _say(reading, EMPTY, "empty", f"{counts['empty']} empty paragraphs stand in rows, to make distance.")
    if counts["shapes"]:
        said = _counted(counts["shapes"], "drawn shape without words was", "drawn shapes without words were")
        advice = "If they say something, save them as a picture and insert that, with an alt text."
        _say(reading, UNSUPPORTED, "shapes", f"{said} left out.", advice)
    if counts["index"]:
        advice = "Page numbers mean nothing outside paper; readers search the text."
        _say(reading, UNSUPPORTED, "index", "The index that Word made was left out.", advice)
    if counts["placeholders"]:
        said = _counted(counts["placeholders"], "field that waits", "fields that wait")
        _say(reading, UNSUPPORTED, "placeholders", f"{said} to be filled in left out.", "Fill in or delete them.")
    if not reading.own:
        for style in sorted(set(reading.styles.unknown.values())):
            reading.report.add(STYLE, None, f"Nothing is known about the style “{style}”; it is read as plain text.")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _say(reading: ReadContext, rule: Rule, what: str, message: str, advice: str = "") -> None:
    reading.report.add(rule, reading.first.get(what), message, advice=advice)
