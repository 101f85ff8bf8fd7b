"""What a PDF says of itself in its metadata stream (ISO 16684-1, XMP)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exporter.inspect.pdf import PdfFile
from exporter.inspect.xml import parse
from exporter.parity.extraction import DocumentMetadata, normal

DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
LI = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_DAY = 10
"""Characters of a date without its time (ISO 8601)."""


def about(file: PdfFile) -> DocumentMetadata | None:
    """Return what the file says of itself; None when it has no metadata that can be read."""
    from lxml import etree

    data = file.xmp.strip("\ufeff \n")
    try:
        root = parse(data.encode()) if data else None
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    return DocumentMetadata(
        authors=tuple(_items(root, f"{DC}creator")),
        date=(root.findtext(f".//{XMP}CreateDate") or "")[:_DAY] or None,
        description=" ".join(_items(root, f"{DC}description")) or None,
    )


def _items(root: Any, name: str) -> Iterator[str]:
    for element in root.iter(name):
        yield from (normal("".join(item.itertext())) for item in element.iter(LI))
