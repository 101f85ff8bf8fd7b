"""Accessibility and integrity checks of Word files, whichever program wrote them.

There is no external validator for the accessibility of Word files: Microsoft's checker is part of Word.
"""

from __future__ import annotations

from pathlib import Path

from exporter.findings import Finding, limited
from exporter.validate.docx.rules import ALL

MOST = 20
"""Findings listed for one rule; further ones are only counted."""


def check(path: Path, *, most: int = MOST) -> tuple[Finding, ...]:
    """Check a file.

    Args:
        path: The file.
        most: How many findings are listed for one rule.

    Returns:
        The findings; none if every rule was checked and is met.
    """
    from exporter.inspect.docx import DocxError, DocxFile
    from exporter.validate.docx import contrast, images, integrity, rules, structure, tables, text

    try:
        word = DocxFile(path)
        findings = [
            finding
            for family in (structure, text, images, tables, contrast, integrity)
            for finding in family.check(word)
        ]
    except DocxError as error:
        return (rules.UNREADABLE.finding(str(error)),)
    return limited(findings, most, errors=True)


__all__ = ["ALL", "MOST", "check"]
