"""Files of pictures: what is known of one, and whether two may show the same (WCAG 1.1.1)."""

from __future__ import annotations

import hashlib
import io
from typing import NamedTuple

from exporter.model import Asset

Shape = tuple[int, int]
"""Width and height of a picture in pixels; (0, 0) if they are not known, as of an SVG, which has none."""

DISTORTED: Shape = (1, 1 << 20)
_STRETCHED = 1.1
"""Proportion of a picture, beside its own, from which it is distorted."""
_TOLERANCE = 1.03
"""Factor between the proportions of a picture and those of the same in another size."""


class PictureFile(NamedTuple):
    """Digest and shape of the file of a picture."""

    digest: str = ""
    """Empty if there is no such file."""
    shape: Shape = (0, 0)


def read(data: bytes) -> PictureFile:
    """Return digest and shape of a file by its bytes."""
    if not data:
        return PictureFile()
    from PIL import Image  # slow to import

    try:
        with Image.open(io.BytesIO(data)) as image:
            shape = image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        shape = (0, 0)
    return PictureFile(hashlib.sha256(data).hexdigest(), shape)


def of_asset(asset: Asset) -> PictureFile:
    """Return what is known of a picture of the tree, of which editions may have copies in other formats."""
    is_drawing = asset.media_type == "image/svg+xml"
    return PictureFile(asset.digest, (0, 0) if is_drawing else (asset.width, asset.height))


def is_same_shape(first: Shape, second: Shape) -> bool:
    """Return whether one picture may be the other in another size, of which width and height are rounded."""
    if not (all(first) and all(second)):
        return True
    (lowest, highest), (least, most) = map(_proportions, (first, second))
    return max(lowest, least) <= min(highest, most) * _TOLERANCE


def as_shown(shape: Shape, width: str, height: str, smallest: int) -> Shape:
    """Return the shape of a file, or one that no picture has if it is shown stretched, or too small to be seen.

    Args:
        shape: That of the file.
        width: As the edition states it; empty if it does not.
        height: The same.
        smallest: Sides that may be rounded, in the units of the edition.
    """
    if not (width.isdecimal() and height.isdecimal() and all(shape)):
        return shape
    shown = int(width), int(height)
    proportion = shown[0] * shape[1] / (max(shown[1], 1) * shape[0])
    is_like = min(shown) < smallest or 1 / _STRETCHED <= proportion <= _STRETCHED
    is_seen = max(shown) >= smallest or max(shape) < smallest
    return shape if is_like and is_seen else DISTORTED


def _proportions(shape: Shape) -> tuple[float, float]:
    """Return the least and the greatest width by height of a picture before its sides were rounded."""
    width, height = shape
    return (width - 1) / (height + 1), (width + 1) / max(height - 1, 0.01)
