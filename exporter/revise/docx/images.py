"""Alt texts in Word files (ISO/IEC 29500-1, 20.4.2.5; VML: -4, 19.1.2; decorative: [MS-ODRAWXML] 2.20)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.inspect.docx.xml import NAMESPACES
from exporter.revise.changes import AltText, DecorativeImage
from exporter.revise.elements import Element, PartEdits
from exporter.revise.refusal import RefusedError

_SHOWN = ("drawing", "pict", "object")
_URI = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_STRICT_DRAWING = "http://purl.oclc.org/ooxml/drawingml/main"
_ELSEWHERE = "Word: right-click the image, then View Alt Text."


def describe(edits: PartEdits, element: Element | None, change: AltText | DecorativeImage) -> None:
    """Set the alt text of a drawing, and of its copies for programs of different age, or mark it as decorative.

    Args:
        edits: Edits of the main part.
        element: The drawing with the number in the source of the change, or None if there is none.
        change: The alt text, or the mark as decorative.

    Raises:
        RefusedError: It is not in the main part, or cannot be marked.
    """
    if element is None or element.local not in _SHOWN:
        raise RefusedError("The image is in a note, a header or another file.", _ELSEWHERE)
    _describe(edits, element, change)
    for copy in _copies(element):
        _describe(edits, copy, change, is_copy=True)


def _describe(edits: PartEdits, element: Element, change: AltText | DecorativeImage, *, is_copy: bool = False) -> None:
    if element.local == "drawing":
        _describe_drawing(edits, element, change)
    elif isinstance(change, AltText) or is_copy:
        shape = _shape(element, change.index)
        if shape is not None:
            edits.set_attribute(shape, "alt", change.text if isinstance(change, AltText) else "")
        elif not is_copy:
            raise RefusedError("The object has no image.", _ELSEWHERE)
    else:
        raise RefusedError(
            "Word has no mark for decorative images in this old kind of drawing.",
            "Cut it in Word, insert it again as an image, and mark that as decorative.",
        )


def _describe_drawing(edits: PartEdits, drawing: Element, change: AltText | DecorativeImage) -> None:
    holder = drawing.child("inline", "anchor")
    properties = holder.child("docPr") if holder is not None else None
    if holder is None or properties is None:
        raise RefusedError("The drawing has no properties, which hold the alt text.", "Insert it again in Word.")
    if change.index:
        raise RefusedError(
            "The image is in a group, which has one alt text.", "Describe the group as a whole, at its first image."
        )
    flag = next((element for element in properties.walk() if element.local == "decorative"), None)
    if isinstance(change, AltText):
        edits.set_attribute(properties, "descr", change.text)
        if flag is not None:
            edits.set_attribute(flag, "val", "0")
        return
    for name in ("descr", "title"):
        if properties.attributes.get(name):
            edits.set_attribute(properties, name, "")
    if flag is not None:
        edits.set_attribute(flag, "val", "1")
        return
    is_strict = properties.name.namespace != NAMESPACES["wp"]
    namespace = _STRICT_DRAWING if is_strict else NAMESPACES["a"]
    extension = (
        f'<a:ext xmlns:a="{namespace}" uri="{_URI}">'
        f'<adec:decorative xmlns:adec="{NAMESPACES["adec"]}" val="1"/></a:ext>'
    )
    extensions = properties.child("extLst")
    if extensions is not None:
        edits.insert(extensions, extension)
    else:
        edits.insert(properties, f'<a:extLst xmlns:a="{namespace}">{extension}</a:extLst>')


def _shape(pict: Element, index: int) -> Element | None:
    """Return the VML shape of an image, or the first shape, which stands for a drawing without images."""
    images = [element for element in pict.walk(without=("txbxContent",)) if element.local == "imagedata"]
    if index < len(images):
        return images[index].parent
    is_vml = (element for element in pict.children if element.name.namespace == NAMESPACES["v"])
    return next((element for element in is_vml if element.local != "shapetype"), None)


def _copies(element: Element) -> Iterator[Element]:
    """Yield the same drawing in other branches of alternate content (ISO/IEC 29500-3, 9.3)."""
    branch = element
    for ancestor in element.ancestors():
        if ancestor.local == "AlternateContent" and element in (own := _drawings(branch)):
            for other in ancestor.children:
                drawings = _drawings(other)
                if other is not branch and len(drawings) == len(own):
                    yield drawings[own.index(element)]
        branch = ancestor


def _drawings(branch: Element) -> list[Element]:
    """Return the drawings of a branch; nested alternate content counts with its first branch."""
    drawings: list[Element] = []
    stack = list(reversed(branch.children))
    while stack:
        element = stack.pop()
        if element.local in _SHOWN and element.name.is_word:
            drawings.append(element)
        stack.extend(element.children[:1] if element.local == "AlternateContent" else reversed(element.children))
    return drawings
