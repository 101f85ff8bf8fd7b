"""SVG drawings: their size, and that they hold nothing but a drawing."""

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
    """Return width and height of a drawing in CSS px; 0, 0 when it names none.

    Raises:
        Refusal: It is no SVG, or holds scripts, entities or references out of its file.
    """
    from lxml import etree  # heavy: at use

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
        raise ImageRefusedError(FORMAT, "is an XML file but no SVG drawing")
    if name.namespace is None:
        raise ImageRefusedError(UNREADABLE, f'lacks xmlns="{_NAMESPACE}" on its first element')
    elements = []
    for element in root.iter():
        elements.append(element)
        if len(elements) > MAX_NODES:
            raise ImageRefusedError(LIMIT, f"has more than {MAX_NODES:,} elements")
        _refuse_outside(element)
    _refuse_repetition(elements)
    return _size(root)


def _refuse_entities(data: bytes) -> None:
    # libxml2 puts entities into attribute values even when told not to resolve any: they are looked for first.
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
        raise ImageRefusedError(UNSAFE, "names a style sheet or another instruction outside the drawing")
    name = tag.rpartition("}")[2].lower()
    if name in _FORBIDDEN:
        raise ImageRefusedError(UNSAFE, f"holds a <{name}> element")
    for attribute, text in element.attrib.items():
        key, value = str(attribute).rpartition("}")[2].lower(), str(text)
        if key.startswith("on"):
            raise ImageRefusedError(UNSAFE, f"holds a script (attribute “{key}”)")
        if key in ("href", "src"):
            _refuse_target(value, link=name == "a")
        elif "url(" in value.lower():
            _refuse_css(value)
    if name == "style" and element.text:
        _refuse_css(element.text)


def _refuse_repetition(elements: Sequence[_Element]) -> None:
    """Refuse what draws itself, and few elements that stand for millions since they repeat what repeats others.

    Args:
        elements: All of them, the first one first; whoever holds them keeps lxml from making them anew.
    """
    named: dict[str, _Element] = {}
    for element in elements:
        named.setdefault(element.get("id", ""), element)
    drawn: dict[_Element, int] = {}
    open_ones: set[_Element] = set()
    stack = [elements[0]]
    while stack:
        element = stack[-1]
        inside = [*element, *(named[name] for name in _repeated(element) if name in named)]
        waiting = [one for one in inside if one not in drawn]
        if element not in drawn and waiting and element not in open_ones:
            open_ones.add(element)
            stack += waiting
            continue
        if element not in drawn and waiting:
            raise ImageRefusedError(UNSAFE, "repeats a part of itself inside that part")
        stack.pop()
        open_ones.discard(element)
        drawn[element] = 1 + sum(drawn[one] for one in inside)
        if drawn[element] > MAX_NODES:
            raise ImageRefusedError(LIMIT, f"has more than {MAX_NODES:,} elements, repeated ones counted")


def _repeated(element: _Element) -> Iterator[str]:
    """Yield the identifiers of what is drawn where this element stands."""
    for attribute, text in element.attrib.items():
        key, value = str(attribute).rpartition("}")[2].lower(), str(text).strip()
        if key == "href" and value.startswith("#") and str(element.tag).rpartition("}")[2] == "use":
            yield value[1:]
        elif "url(" in value.lower():
            for match in _CSS_TARGET.finditer(value):
                yield (match[1] or "").removeprefix("#")


def _refuse_css(text: str) -> None:
    for match in _CSS_TARGET.finditer(text.replace("\\", "")):
        _refuse_target(match[1] or match[2] or "", link=False)


def _refuse_target(target: str, *, link: bool) -> None:
    target = "".join(target.split())
    if not target or target.startswith("#") or _EMBEDDED.match(target):
        return
    if link and target.lower().startswith(("https://", "http://", "mailto:")):
        return
    shown = target if len(target) <= 60 else f"{target[:60]}…"
    raise ImageRefusedError(UNSAFE, f"refers to something outside its file (“{shown}”)")


def _size(root: _Element) -> tuple[int, int]:
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    if len(box) == 4:
        try:
            ratio = float(box[2]) / float(box[3])
            across, down = float(box[2]), float(box[3])
        except (ValueError, ZeroDivisionError):
            ratio = across = down = 0.0
        if math.isfinite(ratio) and ratio > 0:
            if width and not height:
                height = width / ratio
            elif height and not width:
                width = height * ratio
            elif not width:
                width, height = across, down
    if not all(math.isfinite(side) and 0.5 <= side <= 1e6 for side in (width, height)):
        return 0, 0
    return round(width), round(height)


def _length(value: str | None) -> float:
    match = _LENGTH.fullmatch((value or "")[:40])
    return float(match[1]) * _UNITS[(match[2] or "px").lower()] if match else 0.0
