"""Limits on the size of a book and the bit rates for a recording that must fit into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from exporter.findings import Finding
from exporter.writers.epub.rules import MEGABYTE, TOO_LARGE
from exporter.writers.xhtml.files import File

LOWER = (28, 24)
"""Bit rates in kbit/s that are tried in turn for the sound of a long book. It stays AAC, which every reading app plays;
rates between these and those of audiobooks sound no better, lower ones are hard to follow."""


def lower(bitrate: int, size: int, available: int) -> int | None:
    """Return the next lower bit rate in kbit/s, or None if the sound fits or there is no lower rate.

    Args:
        bitrate: Current bit rate in kbit/s.
        size: Current size of the sound in bytes.
        available: Bytes that are available for it.
    """
    return None if size <= available else next((rate for rate in LOWER if rate < bitrate), None)


def check(files: Iterable[File], size: int, megabytes: int) -> tuple[Finding, ...]:
    """Return a finding if a book of `size` bytes is above the limit, with what takes most of it."""
    if size <= megabytes * MEGABYTE:
        return ()
    sizes: Counter[str] = Counter()
    for file in files:
        sizes[file.media_type.partition("/")[0]] += file.size
    kind, most = sizes.most_common(1)[0]
    what = {"audio": "the recording takes", "image": "images take"}.get(kind, "text and fonts take")
    message = f"EPUB too large: {size / MEGABYTE:.0f} MB, limit {megabytes} MB; {what} {most / MEGABYTE:.0f} MB."
    return (TOO_LARGE.finding(message, edition="epub"),)
