"""Media overlay documents: SMIL as EPUB 3.3, 9.2 has it."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.writers.markup import Attributes, element
from exporter.writers.xhtml.overlay.reading_order import Par, Seq

MEDIA_TYPE = "application/smil+xml"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACES = {"xmlns": "http://www.w3.org/ns/SMIL", "xmlns:epub": "http://www.idpf.org/2007/ops", "version": "3.0"}


def write(body: Seq, document: str, sound: str, clips: Iterator[tuple[int, int]]) -> bytes:
    """Return the overlay of a document.

    Args:
        body: What is heard of it.
        document: Its file name.
        sound: The file name of its sound.
        clips: Begin and end of each par in milliseconds.
    """
    values = {"epub:textref": document, "epub:type": body.type or None}
    inside = "\n".join(_node(child, document, sound, clips) for child in body.children)
    root = element("smil", f"\n{_start('body', values)}\n{inside}\n</body>\n", _NAMESPACES)
    return f"{_HEAD}{root}\n".encode()


def _node(node: Par | Seq, document: str, sound: str, clips: Iterator[tuple[int, int]]) -> str:
    address = f"{document}#{node.target}"
    kind = node.type or None
    if isinstance(node, Seq):
        inside = "\n".join(_node(child, document, sound, clips) for child in node.children)
        return element("seq", f"\n{inside}\n", {"epub:textref": address, "epub:type": kind})
    begin, end = next(clips)
    text = _start("text", {"src": address}, empty=True)
    audio = _start("audio", {"src": sound, "clipBegin": clock(begin), "clipEnd": clock(end)}, empty=True)
    return element("par", text + audio, {"epub:type": kind})


def _start(name: str, values: Attributes, *, empty: bool = False) -> str:
    whole = element(name, "", values)
    start = whole[: -len(f"></{name}>")]
    return f"{start}/>" if empty else f"{start}>"


def clock(milliseconds: int) -> str:
    """Return a time as a full clock value, as in 1:02:03.004 (SMIL 3.0, Clock values)."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
