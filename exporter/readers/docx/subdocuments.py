"""Subdocuments of a Word master document, whose text is in other files (ISO/IEC 29500-1, 17.17.2.1)."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from exporter.findings import quoted
from exporter.inspect.docx.xml import Element, name
from exporter.readers.docx.context import ReadContext

KIND = "subdocuments"
ADVICE = (
    "In Word, choose View, Outline, Show Document, Expand Subdocuments; then click in each subdocument, choose Unlink, "
    "and save the file."
)
_NAMED = 3
"""Number of files that a message names."""


def add(context: ReadContext, element: Element, part: str) -> None:
    """Count a subdocument, with the name of its file.

    Args:
        context: State of the reader.
        element: The element `subDoc`.
        part: The part that contains it.
    """
    relation = context.package.relations(part).get(element.get(name("r:id")) or "")
    file = posixpath.basename(unquote(relation.target).replace("\\", "/")) if relation is not None else ""
    context.count(KIND)
    if file:
        context.subdocuments[file] = None


def message(context: ReadContext) -> str:
    """Return what is reported about the subdocuments; empty if there are none."""
    count = context.counts[KIND]
    if not count:
        return ""
    files = list(context.subdocuments)
    names = ", ".join(quoted(file, 60) for file in files[:_NAMED]) + (" and more" if len(files) > _NAMED else "")
    texts = "1 subdocument is in another file" if count == 1 else f"{count} subdocuments is in other files"
    return f"This is a Word master document: the text of {texts}{': ' if names else ''}{names}."
