"""References in SVG files: to parts of the same drawing, and to images embedded in it; others are refused."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from exporter.images import formats, raster
from exporter.images.limits import MAX_SVG_PIXELS
from exporter.images.probe_result import ImageRefusedError
from exporter.images.rules import LIMIT, SIMPLIFY, UNREADABLE, UNSAFE
from exporter.model import addresses

_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|gif|webp)\s*((?:;[^,;]*)*),(.*)", re.IGNORECASE | re.DOTALL)
_EMBEDDABLE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_MAY_REFER = re.compile(r"url|src|image|@|\\|cross-fade|element", re.IGNORECASE)
"""What CSS must contain to refer to anything."""
_IMAGE_FUNCTIONS = frozenset({"cross-fade", "-webkit-cross-fade", "image", "image-set", "-webkit-image-set"})
"""Functions whose strings are addresses (CSS Images 4)."""


class References:
    """The references of one drawing."""

    def __init__(self) -> None:
        self.frames = 1
        """The most frames of an embedded image."""
        self._pixels = 0
        self._seen: set[int] = set()

    def check_target(self, target: str, *, is_link: bool = False) -> None:
        """Check an address.

        Args:
            target: The address.
            is_link: Whether it is followed by a reader, and not loaded.

        Raises:
            ImageRefusedError: It is neither a part of the drawing nor an image embedded in it, nor a link that is safe.
        """
        try:
            data = embedded_image(target)
        except binascii.Error as error:
            raise ImageRefusedError(UNREADABLE, "has a damaged image inside") from error
        if data is not None:
            self._check_embedded(data)
            return
        target = "".join(target.split())
        if not target or target.startswith("#") or (is_link and addresses.scheme(target) in addresses.FOLLOWED):
            return
        truncated = target if len(target) <= 60 else f"{target[:60]}…"
        raise ImageRefusedError(UNSAFE, f"has a reference outside of the file (“{truncated}”)")

    def check_css(self, text: str) -> None:
        """Check all addresses of a style sheet, or of a value.

        Raises:
            ImageRefusedError: See `check_target`.
        """
        for target in css_targets(text):
            self.check_target(target)

    def _check_embedded(self, data: bytes) -> None:
        if hash(data) in self._seen:
            return
        self._seen.add(hash(data))
        kind = formats.media_type(data)
        if kind not in _EMBEDDABLE:
            raise ImageRefusedError(UNSAFE, f"has something else than an image inside: it is {formats.describe(data)}")
        try:
            image = raster.read(data, kind)
        except ImageRefusedError as refusal:
            raise ImageRefusedError(refusal.rule, f"has an image inside that {refusal.reason}", SIMPLIFY) from refusal
        self.frames = max(self.frames, image.frames)
        self._pixels += image.width * image.height
        if self._pixels > MAX_SVG_PIXELS:
            millions = MAX_SVG_PIXELS // 1_000_000
            raise ImageRefusedError(LIMIT, f"has images inside with more than {millions} million pixels", SIMPLIFY)


def embedded_image(address: str) -> bytes | None:
    """Return the image that a `data:` address of a drawing has, or None if it is no such address.

    Raises:
        binascii.Error: It is damaged.
    """
    match = _EMBEDDED.fullmatch(address.strip())
    if match is None:
        return None
    is_base64 = match[1].lower().replace(" ", "").endswith(";base64")
    return base64.b64decode(unquote_to_bytes(match[2])) if is_base64 else unquote_to_bytes(match[2])


def css_targets(text: str) -> Iterator[str]:
    """Yield the addresses that a style sheet or a value of CSS refers to, with its escapes resolved."""
    if not _MAY_REFER.search(text):
        return
    import tinycss2  # slow to import

    yield from _targets(tinycss2.parse_component_value_list(text, skip_comments=True))


def _targets(tokens: Iterable[Any], *, are_addresses: bool = False) -> Iterator[str]:
    is_import = False
    for token in tokens:
        if token.type == "url" or (token.type == "string" and (are_addresses or is_import)):
            yield token.value
        elif token.type == "function":
            name = token.lower_name
            yield from _targets(token.arguments, are_addresses=name in _IMAGE_FUNCTIONS or name in ("url", "src"))
        elif token.type in ("() block", "[] block", "{} block"):
            yield from _targets(token.content)
        elif token.type == "error":
            raise ImageRefusedError(UNREADABLE, "has a style that cannot be read")
        is_import = (token.type == "at-keyword" and token.lower_value == "import") or (
            is_import and token.type == "whitespace"
        )
