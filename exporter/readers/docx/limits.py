"""Limits of the content of a Word file, far above any real publication and far below what harms."""

MAX_PICTURES = 200_000_000
"""Bytes of all images together."""
MAX_TURNED_PIXELS = 120_000_000
"""Of all pictures that are turned: ten photographs of a telephone."""
MAX_NESTED_TABLES = 16
"""Levels of nested tables."""
MAX_NESTED_STORIES = 8
"""Levels of nested text boxes and notes."""
MAX_NESTED_CONTAINERS = 60
"""Nested content controls, insertions and the like."""
MAX_TABLE_CELLS = 100_000
"""Of one table, gaps included."""
MAX_COLUMNS = 400
"""Of one table; Word allows 63."""
MAX_CHART_ROWS = 2_000
"""Categories of a chart that is read as a table of its data."""
MAX_CHART_CELLS = 20_000
"""Of such a table, well below what a table may have."""
MAX_CHART_POINTS = 4_000
"""Points of a chart with a row for each, below the rows that a table may have."""
MAX_CHART_TEXT = 500
"""Characters of a title, a name or a category of a chart, each of which may be repeated for each point."""
MAX_TEXT = 20_000_000
"""Characters of the whole text."""
MAX_EMBEDDED = 500
"""Documents inside the file (altChunk)."""
MAX_EMBEDDED_DEPTH = 3
"""Levels of documents inside each other."""
MAX_NOTES = 50_000
MAX_PARAGRAPHS = 150_000
"""Cells and notes included; 150 pages have about 3,000."""
MAX_OPEN_BOOKMARKS = 50
"""Bookmarks that are open at the same time; of others, only the start is read."""
NODE_LENGTH = 60
"""Number of characters that an image, a formula, a note or a line break counts as."""
