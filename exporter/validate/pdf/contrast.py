"""Contrast of text with what is painted below it (WCAG 2.2, 1.4.3), as far as the page decides it."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import PdfFile
from exporter.inspect.pdf.painting import FAINT
from exporter.validate.pdf.locations import quote

FAINT_TEXT = Rule(
    "pdf-contrast",
    Severity.ERROR,
    "Text can be told from its background.",
    "Choose another colour for the text or its background in the theme, with a contrast ratio of at least 4.5:1.",
    "WCAG 1.4.3",
)
RULES = (FAINT_TEXT,)


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield the faintest text of each page with a contrast of less than 2:1, about which there is no doubt."""
    for index, content in enumerate(file.contents()):
        faint = [run for run in content.runs.values() if run.contrast < FAINT and run.text.strip()]
        if faint:
            faintest = min(faint, key=lambda run: run.contrast)
            others = f", and {len(faint) - 1} more" if len(faint) > 1 else ""
            message = f"Low contrast ({floor(faintest.contrast * 10) / 10}:1): {quote(faintest.text)}{others}"
            yield FAINT_TEXT.finding(f"{message}.", place=f"page {index + 1}")
