"""How large a picture may be."""

MAX_BYTES = 100_000_000
"""Bytes of one file: a printer's photograph without compression fits, a film does not."""

MAX_PIXELS = 80_000_000
"""Width times height: A3 at 600 dots per inch is 70 million.

Below Pillow's own warning at 89 million, so that no writer meets it. Whoever decodes such a picture needs 320 MB.
"""

MAX_NODES = 200_000
"""Elements of an SVG drawing."""

MAX_FILES = 5_000
"""Files of a folder that are looked at for names like a missing one."""
