"""Pictures that a page carries inside itself: `data:` addresses (RFC 2397) and drawings."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from html import escape
from urllib.parse import unquote_to_bytes

from exporter.errors import SourceError
from exporter.model import Source
from exporter.readers.html.dom import Element, Node
from exporter.readers.html.limits import MAX_EMBEDDED, MAX_EMBEDDED_BYTES

_LONG = re.compile(
    r"""data:([\w.+-]{1,40}/[\w.+-]{1,60})((?:;(?!base64,)[\w.+=-]{1,60})*+);base64,([A-Za-z0-9+/=%\s_-]{200,}+)"""
)
_ADDRESS = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[^,;]*)*?)(;base64)?,(.*)", re.DOTALL | re.IGNORECASE)
_KEPT = re.compile(r"data:x-kept,(\d+)")
_SUFFIXES = {"image/jpeg": "jpg", "image/svg+xml": "svg"}
_ATTRIBUTE = re.compile(r"(?:xlink:|xml:)?[A-Za-z_][A-Za-z0-9_.-]*")
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"


class Embedded:
    """The pictures of one page by the names that the tree gives them."""

    def __init__(self, file: str) -> None:
        self.media: dict[str, bytes] = {}
        self._file = file
        self._kept: list[tuple[str, str]] = []
        self._size = 0
        self._names: dict[str, str] = {}

    def take_out(self, text: str) -> str:
        """Return the text of a page with a short address in place of each long one; lines stay where they are."""

        def keep(found: re.Match[str]) -> str:
            self._kept.append((found[1], found[3]))
            return f"data:x-kept,{len(self._kept) - 1}" + "\n" * found[0].count("\n")

        return _LONG.sub(keep, text) if "base64," in text else text

    def name(self, address: str, line: int) -> str | None:
        """Return the name of the picture at a `data:` address; None when it is no picture.

        Raises:
            SourceError: The pictures of the page are too many or too large.
        """
        if kept := _KEPT.match(address):
            number = int(kept[1])
            if number >= len(self._kept):
                return None
            kind, written = self._kept[number]
            data = _from_base64(written)
        elif found := _ADDRESS.match(address):
            kind = found[1] or "text/plain"
            data = _from_base64(found[4]) if found[3] else unquote_to_bytes(found[4])
        else:
            return None
        kind = kind.lower()
        if not kind.startswith("image/"):
            return None
        return self.add(data, _SUFFIXES.get(kind, re.sub(r"\W", "", kind.removeprefix("image/")) or "png"), line)

    def add(self, data: bytes, suffix: str, line: int) -> str:
        """Keep a picture and give its name; the same bytes have one name."""
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._names:
            return self._names[digest]
        self._size += len(data)
        if len(self.media) >= MAX_EMBEDDED or self._size > MAX_EMBEDDED_BYTES:
            raise SourceError(
                f"The page carries more than {MAX_EMBEDDED} pictures or {MAX_EMBEDDED_BYTES / 1e6:.0f} MB of them.",
                advice="Save the pictures as files beside the page.",
                source=Source(self._file, line),
            )
        name = f"embedded-{len(self.media) + 1}.{suffix[:10]}"
        self._names[digest] = name
        self.media[name] = data
        return name


def is_placeholder(address: str) -> bool:
    """Return whether a `data:` address is one of those that stand for a picture until a script loads it."""
    return address.startswith("data:") and not _KEPT.match(address)


def _from_base64(written: str) -> bytes:
    plain = re.sub(r"\s+", "", unquote_to_bytes(written).decode("latin-1") if "%" in written else written)
    plain = plain.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""  # which is no picture, and said to be none where all pictures are looked at


def drawing(svg: Element) -> bytes:
    """Return an `svg` element as a file of its own."""
    used = any("xlink:href" in element.attributes for element in svg.walk())
    extra = f' xmlns:xlink="{XLINK}"' if used else ""
    return _xml(svg, f' xmlns="{SVG}"{extra}').encode()


def _xml(element: Element, spaces: str = "") -> str:
    values = "".join(
        f' {name}="{escape(value)}"'
        for name, value in element.attributes.items()
        if _ATTRIBUTE.fullmatch(name) and not name.startswith("xmlns")
    )
    inside = "".join(_xml_of(child) for child in element.children)
    return f"<{element.tag}{spaces}{values}>{inside}</{element.tag}>"


def _xml_of(node: Node) -> str:
    return escape(node, quote=False) if isinstance(node, str) else _xml(node)
