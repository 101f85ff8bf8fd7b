"""SVG files, rebuilt from the elements and attributes of static drawings before any edition contains them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from exporter.images import svg_complexity
from exporter.images.limits import MAX_SVG_ATTRIBUTES, MAX_SVG_BYTES, MAX_SVG_PARTS
from exporter.images.probe_result import ImageRefusedError
from exporter.images.rules import FORMAT, LIMIT, SIMPLIFY, UNREADABLE, UNSAFE
from exporter.images.svg_references import References
from exporter.images.svg_vocabulary import (
    ANIMATIONS,
    ATTRIBUTES,
    ELEMENTS,
    FORBIDDEN,
    NAMESPACE,
    NAMESPACED,
    XHTML,
    XLINK,
)
from exporter.xml_parser import xml_parser

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "utf-16"}
_DECLARED = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|q)?\s*", re.IGNORECASE)
_KEY_FRAMES = re.compile(r"@[-\w]*keyframes", re.IGNORECASE)
_UNITS = {"px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "q": 96 / 101.6}


class Drawing(NamedTuple):
    """An SVG file that can be used."""

    data: bytes
    """The drawing, rebuilt."""
    width: int
    height: int
    """In CSS px; 0, 0 if it has no size."""
    is_animated: bool
    """Whether animations were removed."""
    frames: int
    """Frames of an animated image inside."""


def read(data: bytes) -> Drawing:
    """Return a drawing, rebuilt.

    Raises:
        ImageRefusedError: The file is not SVG, too complex, or has scripts, entities or references outside of the file.
    """
    from lxml import etree  # slow to import

    _refuse_unread(data)
    parser = xml_parser(remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ImageRefusedError(UNREADABLE, f"is not well-formed XML ({error})") from error
    name = etree.QName(root)
    if name.localname != "svg" or name.namespace not in (NAMESPACE, None):
        raise ImageRefusedError(FORMAT, "is an XML file, but not SVG")
    if name.namespace is None:
        raise ImageRefusedError(UNREADABLE, f'has no xmlns="{NAMESPACE}" on its root element')
    for sibling in root.itersiblings(preceding=True):
        _refuse_instruction(sibling)
    builder = _Builder()
    rebuilt = builder.rebuild(root)
    svg_complexity.check(builder.elements)
    width, height = _size(rebuilt)
    data = etree.tostring(rebuilt, encoding="utf-8")
    return Drawing(data, width, height, builder.is_animated, builder.references.frames)


def _refuse_unread(data: bytes) -> None:
    """Refuse what must not be parsed.

    libxml2 replaces entities in attributes even with resolve_entities=False.
    """
    if len(data) > MAX_SVG_BYTES:
        raise ImageRefusedError(LIMIT, f"is an SVG file of {len(data) / 1e6:,.0f} MB", SIMPLIFY)
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    declared = _DECLARED.match(text.lstrip("\ufeff"))
    if declared and declared[1].lower() not in _ENCODINGS:
        raise ImageRefusedError(FORMAT, f"is encoded in {declared[1]}, not in UTF-8")
    if _ENTITY.search(text):
        raise ImageRefusedError(UNSAFE, "declares entities")
    # Half of all tags are end tags.
    if text.count("<") > 2 * MAX_SVG_PARTS:
        raise ImageRefusedError(LIMIT, f"has more than {MAX_SVG_PARTS:,} elements", SIMPLIFY)


def _refuse_instruction(node: _Element) -> None:
    if not isinstance(node.tag, str):
        raise ImageRefusedError(UNSAFE, "has a processing instruction, such as a link to a style sheet")


class _Builder:
    """Copies a drawing, element by element."""

    def __init__(self) -> None:
        self.is_animated = False
        self.elements: list[_Element] = []
        """All elements of the copy, the root first."""
        self.references = References()

    def rebuild(self, root: _Element) -> _Element:
        """Return a copy with only the allowed elements and attributes.

        Raises:
            ImageRefusedError: It has scripts, parts of a web page, or references outside of the file.
        """
        from lxml import etree

        copy = etree.Element(f"{{{NAMESPACE}}}svg", nsmap={None: NAMESPACE, "xlink": XLINK})  # type: ignore[dict-item]  # the stubs forget the default namespace
        self._fill(copy, root)
        waiting = [(copy, root)]
        while waiting:
            target, source = waiting.pop()
            for child in source:
                _refuse_instruction(child)
                namespace, _, name = str(child.tag).removeprefix("{").rpartition("}")
                _refuse_element(namespace, name)
                self.is_animated |= name in ANIMATIONS
                if namespace == NAMESPACE and name in ELEMENTS:
                    part = etree.SubElement(target, str(child.tag))
                    self._fill(part, child)
                    waiting.append((part, child))
                _append_text(target, child.tail)
        return copy

    def _fill(self, target: _Element, source: _Element) -> None:
        """Copy attributes and text."""
        self.elements.append(target)
        target.text = source.text
        if len(source.attrib) > MAX_SVG_ATTRIBUTES:
            raise ImageRefusedError(LIMIT, f"has an element with more than {MAX_SVG_ATTRIBUTES} attributes", SIMPLIFY)
        tag = str(source.tag).rpartition("}")[2]
        for attribute, text in source.attrib.items():
            name, value = str(attribute), str(text)
            key = name.rpartition("}")[2].lower()
            if key.startswith("on"):
                raise ImageRefusedError(UNSAFE, f"has a script (attribute “{key}”)")
            if key in ("href", "src"):
                self.references.check_target(value, is_link=tag == "a")
            else:
                self.references.check_css(value)
            if name in ATTRIBUTES or name in NAMESPACED or name.startswith("aria-"):
                target.set(name, value)
        if tag == "style" and source.text:
            self.references.check_css(source.text)
            if _KEY_FRAMES.search(source.text):
                self.is_animated = True
                target.text = _without_key_frames(source.text)


def _without_key_frames(sheet: str) -> str:
    """Return a style sheet without key frames, without which nothing in it moves (CSS Animations 1)."""
    import tinycss2  # slow to import

    return str(tinycss2.serialize(_drop_key_frames(tinycss2.parse_component_value_list(sheet))))


def _drop_key_frames(tokens: list[Any]) -> list[Any]:
    remaining = []
    is_inside = False
    for token in tokens:
        is_inside |= token.type == "at-keyword" and token.lower_value.endswith("keyframes")
        if token.type == "{} block":
            token.content = _drop_key_frames(token.content)
        if not is_inside:
            remaining.append(token)
        is_inside &= token.type != "{} block"
    return remaining


def _refuse_element(namespace: str, name: str) -> None:
    if name.lower() in FORBIDDEN or namespace == XHTML:
        raise ImageRefusedError(UNSAFE, f"has a <{name.lower()}> element")


def _append_text(target: _Element, text: str | None) -> None:
    """Append text after the last child."""
    if text and len(target):
        target[-1].tail = (target[-1].tail or "") + text
    elif text:
        target.text = (target.text or "") + text


def _size(root: _Element) -> tuple[int, int]:
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    if len(box) == 4:
        try:
            ratio = float(box[2]) / float(box[3])
            box_width, box_height = float(box[2]), float(box[3])
        except (ValueError, ZeroDivisionError):
            ratio = box_width = box_height = 0.0
        if math.isfinite(ratio) and ratio > 0:
            if width and not height:
                height = width / ratio
            elif height and not width:
                width = height * ratio
            elif not width:
                width, height = box_width, box_height
    if not all(math.isfinite(side) and 0.5 <= side <= 1e6 for side in (width, height)):
        return 0, 0
    return round(width), round(height)


def _length(value: str | None) -> float:
    match = _LENGTH.fullmatch((value or "")[:40])
    return float(match[1]) * _UNITS[(match[2] or "px").lower()] if match else 0.0
