"""Images embedded in a page: `data:` URLs (RFC 2397) and `svg` elements."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from html import escape
from urllib.parse import unquote_to_bytes

from exporter.errors import SourceError
from exporter.model import Source
from exporter.readers.html.markup.dom import Element, Node
from exporter.readers.html.markup.limits import MAX_EMBEDDED, MAX_EMBEDDED_BYTES

_LONG_ADDRESS = re.compile(
    r"""data:([\w.+-]{1,40}/[\w.+-]{1,60})((?:;(?!base64,)[\w.+=-]{1,60})*+);base64,([A-Za-z0-9+/=%\s_-]{200,}+)"""
)
_ADDRESS = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[^,;]*)*?)(;base64)?,(.*)", re.DOTALL | re.IGNORECASE)
_SHORTENED = re.compile(r"data:x-kept,(\d+)")
_SUFFIXES = {"image/jpeg": "jpg", "image/svg+xml": "svg"}
_ATTRIBUTE = re.compile(r"(?:xlink:|xml:)?[A-Za-z_][A-Za-z0-9_.-]*")
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"


class EmbeddedImages:
    """Embedded images of a page, by the names that they have in the publication."""

    def __init__(self, file: str) -> None:
        self.media: dict[str, bytes] = {}
        self._file = file
        self._shortened: list[tuple[str, str]] = []
        self._size = 0
        self._names: dict[str, str] = {}

    def shorten_addresses(self, text: str) -> str:
        """Return the text of a page with long `data:` URLs shortened; line numbers stay the same."""

        def shorten(match: re.Match[str]) -> str:
            self._shortened.append((match[1], match[3]))
            return f"data:x-kept,{len(self._shortened) - 1}" + "\n" * match[0].count("\n")

        return _LONG_ADDRESS.sub(shorten, text) if "base64," in text else text

    def name(self, address: str, line: int) -> str | None:
        """Return the name of the image at a `data:` URL, or None if it is not an image.

        Raises:
            SourceError: The embedded images are too many or too large.
        """
        if match := _SHORTENED.match(address):
            number = int(match[1])
            if number >= len(self._shortened):
                return None
            kind, written = self._shortened[number]
            data = _from_base64(written)
        elif match := _ADDRESS.match(address):
            kind = match[1] or "text/plain"
            data = _from_base64(match[4]) if match[3] else unquote_to_bytes(match[4])
        else:
            return None
        kind = kind.lower()
        if not kind.startswith("image/"):
            return None
        return self.add(data, _SUFFIXES.get(kind, re.sub(r"\W", "", kind.removeprefix("image/")) or "png"), line)

    def add(self, data: bytes, suffix: str, line: int) -> str:
        """Add an image and return its name; the same bytes have the same name."""
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._names:
            return self._names[digest]
        self._size += len(data)
        if len(self.media) >= MAX_EMBEDDED or self._size > MAX_EMBEDDED_BYTES:
            raise SourceError(
                f"The page contains more than {MAX_EMBEDDED} images or {MAX_EMBEDDED_BYTES / 1e6:.0f} MB of images.",
                advice="Save the images as files next to the page.",
                source=Source(self._file, line),
            )
        name = f"embedded-{len(self.media) + 1}.{suffix[:10]}"
        self._names[digest] = name
        self.media[name] = data
        return name


def _from_base64(written: str) -> bytes:
    plain = re.sub(r"\s+", "", unquote_to_bytes(written).decode("latin-1") if "%" in written else written)
    plain = plain.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""  # not an image, which is reported when images are probed


def svg_file(svg: Element) -> bytes:
    """Return an `svg` element as an SVG file."""
    has_xlink = any("xlink:href" in element.attributes for element in svg.walk())
    extra = f' xmlns:xlink="{XLINK}"' if has_xlink else ""
    return _serialise(svg, f' xmlns="{SVG}"{extra}').encode()


def _serialise(element: Element, namespaces: str = "") -> str:
    values = "".join(
        f' {name}="{escape(value)}"'
        for name, value in element.attributes.items()
        if _ATTRIBUTE.fullmatch(name) and not name.startswith("xmlns")
    )
    content = "".join(_serialise_node(child) for child in element.children)
    return f"<{element.tag}{namespaces}{values}>{content}</{element.tag}>"


def _serialise_node(node: Node) -> str:
    return escape(node, quote=False) if isinstance(node, str) else _serialise(node)
