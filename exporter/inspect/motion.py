"""Motion: animated pictures, animations of SVG (SMIL) and CSS, blinking text, video (WCAG 2.2.2, 2.3.1)."""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

from exporter.inspect.xml import NotXmlError, parse_leniently

_SMIL = frozenset({"animate", "animatemotion", "animatetransform", "animatecolor", "set", "discard"})
_BY_READER = re.compile(
    r"(?:\s*(?:indefinite|accesskey\(.\)|(?:[\w-]+\.)?(?!begin|end)[a-z]+)\s*(?:[+-][^;]*)?(?:;|$))+"
)
"""Values of `begin` with nothing but events, such as a click (SVG Animations 2, 2.5)."""
_VIDEO = frozenset({"video", "marquee", "blink"})
_DATA = re.compile(r"data:image/[\w.+-]+((?:;[^,;]*)*),(.*)", re.IGNORECASE | re.DOTALL)
_ANIMATION = re.compile(r"(?:-\w+-)?animation(?:-name)?", re.IGNORECASE)
_START = 1 << 12
_MOST = 64_000_000


def is_moving(file: BinaryIO) -> bool:
    """Return whether something in an image or a page is animated; in a file that cannot be read, nothing is."""
    start = file.read(_START)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        try:
            return any(True for _ in moving_elements(parse_leniently(start + file.read(_MOST))[0]))
        except NotXmlError:
            return False
    from PIL import Image

    file.seek(0)
    try:
        with Image.open(file) as image:
            return bool(getattr(image, "is_animated", False))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def moves(data: bytes) -> bool:
    """Return whether the image of some bytes is animated."""
    return is_moving(io.BytesIO(data))


def moving_elements(root: Any) -> Iterator[tuple[Any, str]]:
    """Yield the elements of a page or a drawing that move, each with its name or that of what moves in it."""
    styled = []
    for element in root.iter():
        tag = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        if (tag in _SMIL and not _BY_READER.fullmatch(element.get("begin", "0s"))) or tag in _VIDEO:
            yield element, f"“{tag}”"
        elif tag == "style":
            styled.append((element, element.text or ""))
        elif any(_is_moving_address(value) for key, value in element.attrib.items() if _refers(key)):
            yield element, "an animated picture"
        if style := element.get("style"):
            styled.append((element, f"x{{{style}}}"))
    if has_css_animation(text for _, text in styled):
        yield styled[0][0], "a CSS animation"


def _refers(attribute: Any) -> bool:
    return str(attribute).rpartition("}")[2] in {"src", "href", "data"}


def _is_moving_address(address: str) -> bool:
    """Return whether a `data:` address holds an animated image (RFC 2397)."""
    match = _DATA.fullmatch(address.strip())
    if match is None:
        return False
    data = unquote_to_bytes(match[2])
    try:
        return moves(base64.b64decode(data) if match[1].lower().endswith("base64") else data)
    except binascii.Error:
        return False


def has_css_animation(sheets: Iterable[str]) -> bool:
    """Return whether style sheets that apply together name key frames and use them (CSS Animations 1)."""
    text = "\n".join(sheets)
    if not re.search(r"keyframes|\\", text, re.IGNORECASE):
        return False
    import tinycss2  # slow to import

    frames: set[str] = set()
    used: set[str] = set()
    _collect(tinycss2.parse_component_value_list(text, skip_comments=True), frames, used)
    return bool(frames & used)


def _collect(nodes: list[Any], frames: set[str], used: set[str]) -> None:
    """Collect the names of key frames, and what declarations of animations name."""
    names: set[str] | None = None
    property_name = ""
    for node in nodes:
        if node.type == "at-keyword":
            names = frames if node.lower_value.endswith("keyframes") else None
        elif node.type == "{} block":
            if names is not frames:
                _collect(node.content, frames, used)
            names = None
        elif node == ";":
            names = None
        elif node == ":" and _ANIMATION.fullmatch(property_name):
            names = used
        elif node.type in ("ident", "string"):
            if names is not None:
                names.add(node.value)
            property_name = node.value
