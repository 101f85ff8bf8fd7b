"""How much a manuscript may hold. Each limit is far above any real publication and far below what hurts."""

MAX_BYTES = 2_000_000
"""Of the file; 150 pages have about 0.3 MB."""
MAX_LINES = 40_000
"""Of the file; 150 pages have about 2,500."""
MAX_PARAGRAPH = 100_000
"""Characters of one paragraph, heading or cell."""
MAX_NESTING = 40
"""Blocks inside blocks; a list and its item count as two."""
MAX_INLINE_NESTING = 40
"""Brackets, emphasis and the like inside each other."""
MAX_PICTURE_NESTING = 8
"""Pictures in the alt text of pictures, notes inside notes."""
MAX_FRONT_MATTER = 64_000
"""Characters of the front matter."""
MAX_FRONT_MATTER_NESTING = 8
"""Lists and maps inside each other in the front matter."""
MAX_TABLE_CELLS = 50_000
"""Of one table."""
