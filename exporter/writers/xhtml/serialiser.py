"""Parser and serialiser of content documents, which are valid as both XML and HTML."""

from __future__ import annotations

from typing import Any

from exporter.writers.markup.element import VOID
from exporter.writers.xhtml.inventory import HTML

_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n'
_VOID = frozenset(f"{HTML}{name}" for name in VOID)


def parse(data: bytes) -> Any:
    """Return the root of a content document."""
    from lxml import etree

    return etree.fromstring(data)


def serialise(root: Any, doctype: str = "<!DOCTYPE html>") -> bytes:
    """Return a document in UTF-8; an empty element that is not void has an end tag."""
    from lxml import etree

    for element in root.iter(etree.Element):
        if element.text is None and len(element) == 0 and element.tag.startswith(HTML) and element.tag not in _VOID:
            element.text = ""
    markup: bytes = etree.tostring(root, encoding="utf-8", doctype=doctype)
    return _HEAD + markup + b"\n"
