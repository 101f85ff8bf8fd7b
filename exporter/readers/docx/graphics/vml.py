"""Drawings in VML, of older files and programs, and embedded objects (ISO/IEC 29500-4, 19)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from exporter.inspect.docx.xml import NAMESPACES, Element, name
from exporter.model import Alt, Undescribed
from exporter.readers.docx.graphics.drawings import Drawings, DrawnItem
from exporter.readers.docx.graphics.group_alts import GroupAlt, report_shape
from exporter.readers.docx.graphics.picture_geometry import Crop, is_vml_tick_box, vml_crop, vml_width
from exporter.readers.docx.graphics.tick_boxes import sign_in
from exporter.readers.docx.graphics.turned_pictures import UPRIGHT, vml_turn

_BOX, _IMAGE, _FILL, _GROUP = name("txbxContent"), name("v:imagedata"), name("v:fill"), name("v:group")
_TEXT_BOX = name("v:textbox")
_EQUATIONS = ("Equation", "MathType", "DSMT")
_SHAPE = f"{{{NAMESPACES['v']}}}"


def read(drawings: Drawings, pict: Element, part: str) -> Iterator[DrawnItem]:
    """Yield the content of `w:pict` or `w:object` in order.

    Args:
        drawings: The reader of drawings.
        pict: The element.
        part: The part that contains it, whose relationships name its images.
    """
    context = drawings.context
    shapes = list(filter(_is_shape, pict))
    signs = [_tick_box(drawings, shape) for shape in shapes]
    if signs and all(signs):
        for shape, sign in zip(shapes, signs, strict=True):
            yield from drawings.tick_box(sign, floats=_floats(shape))
        return
    top = next((element for element in pict if element.tag == _GROUP), None)
    group = GroupAlt(context, _alt(drawings, top))
    elements: list[Element] = []
    for element in _elements(pict):
        items: list[DrawnItem] = []
        if element.tag == _BOX:
            items = [DrawnItem(box=element)]
            text_box = next(element.iterancestors(_TEXT_BOX), None)
            own = _alt(drawings, text_box.getparent() if text_box is not None else None)
            GroupAlt(context, own).report([element])
        elif element.tag == _IMAGE or (element.tag == _FILL and element.get("type") == "frame"):
            items = _images(drawings, element, part, group)
        elif element.tag == name("v:textpath"):
            items = [DrawnItem(words=element.get("string") or "")]
        elif element.get(name("o:hr")) in ("t", "true", "1"):
            items = [DrawnItem(rule=True)]
        if items:
            elements.append(element)
            yield from items
    group.report(elements)
    program = next((ole.get("ProgID") or "" for ole in pict.iter(name("o:OLEObject"))), "")
    if program.startswith(_EQUATIONS):
        context.report_unsupported(
            "A formula is an object of an old equation editor; only its image was read.",
            "Write it again with Insert, Equation.",
        )
    elif pict.tag == name("object"):
        context.report_unsupported(
            f"An embedded object{f' ({program})' if program else ''} was ignored; its image, if any, was read.",
            "Put its content into the text, as text, a table or an image.",
        )
    elif not elements:
        for shape in shapes:
            report_shape(context, group.alt if shape is top else _alt(drawings, shape))


def _alt(drawings: Drawings, shape: Element | None) -> Alt:
    return drawings.described((shape.get("alt") or "") if shape is not None else "")


def _images(drawings: Drawings, element: Element, part: str, group: GroupAlt) -> list[DrawnItem]:
    """Return a picture, or the picture with which a shape is filled."""
    identifier = element.get(name("r:id")) or element.get(name("r:pict")) or element.get(name("r:href"))
    shape = element.getparent()
    turn = vml_turn(shape) if element.tag == _IMAGE else UPRIGHT
    image = drawings.image(identifier, part, group.of(_alt(drawings, shape)), turn=turn) if identifier else None
    if image is None or shape is None:
        return []
    crop = vml_crop(element) if element.tag == _IMAGE else Crop(0, 0, 0, 0)
    drawings.check_crop(crop)
    # In a group, lengths are in units of its own.
    is_in_group = next(shape.iterancestors(_GROUP), None) is not None
    width = None if is_in_group else vml_width(shape, crop, on_side=turn.quarters % 2 == 1)
    return [DrawnItem(image=msgspec.structs.replace(image, width=width), floats=_floats(shape))]


def _floats(shape: Element) -> bool:
    return "position:absolute" in (shape.get("style") or "")


def _tick_box(drawings: Drawings, shape: Element) -> str:
    """Return the sign of a box to tick, which has no picture, alt text and any other meaning; nothing for others."""
    if next(shape.iter(_IMAGE, name("v:textpath")), None) is not None or shape.get(name("o:hr")) in ("t", "true", "1"):
        return ""
    is_box = is_vml_tick_box(shape) and isinstance(_alt(drawings, shape), Undescribed)
    return sign_in(list(shape.iter(_BOX)), floats=_floats(shape)) if is_box else ""


def _is_shape(element: Element) -> bool:
    is_shape = str(element.tag).startswith(_SHAPE) and element.tag != name("v:shapetype")
    return is_shape and "visibility:hidden" not in (element.get("style") or "")


def _elements(pict: Element) -> Iterator[Element]:
    """Yield what is in a drawing, without what is in text boxes."""
    stack = list(reversed(pict))
    while stack:
        element = stack.pop()
        yield element
        if element.tag != _BOX:
            stack.extend(reversed(element))
