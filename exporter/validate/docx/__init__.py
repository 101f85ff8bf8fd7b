"""Any Word file against what readers who do not see, or see little, need of it, and against what Word needs to open it.

No program outside does the first part; Microsoft's checker lives in Word alone. It reads with zipfile and lxml, knows
nothing of how the file was made, and judges what it finds.
"""

from __future__ import annotations

from pathlib import Path

from exporter.findings import Finding
from exporter.validate.docx.rules import ALL

MOST = 20
"""Places that are told for one rule; the rest is a number."""


def check(path: Path, *, most: int = MOST) -> tuple[Finding, ...]:
    """Check a file.

    Args:
        path: The file.
        most: How many places are told for one rule.

    Returns:
        The findings; none means that every rule was looked at and kept.
    """
    from exporter.inspect.docx import DocxError, DocxFile
    from exporter.validate.docx import contrast, images, integrity, rules, structure, tables, text

    try:
        word = DocxFile(path)
        found = [
            finding
            for family in (structure, text, images, tables, contrast, integrity)
            for finding in family.check(word)
        ]
    except DocxError as error:
        return (rules.UNREADABLE.finding(str(error)),)
    return _shortened(found, most)


def _shortened(found: list[Finding], most: int) -> tuple[Finding, ...]:
    kept: list[Finding] = []
    counts: dict[str, int] = {}
    last: dict[str, int] = {}
    for finding in found:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
        if counts[finding.rule] <= most:
            last[finding.rule] = len(kept)
            kept.append(finding)
    import msgspec

    for rule, count in counts.items():
        if count > most:
            finding = kept[last[rule]]
            message = f"{finding.message} And {count - most} more such places."
            kept[last[rule]] = msgspec.structs.replace(finding, message=message)
    return tuple(kept)


__all__ = ["ALL", "MOST", "check"]
