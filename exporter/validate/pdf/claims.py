"""Conformance claims of a PDF, compared with the file (ISO 14289-1, 5; ISO 19005-2, 6.7.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import PdfFile

CLAIM = Rule(
    "pdf-claim",
    Severity.ERROR,
    "A PDF conforms to the standards that it claims.",
    "Fix the findings, or remove the claim from the metadata.",
    "ISO 14289-1, 5; ISO 19005-2, 6.7.11",
)
RULES = (CLAIM,)
UA_PART = re.compile(r"pdfuaid:part(?:>|\s*=\s*[\"'])\s*(\d)")
"""The part of ISO 14289 that XMP metadata claim."""
_ARCHIVE = re.compile(r"pdfaid:part(?:>|\s*=\s*[\"'])\s*(\d)")


def check(file: PdfFile, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield claims that are not kept, after everything else was found."""
    part, archive = UA_PART.search(file.xmp), _ARCHIVE.search(file.xmp)
    if part:
        name = f"PDF/UA-{part[1]}"
        if (part[1] == "2") != (file.version >= "2.0"):
            yield CLAIM.finding(f"The file claims {name} but is PDF {file.version}.")
        broken = sorted({f.rule for f in findings if f.severity is Severity.ERROR and "ISO 14289" in f.clause})
        if broken:
            yield CLAIM.finding(f"The file claims {name} but does not conform: {', '.join(broken)}.")
    if archive:
        name = f"PDF/A-{archive[1]}"
        if (archive[1] == "4") != (file.version >= "2.0"):
            yield CLAIM.finding(f"The file claims {name} but is PDF {file.version}.")
        if "/OutputIntents" not in file.catalog:
            yield CLAIM.finding(f"The file claims {name} but has no output intent (OutputIntents).")
        if file.pdf.is_encrypted:
            yield CLAIM.finding(f"The file claims {name} but is protected.")
