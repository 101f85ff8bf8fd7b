"""How much a Word file may hold. Each limit is far above any real publication and far below what hurts."""

MAX_PICTURES = 200_000_000
"""Bytes of all pictures together."""
MAX_NESTED_TABLES = 16
"""Tables inside tables."""
MAX_NESTED_STORIES = 8
"""Text boxes inside text boxes, notes inside notes."""
MAX_NESTED_CONTAINERS = 60
"""Content controls, insertions and the like inside each other."""
MAX_TABLE_CELLS = 100_000
"""Of one table, gaps included."""
MAX_COLUMNS = 400
"""Of one table; Word allows 63."""
MAX_TEXT = 20_000_000
"""Characters of the whole text."""
MAX_NOTES = 50_000
MAX_PARAGRAPHS = 150_000
"""Cells and notes included; 150 pages have about 3,000."""
MAX_OPEN_BOOKMARKS = 50
"""Bookmarks that begin before others end; a further one is only a place."""
NODE_LENGTH = 60
"""Characters that a picture, a formula, a note or a line break counts for."""
