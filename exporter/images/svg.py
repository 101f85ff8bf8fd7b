"""SVG files: size and safety."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from exporter.images.limits import MAX_NODES
from exporter.images.probe_result import ImageRefusedError
from exporter.images.rules import FORMAT, LIMIT, UNREADABLE, UNSAFE

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACE = "http://www.w3.org/2000/svg"
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "utf-16"}
_DECLARED = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_FORBIDDEN = {"script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "audio", "video"}
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|gif|webp)[;,]", re.IGNORECASE)
_CSS_TARGET = re.compile(r"url\(\s*[\"']?\s*([^\"')\s]*)|@import\s+[\"']?([^\"';\s]*)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|q)?\s*", re.IGNORECASE)
_UNITS = {"px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "q": 96 / 101.6}


def size(data: bytes) -> tuple[int, int]:
    """Return width and height of an SVG file in CSS px, or 0, 0 if it has none.

    Raises:
        ImageRefusedError: The file is not SVG, or has scripts, entities or references outside of the file.
    """
    from lxml import etree  # slow to import

    _refuse_entities(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ImageRefusedError(UNREADABLE, f"is not well-formed XML ({error})") from error
    name = etree.QName(root)
    if name.localname != "svg" or name.namespace not in (_NAMESPACE, None):
        raise ImageRefusedError(FORMAT, "is an XML file, but not SVG")
    if name.namespace is None:
        raise ImageRefusedError(UNREADABLE, f'has no xmlns="{_NAMESPACE}" on its root element')
    elements = []
    for element in root.iter():
        elements.append(element)
        if len(elements) > MAX_NODES:
            raise ImageRefusedError(LIMIT, f"has more than {MAX_NODES:,} elements")
        _refuse_outside(element)
    _refuse_repetition(elements)
    return _size(root)


def _refuse_entities(data: bytes) -> None:
    # libxml2 replaces entities in attributes even with resolve_entities=False, so they are refused before parsing.
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    declared = _DECLARED.match(text.lstrip("\ufeff"))
    if declared and declared[1].lower() not in _ENCODINGS:
        raise ImageRefusedError(FORMAT, f"is encoded in {declared[1]}, not in UTF-8")
    if _ENTITY.search(text):
        raise ImageRefusedError(UNSAFE, "declares entities")


def _refuse_outside(element: _Element) -> None:
    tag = element.tag
    if not isinstance(tag, str):  # a processing instruction, such as xml-stylesheet
        raise ImageRefusedError(UNSAFE, "has a processing instruction, such as a link to a style sheet")
    name = tag.rpartition("}")[2].lower()
    if name in _FORBIDDEN:
        raise ImageRefusedError(UNSAFE, f"has a <{name}> element")
    for attribute, text in element.attrib.items():
        key, value = str(attribute).rpartition("}")[2].lower(), str(text)
        if key.startswith("on"):
            raise ImageRefusedError(UNSAFE, f"has a script (attribute “{key}”)")
        if key in ("href", "src"):
            _refuse_target(value, is_link=name == "a")
        elif "url(" in value.lower():
            _refuse_css(value)
    if name == "style" and element.text:
        _refuse_css(element.text)


def _refuse_repetition(elements: Sequence[_Element]) -> None:
    """Refuse elements that reference themselves, and nested references that multiply to too many elements.

    Args:
        elements: All elements, the root first; references to them prevent lxml from creating them again.
    """
    by_id: dict[str, _Element] = {}
    for element in elements:
        by_id.setdefault(element.get("id", ""), element)
    counts: dict[_Element, int] = {}
    entered: set[_Element] = set()
    stack = [elements[0]]
    while stack:
        element = stack[-1]
        parts = [*element, *(by_id[name] for name in _referenced(element) if name in by_id)]
        uncounted = [part for part in parts if part not in counts]
        if element not in counts and uncounted and element not in entered:
            entered.add(element)
            stack += uncounted
            continue
        if element not in counts and uncounted:
            raise ImageRefusedError(UNSAFE, "has an element that references itself")
        stack.pop()
        entered.discard(element)
        counts[element] = 1 + sum(counts[part] for part in parts)
        if counts[element] > MAX_NODES:
            raise ImageRefusedError(LIMIT, f"has more than {MAX_NODES:,} elements, including repeated ones")


def _referenced(element: _Element) -> Iterator[str]:
    """Yield the ids of the elements that an element references to draw them."""
    for attribute, text in element.attrib.items():
        key, value = str(attribute).rpartition("}")[2].lower(), str(text).strip()
        if key == "href" and value.startswith("#") and str(element.tag).rpartition("}")[2] == "use":
            yield value[1:]
        elif "url(" in value.lower():
            for match in _CSS_TARGET.finditer(value):
                yield (match[1] or "").removeprefix("#")


def _refuse_css(text: str) -> None:
    for match in _CSS_TARGET.finditer(text.replace("\\", "")):
        _refuse_target(match[1] or match[2] or "", is_link=False)


def _refuse_target(target: str, *, is_link: bool) -> None:
    target = "".join(target.split())
    if not target or target.startswith("#") or _EMBEDDED.match(target):
        return
    if is_link and target.lower().startswith(("https://", "http://", "mailto:")):
        return
    truncated = target if len(target) <= 60 else f"{target[:60]}…"
    raise ImageRefusedError(UNSAFE, f"has a reference outside of the file (“{truncated}”)")


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
