"""What the EPUB has to say about itself."""

from __future__ import annotations

from exporter.findings import Rule, Severity

CERTIFIED_WITH_GAPS = Rule(
    id="certified-with-gaps",
    severity=Severity.WARNING,
    sentence="A publication that somebody certifies has no known gap (EPUB Accessibility 1.1, 4).",
    advice="Mend what is named; until then the certificate is left out.",
    clause="EPUB Accessibility 1.1, 4.2",
)
TOO_LARGE = Rule(
    id="epub-too-large",
    severity=Severity.WARNING,
    sentence="An EPUB is small enough to be sent and to be opened on an old telephone.",
    advice="Make pictures smaller (pixels) or the recording (bitrate), leave it out (--epub-audio off), or allow more "
    "(megabytes).",
)
