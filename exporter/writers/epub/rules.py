"""Rules of the EPUB edition."""

from __future__ import annotations

from exporter.findings import Finding, Rule, Severity

CERTIFIED_WITH_GAPS = Rule(
    id="certified-with-gaps",
    severity=Severity.WARNING,
    sentence="A certified publication has no known gap (EPUB Accessibility 1.1, 4).",
    advice="Fix the named gap; until then the certificate is left out.",
    clause="EPUB Accessibility 1.1, 4.2",
)
TOO_LARGE = Rule(
    id="epub-too-large",
    severity=Severity.WARNING,
    sentence="An EPUB is small enough to send and to open on an old phone.",
    advice="Make images (pixels) or the recording (bitrate) smaller, leave it out (--epub-audio off), or raise the "
    "limit (megabytes).",
)
SIZE = Rule(
    id="epub-audio-size",
    severity=Severity.NOTE,
    sentence="An EPUB with a recording states the size of its sound.",
    advice="Leave the recording out with --epub-audio off, or make it smaller with a lower bitrate.",
)
SILENT = Rule(
    id="epub-without-audio",
    severity=Severity.WARNING,
    sentence="An EPUB is read aloud, synchronised with its text (European Accessibility Act, Annex I, IV (f) (i)).",
    advice="Install a voice for the language, or create the EPUB without a recording: --epub-audio off.",
)

MEGABYTE = 1_000_000


def report_size(size: int, length: int, bitrate: int) -> Finding:
    """Return the finding that states the size of the sound.

    Args:
        size: In bytes.
        length: In milliseconds.
        bitrate: In kbit/s.
    """
    minutes = round(length / 60_000)
    lasts = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{max(1, minutes)} min"
    message = f"The recording in the EPUB takes {size / MEGABYTE:.1f} MB at {bitrate} kbit/s and lasts {lasts}."
    return SIZE.finding(message, edition="epub")
