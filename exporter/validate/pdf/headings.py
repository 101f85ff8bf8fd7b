"""Headings (ISO 14289-1, 7.4; WCAG 1.3.1, 2.4.6)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import PdfFile
from exporter.validate.pdf.locations import location_of, quote

SKIPPED = Rule(
    "pdf-heading-skipped",
    Severity.ERROR,
    "No heading level is skipped.",
    "Set the heading one level below the heading above it.",
    "ISO 14289-1, 7.4.2; MP 14-003",
)
EMPTY = Rule("pdf-heading-empty", Severity.ERROR, "Every heading has text.", "Remove the empty heading.", "WCAG 2.4.6")
MIXED = Rule(
    "pdf-heading-mixed",
    Severity.ERROR,
    "Headings are either all H or all H1, H2 and so on.",
    "Set a level for every heading.",
    "ISO 14289-1, 7.4.4; MP 14-007",
)
NONE = Rule(
    "pdf-heading-none",
    Severity.WARNING,
    "A long document has headings.",
    "Tag what looks like headings as headings.",
    "WCAG 1.3.1, 2.4.6",
)
RULES = (SKIPPED, EMPTY, MIXED, NONE)
LONG = 5
"""Pages from which a document needs headings."""


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with headings."""
    root = file.structure.root
    headings = [node for node in root.all() if node.type[:1] == "H" and (node.type[1:].isdigit() or node.type == "H")]
    if root.kids and not headings and len(file.pages) >= LONG:
        yield NONE.finding(f"The file has {len(file.pages)} pages and no heading.")
    if {"H"} < {node.type for node in headings}:
        yield MIXED.finding("The file has headings with levels and headings without.")
    level = 0
    for node in headings:
        text = file.text(node, without={"Reference", "Note", "FENote"})
        described = any(image.alt for image in node.all("Figure", "Formula"))
        if not text.strip() and not described:
            yield EMPTY.finding("A heading is empty.", place=location_of(node))
        if node.type == "H":
            continue
        here = int(node.type[1:])
        if here > level + 1:
            before = f"one of level {level}" if level else "the beginning"
            yield SKIPPED.finding(f"{quote(text)} has level {here}, after {before}.", place=location_of(node))
        level = here
