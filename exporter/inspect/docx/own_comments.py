"""Comments that exporter wrote into a Word file (ISO/IEC 29500-1, 17.13.4.2)."""

from __future__ import annotations

from exporter.inspect.docx.errors import DocxError
from exporter.inspect.docx.package import Package
from exporter.inspect.docx.xml import name

AUTHOR = "exporter"
"""Author of the comments that exporter writes: they are replaced, and never part of the text."""


def own_comments(package: Package) -> frozenset[str]:
    """Return the identifiers of the comments that exporter wrote; none if the comments cannot be read."""
    part = package.related("comments")
    try:
        root = package.xml(part) if part else ()
    except DocxError:
        return frozenset()
    return frozenset(comment.get(name("id")) or "" for comment in root if comment.get(name("author")) == AUTHOR)
