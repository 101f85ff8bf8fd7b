"""Limits of image files."""

MAX_BYTES = 100_000_000
"""Bytes of a file: an uncompressed photograph for print fits, a video does not."""

MAX_PIXELS = 80_000_000
"""Width times height: A3 at 600 dpi is 70 million.

Pillow warns above 89 million. Decoding such an image takes 320 MB.
"""

MAX_NODES = 200_000
"""Elements of an SVG file."""

MAX_FILES = 5_000
"""Files of a folder that are compared with the name of a missing one."""
