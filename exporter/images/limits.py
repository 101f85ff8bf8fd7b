"""Limits of image files."""

MAX_BYTES = 100_000_000
"""Bytes of a file: an uncompressed photograph for print fits, a video does not."""

MAX_PIXELS = 80_000_000
"""Width times height: A3 at 600 dpi is 70 million.

Pillow warns above 89 million. Decoding such an image takes 320 MB.
"""
MAX_WEBP_PIXELS = 40_000_000
"""Of a WebP, whose decoder keeps each pixel four times: 640 MB."""

MAX_SCANS = 100
"""Scans of a JPEG; graphics programs write one or about ten."""
MAX_EXIF = 100
"""Segments of EXIF data of a JPEG, each up to 64 KB; cameras write one, and Pillow copies all before for each."""

MAX_EDITION_PIXELS = 25_000_000
"""Width times height in editions: A3 at 400 dpi is 31 million, and A4 at 300 dpi 9 million."""

MAX_SVG_BYTES = 30_000_000
"""Bytes of an SVG file; a detailed map has 5 million."""

MAX_SVG_PARTS = 60_000
"""Parts of an SVG file as it is drawn: its elements, as often as they are repeated, with text and points of paths."""
LETTERS_PER_PART = 10
"""Letters that cost as much as an element."""
POINTS_PER_PART = 30
"""Numbers in the path of an element that cost as much as another element."""
MAX_ARC_NUMBERS = 70_000
"""Numbers of the arcs of a path, of which each has seven: resvg 0.5.0 crashes of 20,000 arcs of no length."""
PARTS_PER_EFFECT = 20
"""Elements that cost as much as an effect of a filter, such as an offset, for each element that has it."""
PARTS_OF_SLOW_EFFECTS = {
    "feGaussianBlur": 60,
    "feDropShadow": 60,
    "feDiffuseLighting": 100,
    "feSpecularLighting": 100,
    "feDisplacementMap": 100,
    "feTurbulence": 100,
    "feConvolveMatrix": 200,
    "feMorphology": 200,
}
"""The same for effects that take longer, measured with resvg on a region as large as a page."""
SMALLEST_REGION, TIMES_OF_A_PAGE = 0.2, 40
"""By how much the parts of a filter count on the smallest region, and on one as large as the drawing.

With resvg at 2,000 px a blur takes 0.4 ms of 2 px, 1.6 ms of 20 px, and 1 s of the drawing;
ten curves as wide as it with a shadow take 17 s.
"""

MAX_SVG_ATTRIBUTES = 200
"""Attributes of an element of an SVG file."""

MAX_SVG_PIXELS = 40_000_000
"""Width times height of all images embedded in an SVG file."""

MAX_FILES = 5_000
"""Files of a folder that are compared with the name of a missing one."""
