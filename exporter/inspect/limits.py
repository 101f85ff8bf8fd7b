"""The limits of what is read of an opened file, be it a manuscript or an edition.

They are far above any publication, and far below what harms.

Sizes are in bytes after decompression. A compressed file of a few kilobytes can stand for terabytes.
"""

from __future__ import annotations

MAX_MEMBERS = 20_000
"""Files in an archive."""
MAX_ARCHIVE = 4_000_000_000
"""All files of an archive: more than a week of sound."""
MAX_TEXT = 64_000_000
"""One text of an archive; a book of 1,000 pages has about 20 million."""
MAX_PAGE = 256_000_000
"""An HTML page, with its images."""
MAX_READ = 512_000_000
"""All texts read from one archive."""
MAX_SOUND_RATIO = 10
"""Compression of a sound by ZIP, even of silence, where it is longer than a text may be."""
MAX_STREAM = 64_000_000
"""One stream of a PDF; a page with a map has 10 million, a font of all Chinese characters 25 million."""

MAX_OPERATORS = 2_000_000
"""Operators of the content of a page in a file of others; a page with a map has about a million."""

MAX_MARKS = 200_000
"""Marks of the content of a page (`BDC`, `BMC`); a long table has thousands."""
MAX_OPEN_MARKS = 1_000
"""Marks inside each other; each text is looked up in all of them."""


class LimitError(ValueError):
    """A file exceeds a limit; the message is a sentence."""
