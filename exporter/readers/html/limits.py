"""How much a page may hold. Each limit is far above any real page and far below what hurts."""

MAX_BYTES = 128_000_000
"""Of the file, pictures inside it included."""
MAX_TEXT = 16_000_000
"""Characters of the page without pictures inside it; the longest article of an encyclopaedia has about 2 million."""
MAX_TAGS = 1_000_000
"""Signs that begin a tag."""
MAX_ELEMENTS = 400_000
MAX_ATTRIBUTE = 100_000
"""Characters of one attribute."""
MAX_DEPTH = 200
"""Elements inside each other; page builders come to 60."""
MAX_NESTING = 60
"""Blocks, or marked words, inside each other."""
MAX_REOPENED = 2_000_000
"""Elements that a browser would make anew because emphasis is never closed."""
MAX_EMBEDDED = 500
"""Pictures inside one page."""
MAX_EMBEDDED_BYTES = 100_000_000
"""Bytes of all of them."""
MAX_JSON = 1_000_000
"""Characters of one block of JSON-LD."""
