"""What the EPUB has to say about itself."""

from __future__ import annotations

from exporter.findings import Finding, Rule, Severity

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
SIZE = Rule(
    id="epub-audio-size",
    severity=Severity.NOTE,
    sentence="An EPUB with a recording says how much of it is sound.",
    advice="With --epub-audio off it is made without; a lower bitrate makes it smaller.",
)
SILENT = Rule(
    id="epub-without-audio",
    severity=Severity.WARNING,
    sentence="An EPUB is read aloud in step with its text (European Accessibility Act, Annex I, IV (f) (i)).",
    advice="Install a voice that speaks the language, or ask for an EPUB without a recording: --epub-audio off.",
)
_MEGABYTE = 1_000_000


def told(size: int, length: int, bitrate: int) -> Finding:
    """Return the note on the sound of a book.

    Args:
        size: Bytes.
        length: Milliseconds.
        bitrate: Thousands of bits a second.
    """
    minutes = round(length / 60_000)
    lasts = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{max(1, minutes)} min"
    message = f"The recording in the EPUB takes {size / _MEGABYTE:.1f} MB at {bitrate} kbit/s and lasts {lasts}."
    return SIZE.finding(message, edition="epub")
