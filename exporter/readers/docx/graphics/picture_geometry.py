"""Displayed width and crop of pictures (ISO/IEC 29500-1, 20.1.8.55 srcRect, 20.4.2.7 extent; VML: -4, 19.1.2.11)."""

from __future__ import annotations

import re

from exporter.inspect.docx.xml import Element, name, number

_EMU_PER_MM = 36_000
_LEAST = 0.5
"""Millimetres below which a size is an error."""
_ROUNDING = 0.005
"""Part of a side that programs cut off by rounding: LibreOffice writes a few thousandths."""
_FRACTION = 65_536
_WIDTH, _HEIGHT = (
    re.compile(rf"(?:^|;)\s*{side}\s*:\s*([\d.]{{1,9}})\s*(pt|in|cm|mm|px)?\s*(?:;|$)") for side in ("width", "height")
)
_MM = {"pt": 25.4 / 72, "in": 25.4, "cm": 10, "mm": 1, "px": 25.4 / 96, None: 25.4 / 96}
_OWN = re.compile(r"Picture \d+, ([\d.]{1,9}) mm")

_TICK_BOX_SIDES = range(2 * _EMU_PER_MM, 12 * _EMU_PER_MM)
_RECTANGLES = frozenset({"rect", "roundRect", "flowChartProcess", "bevel", "frame"})
_FILLS = tuple(map(name, ("a:solidFill", "a:gradFill", "a:pattFill", "a:blipFill", "a:grpFill", "a:noFill")))
_VML_RECTANGLES = frozenset(map(name, ("v:rect", "v:roundrect")))
_VML_WHITE = frozenset({"white", "window", "#fff", "#ffffff"})
_WHITE = frozenset({"ffffff", "white", "window", "bg1", "lt1"})


class Crop:
    """The parts of a picture that are cut off at its sides, from 0 to 1; negative ones are margins."""

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        self.is_cropped = max(left, top, right, bottom) >= _ROUNDING
        self.visible_width = 1 - left - right
        self.visible_height = 1 - top - bottom


def crop_of(picture: Element) -> Crop:
    """Return the crop of `pic:pic`."""
    crop = picture.find(f"{name('pic:blipFill')}/{name('a:srcRect')}")
    return Crop(*((_percentage(crop.get(side)) if crop is not None else 0) for side in "ltrb"))


def _percentage(text: str | None) -> float:
    """Return a percentage, written with its sign or in thousandths, as a fraction (22.9.2.9)."""
    if text and text.endswith("%"):
        return number(text[:-1].partition(".")[0]) / 100
    return number(text) / 100_000


def vml_crop(image: Element) -> Crop:
    """Return the crop of `v:imagedata`."""
    return Crop(*(_vml_fraction(image.get(f"crop{side}")) for side in ("left", "top", "right", "bottom")))


def _vml_fraction(text: str | None) -> float:
    """Return a fraction, written as a decimal or with `f` in parts of 65,536."""
    try:
        return float(text[:-1]) / _FRACTION if text and text.endswith("f") else float(text or 0)
    except (ValueError, OverflowError):
        return 0


def width_of(holder: Element, picture: Element, crop: Crop, *, on_side: bool = False) -> float | None:
    """Return the width in millimetres of a whole picture in a drawing, or None.

    Args:
        holder: `wp:inline` or `wp:anchor`.
        picture: `pic:pic` in it, or a shape that is filled with the picture.
        crop: Its crop; the width is that of the picture without it.
        on_side: Whether it is turned by a right angle, so that its height becomes its width.
    """
    side = "cy" if on_side else "cx"
    width = number(next((extent.get(side) for extent in holder.iterchildren(name("wp:extent"))), None))
    parent = picture.getparent()
    if parent is not None and parent.tag != name("a:graphicData"):
        # In a group, the size is in units of its own, which the group scales.
        own = _extent(picture, "pic:spPr", "a:ext", side) or _extent(picture, "wps:spPr", "a:ext", side)
        inside = next((_extent(group, "wpg:grpSpPr", "a:chExt", side) for group in holder.iter(name("wpg:wgp"))), 0)
        width = round(own * width / inside) if own and inside else 0
    return _millimetres(width / _EMU_PER_MM, crop.visible_height if on_side else crop.visible_width)


def _extent(element: Element, properties: str, tag: str, side: str) -> int:
    extent = element.find(f"{name(properties)}/{name('a:xfrm')}/{name(tag)}")
    return number(extent.get(side)) if extent is not None else 0


def vml_width(shape: Element | None, crop: Crop, *, on_side: bool = False) -> float | None:
    """Return the width in millimetres of a whole picture in a VML shape, or None."""
    length = _vml_length(shape, _HEIGHT if on_side else _WIDTH) if shape is not None else 0
    visible = crop.visible_height if on_side else crop.visible_width
    return _millimetres(length, visible) if length else None


def _vml_length(shape: Element, side: re.Pattern[str]) -> float:
    """Return the millimetres of a side of a VML shape; 0 if it has none."""
    size = side.search(shape.get("style") or "")
    try:
        return float(size[1]) * _MM[size[2]] if size else 0
    except ValueError:
        return 0


def own_width(drawing_name: str) -> float | None:
    """Return the width that the Word edition states in the name of a drawing, or None."""
    own = _OWN.fullmatch(drawing_name)
    try:
        return float(own[1]) or None if own else None
    except ValueError:
        return None


def _millimetres(width: float, visible: float) -> float | None:
    whole = width / visible if visible > _ROUNDING else width
    return round(whole, 1) if whole >= _LEAST else None


def is_tick_box(drawing: Element) -> bool:
    """Return whether a drawing is a small, unfilled rectangle, as forms have them to be ticked (20.1.9.18)."""
    extent = drawing.find(name("wp:extent"))
    shapes = list(drawing.iter(name("a:prstGeom")))
    if extent is None or len(shapes) != 1 or shapes[0].get("prst") not in _RECTANGLES or _is_filled(shapes[0]):
        return False
    sides = [number(extent.get(side)) for side in ("cx", "cy")]
    return _are_of_tick_box(sides)


def is_vml_tick_box(shape: Element) -> bool:
    """Return whether a shape in VML is such a rectangle; a fill without a colour is white (19.1.2.5)."""
    if shape.tag not in _VML_RECTANGLES or shape.find(name("v:fill")) is not None:
        return False
    is_filled = shape.get("filled", "t") not in ("f", "false")
    if is_filled and shape.get("fillcolor", "white").partition(" ")[0].lower() not in _VML_WHITE:
        return False
    sides = [round(_vml_length(shape, side) * _EMU_PER_MM) for side in (_WIDTH, _HEIGHT)]
    return _are_of_tick_box(sides)


def _are_of_tick_box(sides: list[int]) -> bool:
    return all(side in _TICK_BOX_SIDES for side in sides) and max(sides) < 2 * min(sides)


def _is_filled(geometry: Element) -> bool:
    """Return whether a shape has a fill that is not white: its own, or else that of its style (20.1.4.2.10 fillRef)."""
    properties = geometry.getparent()
    assert properties is not None
    fill = next((child for child in properties if child.tag in _FILLS), None)
    if fill is None:
        shape = properties.getparent()
        fill = shape.find(f"{name('wps:style')}/{name('a:fillRef')}") if shape is not None else None
        if fill is None or fill.get("idx") in ("0", "1000"):
            return False
    if fill.tag == name("a:noFill"):
        return False
    colours = [element for element in fill.iterdescendants() if element.tag != name("a:alpha")]
    return len(colours) != 1 or (colours[0].get("val") or "").lower() not in _WHITE
