"""Limits of manuscripts, far above real publications and far below what exhausts memory or time."""

MAX_BYTES = 12_000_000
"""Bytes of the file; 1,500 pages have about 4.6 MB."""
MAX_LINES = 100_000
"""Lines of the file; 1,500 pages have about 25,000."""
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
