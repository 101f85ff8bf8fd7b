"""Names of speakers in Word files (ISO/IEC 29500-1, 17.3.3.31 t)."""

from __future__ import annotations

from exporter.revise.changes import SpeakerName
from exporter.revise.elements import Element, PartEdits, text
from exporter.revise.refusal import RefusedError


def set_speaker(edits: PartEdits, element: Element | None, change: SpeakerName) -> None:
    """Replace the name at the beginning of a paragraph, also where it is divided into several runs.

    Args:
        edits: Edits of the main part.
        element: The paragraph.
        change: The name as it is, and as it should be.

    Raises:
        RefusedError: The paragraph does not begin with it.
    """
    parts = [inner for inner in element.walk() if inner.local == "t"] if element is not None else []
    words = [edits.text_of(part) for part in parts]
    start = "".join(words).find(change.old)
    if start < 0 or "".join(words)[:start].strip():
        raise RefusedError("The paragraph does not begin with this name.", "Write the name there.")
    position, rest, replacement = 0, len(change.old), change.text
    for part, content in zip(parts, words, strict=True):
        first = max(0, start - position)
        length = min(rest, len(content) - first)
        position += len(content)
        if first < len(content) and length > 0:
            edits.set_content(part, text(content[:first] + replacement + content[first + length :]))
            rest, replacement = rest - length, ""
            start = position
