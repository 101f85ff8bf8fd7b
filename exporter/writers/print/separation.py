"""Colours of type, rules and fields as inks: black is one ink, everything else as the profile of the press has it.

Ghostscript would make black text of four inks, which no press aligns exactly. So the colours of the page streams are
put into inks before it sees them; pictures are left to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any

from exporter.writers.print.conditions import Condition
from exporter.writers.print.profile import transform

NEUTRAL = 36
"""Spread of red, green and blue (0-255) up to which a colour is a tint of black: grey type in four inks shimmers."""
SOLID = 0.16
"""Lightness (0-1) below which a grey is printed solid, so that small type has no screen."""
_OPERATOR = re.compile(rb"(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (rg|RG)")

Inks = Callable[[int, int, int], tuple[float, float, float, float]]
"""From red, green and blue (0-255) to cyan, magenta, yellow and black (0-1)."""


def separate(pdf: Any, condition: Condition) -> None:
    """Convert the colours of every page, drawing and transparency group to inks.

    Args:
        pdf: The `pydyf.PDF`, drawn and not yet written.
        condition: A printing condition that is ready.
    """
    import pydyf

    inks = by_profile(condition)

    def operator(match: re.Match[bytes]) -> bytes:
        red, green, blue = (min(255, max(0, round(float(value) * 255))) for value in match.groups()[:3])
        if max(red, green, blue) - min(red, green, blue) <= NEUTRAL:
            # DeviceGray is the black ink alone (ISO 32000-1, 10.3.3).
            light = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
            return b"%.4g %s" % (0 if light < SOLID else light, b"g" if match[4] == b"rg" else b"G")
        values = b" ".join(b"%.4g" % value for value in inks(red, green, blue))
        return values + (b" k" if match[4] == b"rg" else b" K")

    masks = {_bytes(mask) for thing in pdf.objects for mask in _masks(thing)}
    for thing in pdf.objects:
        group = thing.extra.get("Group") if isinstance(thing, pydyf.Stream) else None
        if group is not None:
            # It keeps its space when its colours get another. How light a mask is, four inks do not say exactly.
            group["CS"] = "/DeviceGray" if thing.reference in masks else "/DeviceCMYK"
        if isinstance(thing, pydyf.Stream) and all(isinstance(part, bytes | str) for part in thing.stream):
            thing.stream = [
                _OPERATOR.sub(operator, _bytes(part)) if _is_colour(part) else part for part in thing.stream
            ]


def _masks(thing: Any) -> Iterator[Any]:
    """Yield references to what masks something among the resources of a page or group (ISO 32000-1, 11.6.5.2)."""
    own = getattr(thing, "extra", thing)
    resources = own.get("Resources", own) if isinstance(own, dict) else None
    states = resources.get("ExtGState") if isinstance(resources, dict) else None
    for state in states.values() if isinstance(states, dict) else ():
        if isinstance(state, dict) and isinstance(state.get("SMask"), dict):
            yield getattr(state["SMask"]["G"], "reference", state["SMask"]["G"])


def _is_colour(part: bytes | str) -> bool:
    return len(part) < 60 and _bytes(part)[-2:] in {b"rg", b"RG"}


def _bytes(part: bytes | str) -> bytes:
    return part if isinstance(part, bytes) else part.encode()


def by_profile(condition: Condition) -> Inks:
    """Return the conversion from sRGB to the inks of a condition, within its limit of ink."""
    from PIL import Image, ImageCms

    converted = transform(ImageCms.getOpenProfile(BytesIO(condition.icc())))

    @cache
    def inks(red: int, green: int, blue: int) -> tuple[float, float, float, float]:
        dot = ImageCms.applyTransform(Image.new("RGB", (1, 1), (red, green, blue)), converted)
        assert dot is not None
        cyan, magenta, yellow, black = (value / 255 for value in dot.tobytes())
        coloured = cyan + magenta + yellow
        # Black holds the drawing: the colours give way.
        share = min(1.0, max(0.0, condition.most / 100 - black) / coloured) if coloured else 1.0
        return cyan * share, magenta * share, yellow * share, black

    return inks
