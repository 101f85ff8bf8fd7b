"""How large a book is, and how many bits a second of sound it can bear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from exporter.findings import Finding
from exporter.writers.epub.rules import TOO_LARGE
from exporter.writers.xhtml.files import File

MEGABYTE = 1_000_000
LOWER = (28, 24)
"""Thousands of bits a second to which the sound of a long book is brought, one after the other. It stays AAC, which
every reading app plays. Between these and the rates of audiobooks it sounds no better; below it is hard to follow."""


def lower(bitrate: int, size: int, room: int) -> int | None:
    """Return the rate at which sound has to be packed instead, in thousands of bits a second.

    Args:
        bitrate: At which it is packed now.
        size: Bytes that it takes now.
        room: Bytes that are left for it.

    Returns:
        The next lower one; None where it fits now, or where nothing lower is left.
    """
    return None if size <= room else next((rate for rate in LOWER if rate < bitrate), None)


def check(files: Iterable[File], whole: int, megabytes: int) -> tuple[Finding, ...]:
    """Return a finding when a book of `whole` bytes is larger than an EPUB should be, with what takes most of it."""
    if whole <= megabytes * MEGABYTE:
        return ()
    sizes: Counter[str] = Counter()
    for file in files:
        sizes[file.media_type.partition("/")[0]] += file.size
    kind, most = sizes.most_common(1)[0]
    what = {"audio": "the recording", "image": "pictures"}.get(kind, "text and typefaces")
    message = (
        f"The EPUB has {whole / MEGABYTE:.0f} MB, more than {megabytes}; {what} take{'s' * (kind == 'audio')} "
        f"{most / MEGABYTE:.0f} MB of it."
    )
    return (TOO_LARGE.finding(message, edition="epub"),)
