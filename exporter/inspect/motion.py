"""Motion in images: animated pictures, SMIL and CSS animations in SVG (WCAG 2.2.2, 2.3.1)."""

from __future__ import annotations

import io
import re
from typing import BinaryIO

_SVG_MOTION = re.compile(
    rb"<(?:[\w-]+:)?(?:animate|animateMotion|animateTransform|animateColor|set|discard)[\s/>]"
    rb"|@(?:-\w+-)?keyframes\b|(?:^|[\s;{\"'])(?:-\w+-)?animation(?:-name)?\s*:|<(?:[\w-]+:)?(?:video|foreignObject)[\s/>]"
)
_START = 1 << 12
_MOST = 64_000_000


def is_moving(file: BinaryIO) -> bool:
    """Return whether an image is animated; a file that cannot be read is not."""
    start = file.read(_START)
    if b"<svg" in start or b"<?xml" in start:
        return _SVG_MOTION.search(start + file.read(_MOST)) is not None
    from PIL import Image

    file.seek(0)
    try:
        with Image.open(file) as image:
            return bool(getattr(image, "is_animated", False))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def moves(data: bytes) -> bool:
    """Return whether the image of some bytes is animated."""
    return is_moving(io.BytesIO(data))
