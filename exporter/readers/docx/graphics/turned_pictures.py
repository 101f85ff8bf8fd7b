"""Pictures that Word shows turned or mirrored (ISO/IEC 29500-1, 20.1.7.6 xfrm; VML: -4, 19.1.2.19)."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

from exporter.images import formats, raster
from exporter.images.probe_result import ImageRefusedError
from exporter.inspect.docx.xml import Element, name, number

_QUARTER = 90 * 60_000
"""A right angle in the unit of DrawingML."""
_VML_ROTATION = re.compile(r"(?:^|;)\s*rotation\s*:\s*(-?\d{1,9})(?:\.\d+)?(fd)?\s*(?:;|$)")
_VML_FLIP = re.compile(r"(?:^|;)\s*flip\s*:\s*([xy ]{1,3})\s*(?:;|$)")
_FD = 65_536
_ON = ("1", "true")


class Turn(NamedTuple):
    """Rotation and reflection of a picture."""

    quarters: int = 0
    """Right angles clockwise, after it is mirrored; of a picture that only stands askew, none."""
    is_mirrored: bool = False
    is_upside_down: bool = False
    """Whether it is mirrored top to bottom."""


UPRIGHT = Turn()


def turn_of(picture: Element) -> Turn:
    """Return how `pic:pic` is turned."""
    form = picture.find(f"{name('pic:spPr')}/{name('a:xfrm')}")
    if form is None:
        return UPRIGHT
    return Turn(round(number(form.get("rot")) / _QUARTER) % 4, form.get("flipH") in _ON, form.get("flipV") in _ON)


def vml_turn(shape: Element | None) -> Turn:
    """Return how a VML shape is turned."""
    style = (shape.get("style") or "") if shape is not None else ""
    angle, flip = _VML_ROTATION.search(style), _VML_FLIP.search(style)
    degrees = int(angle[1]) / (_FD if angle[2] else 1) if angle else 0
    return Turn(round(degrees / 90) % 4, bool(flip and "x" in flip[1]), bool(flip and "y" in flip[1]))


def turned(data: bytes, turn: Turn) -> bytes | None:
    """Return a picture as Word shows it, or None if it cannot be turned: a drawing, an animation, a damaged file.

    Word ignores the orientation in the EXIF data, which is therefore not kept.
    """
    kind = formats.media_type(data)
    try:
        if kind not in formats.RASTERS or raster.read(data, kind).frames > 1:
            return None
    except ImageRefusedError:
        return None
    from PIL import Image  # slow to import

    with Image.open(io.BytesIO(data), formats=[formats.RASTERS[kind]]) as image:
        upright: Image.Image = image
        for is_needed, step in (
            (turn.is_mirrored, Image.Transpose.FLIP_LEFT_RIGHT),
            (turn.is_upside_down, Image.Transpose.FLIP_TOP_BOTTOM),
            (turn.quarters == 1, Image.Transpose.ROTATE_270),
            (turn.quarters == 2, Image.Transpose.ROTATE_180),
            (turn.quarters == 3, Image.Transpose.ROTATE_90),
        ):
            upright = upright.transpose(step) if is_needed else upright
        out = io.BytesIO()
        upright.save(out, image.format, quality=95, exif=b"", icc_profile=image.info.get("icc_profile"))
    return out.getvalue()
