"""Letters that a style sheet changes (`text-transform`), with the text of the manuscript.

Changes: `TextBox.process_text_transform` of `weasyprint.formatting_structure.boxes`. `lines` notes which part of the
text is on a line, and `actual_text` writes that part as the ActualText of what is drawn.
Why: WeasyPrint forgets the text before the change. Copied and searched text is “STRASSE” then instead of “Straße”, and
some voices read words in capitals letter by letter.
Upstream: no issue is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

_LETTER = re.compile(".[\u0300-\u036f]*", re.DOTALL)
"""A letter with its accents, which capitals may not have."""
_WHOLE = "_letters_of_text"
"""The changed text of a box, and for each of its characters the letters of the manuscript."""
_PART = "_letters_of_line"
"""The same for a line."""


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
        if box.text == before:
            return
        if kind == "capitalize" and len(before) == len(box.text):
            letters = list(before)  # only the first letters of words are changed
        else:
            language = (box.style["lang"] or "").partition("-")[0].lower()
            letters = _letters(before, lambda letter: len(transform(kind, letter, language)))
        if len(letters) == len(box.text):
            setattr(box, _WHOLE, (box.text, letters))
        else:
            box.text = before  # letters that become several or fewer beside others: drawn as they are

    with patch.object(boxes.TextBox, "process_text_transform", process_text_transform):
        yield


def _letters(text: str, width: Callable[[str], int]) -> list[str]:
    """Return the letters of a text for each character that is drawn: none for all but the first of one letter."""
    parts = _LETTER.findall(text)
    widths = {part: width(part) for part in set(parts)}
    return [letter for part in parts for letter in (part, *[""] * (widths[part] - 1))]


def note_part(box: Any, part: Any, skipped: int) -> None:
    """Note the text of the part of a box that begins after some bytes of its text.

    A part of which it is not certain has the text that is drawn.
    """
    if part is None or _WHOLE not in box.__dict__:
        return
    changed, letters = getattr(box, _WHOLE)
    # The first letter may have become a box of its own, but not half of it.
    before = len(changed) - len(box.text)
    if before < 0 or changed[before:] != box.text or letters[before : before + 1] == [""]:
        return
    begin = len(box.text.encode()[:skipped].decode())
    hyphen = ""
    if not box.text.startswith(part.text, begin):
        hyphen = box.style["hyphenate_character"]
    words = part.text.removesuffix(hyphen)
    if box.text.startswith(words, begin):
        begin += before
        added = part.text[len(words) :].replace("\u2010", "-")  # as in words that are not changed
        setattr(part, _PART, (part.text, [*letters[begin : begin + len(words)], *added]))


def manuscript_text(box: Any) -> str | None:
    """Return the text of a line in the manuscript, or None where no letter is changed."""
    drawn, letters = getattr(box, _PART, ("", []))
    if not letters or not drawn.startswith(box.text):
        return None
    # A space that the line does not have may be drawn after it.
    space = " " if box.pango_layout.text == f"{box.text} " else ""
    return "".join(letters[: len(box.text)]).replace("\u00ad", "") + space
