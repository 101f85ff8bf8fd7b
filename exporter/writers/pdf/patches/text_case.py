"""Letters that a style sheet changes (`text-transform`), with the text of the manuscript.

Changes: `TextBox.process_text_transform` of `weasyprint.formatting_structure.boxes`. `lines` notes which part of the
text is on a line, and `actual_text` writes that part as the ActualText of what is drawn.
Why: WeasyPrint forgets the text before the change. Copied and searched text is “STRASSE” then instead of “Straße”, and
some voices read words in capitals letter by letter.
Upstream: no issue is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

_WHOLE = "_text_before_change"
_PART = "_part_before_change"


@contextmanager
def patched() -> Iterator[None]:
    """Keep the text of boxes before its letters are changed."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.formatting_structure.text import transform

    original = boxes.TextBox.process_text_transform

    def process_text_transform(box: Any) -> None:
        before, kind = box.text, box.style["text_transform"]
        original(box)
        if kind == "none" or _WHOLE in box.__dict__:
            return
        if box.style["hyphens"] == "none":
            before = before.replace("\u00ad", "")
        widths = [1] * len(before)
        if len(box.text) != len(before):
            language = (box.style["lang"] or "").partition("-")[0].lower()
            widths = [len(transform(kind, letter, language)) for letter in before]
        if sum(widths) != len(box.text):
            box.text = before  # letters that become several beside others: drawn as they are
        elif box.text != before:
            # As many characters as are drawn.
            whole = (letter + "\0" * (width - 1) for letter, width in zip(before, widths, strict=True))
            setattr(box, _WHOLE, "".join(whole))

    with patch.object(boxes.TextBox, "process_text_transform", process_text_transform):
        yield


def note_part(box: Any, part: Any, skipped: int) -> None:
    """Note the text of the part of a box that begins after some bytes of its text."""
    if part is not None and _WHOLE in box.__dict__:
        begin = len(box.text.encode()[:skipped].decode())
        setattr(part, _PART, getattr(box, _WHOLE)[begin : begin + len(part.text)])


def manuscript_text(box: Any) -> str | None:
    """Return the text of a line in the manuscript, or None where no letter is changed."""
    part: str | None = getattr(box, _PART, None)
    if part is None:
        return None
    # A space that the line does not have may be drawn after it.
    space = " " if box.pango_layout.text == f"{box.text} " else ""
    return part[: len(box.text)].replace("\0", "") + space
