"""Pictures that Word shows turned or mirrored (ISO/IEC 29500-1, 20.1.7.6 xfrm; VML: -4, 19.1.2.19)."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from exporter.images import formats, raster
from exporter.images.limits import MAX_EDITION_PIXELS
from exporter.images.probe_result import ImageRefusedError
from exporter.inspect.docx.xml import Element, name, number
from exporter.readers.docx.limits import MAX_TURNED_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Transpose

_DEGREE = 60_000
"""In the unit of DrawingML."""
_ASKEW = 5
"""Degrees beside a right angle from which a picture stands askew."""
_VML_ROTATION = re.compile(r"(?:^|;)\s*rotation\s*:\s*(-?\d{1,9})(?:\.\d+)?(fd)?\s*(?:;|$)")
_VML_FLIP = re.compile(r"(?:^|;)\s*flip\s*:\s*([xy ]{1,3})\s*(?:;|$)")
_FD = 65_536
_ON = ("1", "true")
_QUALITY = 95
"""Of formats that lose details."""
_EFFORT = {"image/avif": 8}
"""How many pixels cost as much as one, in formats that take long to write."""


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
    return Turn(_quarters(number(form.get("rot")) / _DEGREE), form.get("flipH") in _ON, form.get("flipV") in _ON)


def vml_turn(shape: Element | None) -> Turn:
    """Return how a VML shape is turned."""
    style = (shape.get("style") or "") if shape is not None else ""
    angle, flip = _VML_ROTATION.search(style), _VML_FLIP.search(style)
    degrees = int(angle[1]) / (_FD if angle[2] else 1) if angle else 0
    return Turn(_quarters(degrees), bool(flip and "x" in flip[1]), bool(flip and "y" in flip[1]))


def _quarters(degrees: float) -> int:
    quarters = round(degrees / 90)
    return quarters % 4 if abs(degrees - quarters * 90) < _ASKEW else 0


class PictureTurner:
    """Turns the pictures of a file, up to as many pixels as can be drawn in the time for reading."""

    def __init__(self) -> None:
        self._pixels = 0

    def turned(self, data: bytes, turn: Turn) -> bytes | None:
        """Return a picture as Word shows it, or None if it cannot be turned.

        It may be a drawing, an animation, damaged or too large. Word ignores the orientation in the EXIF data, which
        is therefore not kept.
        """
        kind = formats.media_type(data)
        if kind not in formats.RASTERS or self._pixels >= MAX_TURNED_PIXELS:
            return None
        try:
            properties = raster.read(data, kind)
        except ImageRefusedError:
            self._pixels += MAX_EDITION_PIXELS
            return None
        pixels = properties.width * properties.height
        effort = pixels * _EFFORT.get(kind, 1)
        if properties.frames > 1 or pixels > MAX_EDITION_PIXELS or self._pixels + effort > MAX_TURNED_PIXELS:
            self._pixels += min(pixels, MAX_EDITION_PIXELS)  # it was decoded
            return None
        self._pixels += effort
        return _redrawn(data, formats.RASTERS[kind], turn)


def _redrawn(data: bytes, form: str, turn: Turn) -> bytes | None:
    from PIL import Image  # slow to import

    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=[form]) as image:
            step = _step(turn)
            upright = image.copy() if step is None else image.transpose(step)
            image.close()  # frees its pixels, as leaving `with` does not
        options: dict[str, Any] = {"quality": _QUALITY} if form in ("JPEG", "WEBP", "AVIF") else {}
        if form == "WEBP" and b"VP8L" in data:
            options = {"lossless": True}
        upright.save(out, form, exif=b"", icc_profile=upright.info.get("icc_profile"), **options)
    except MemoryError:
        raise
    except Exception:  # encoders raise any exception on what they cannot write
        return None
    return out.getvalue()


def _step(turn: Turn) -> Transpose | None:
    """Return the one step that does the same as all of a turn; mirroring both ways is half a rotation."""
    from PIL.Image import Transpose

    rotated = (None, Transpose.ROTATE_270, Transpose.ROTATE_180, Transpose.ROTATE_90)
    mirrored = (Transpose.FLIP_LEFT_RIGHT, Transpose.TRANSVERSE, Transpose.FLIP_TOP_BOTTOM, Transpose.TRANSPOSE)
    steps = mirrored if turn.is_mirrored != turn.is_upside_down else rotated
    return steps[(turn.quarters + 2 * turn.is_upside_down) % 4]
