"""Limits of manuscripts, far above real publications and far below what exhausts memory or time.

Those of the whole file are ten times the largest honest publication known (1,500 pages). What takes time is not its
bytes but its lines and marks: a megabyte of plain text is read in 0.1 s, one of nothing but emphasis in over 10 s. So a
file may have more of them the larger it is, some times as many for each byte as that publication, and a small one as
many as are read in some seconds.
"""

MAX_BYTES = 48_000_000
"""Bytes of the file; 1,500 pages have 4.6 MB."""
_LINES = 100_000
_BYTES_PER_LINE = 40
"""1,500 pages have a line for each 230 bytes."""
_MARKS = 100_000
_BYTES_PER_MARK = 20
"""1,500 pages have a mark for each 130 bytes."""
MARKS = b"*_[]<`$~^&\\|"
"""Characters that may begin or end emphasis, links, notes, code, formulas, tags, references and cells."""
MAX_COPIED = 10_000_000
"""Characters of the addresses of links and of the long forms of abbreviations, which are defined once and used often;
3,000 notes with an address of 200 characters have 0.6 million."""
MAX_PARAGRAPH = 100_000
"""Characters of a paragraph, heading or cell."""
MAX_NESTING = 40
"""Nested blocks; a list and its item count as two."""
MAX_INLINE_NESTING = 40
"""Nested brackets, emphasis and other inlines."""
MAX_IMAGE_NESTING = 8
"""Nested images in alt texts, or nested notes."""
MAX_FRONT_MATTER = 64_000
"""Characters of the front matter."""
MAX_FRONT_MATTER_NESTING = 8
"""Nested lists and maps in the front matter."""
MAX_TABLE_CELLS = 50_000
"""Cells of a table."""


def most_lines(size: int) -> int:
    """Return how many lines a file of so many bytes may have."""
    return _LINES + size // _BYTES_PER_LINE


def most_marks(size: int) -> int:
    """Return how many characters of `MARKS` a file of so many bytes may have."""
    return _MARKS + size // _BYTES_PER_MARK
