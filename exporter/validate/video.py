"""Rule for videos (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct
from pathlib import Path

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.mp4 import has_pictures

UNREADABLE = Rule(
    "video-unreadable",
    Severity.ERROR,
    "A video is a complete MP4 file with moving pictures.",
    "Save it as MP4 (H.264) again.",
    "ISO/IEC 14496-12",
)
RULES = (UNREADABLE,)


def check(path: Path) -> tuple[Finding, ...]:
    """Check a video."""
    try:
        with path.open("rb") as file:
            if has_pictures(file):
                return ()
    except (ValueError, struct.error) as error:
        return (UNREADABLE.finding(f"The video is damaged: {error}."),)
    return (UNREADABLE.finding("The video has no moving pictures."),)
