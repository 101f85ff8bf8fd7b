"""Limits of pages, far above real pages and far below what exhausts memory or time."""

MAX_BYTES = 128_000_000
"""Bytes of the file, with its embedded images."""
MAX_TEXT = 16_000_000
"""Characters of the page without embedded images; the longest article of an encyclopaedia has about 2 million."""
MAX_TAGS = 1_000_000
"""Characters `<`."""
MAX_ELEMENTS = 400_000
MAX_ATTRIBUTE = 100_000
"""Characters of an attribute."""
MAX_DEPTH = 200
"""Nested elements; page builders reach 60."""
MAX_NESTING = 60
"""Nested blocks or inlines."""
MAX_REOPENED = 2_000_000
"""Formatting elements that a browser would reconstruct as they are never closed (HTML 13.2.4.3)."""
MAX_EMBEDDED = 500
"""Embedded images of a page."""
MAX_EMBEDDED_BYTES = 100_000_000
"""Bytes of all embedded images."""
MAX_JSON = 1_000_000
"""Characters of a block of JSON-LD."""
