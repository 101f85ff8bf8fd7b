"""New words for captions in Markdown; the markup in them stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from exporter.revise.changes import FigureCaption, TableCaption
from exporter.revise.markdown.images import escape, image_positions, read_image
from exporter.revise.refusal import RefusedError
from exporter.revise.rewording import Letter, reword
from exporter.revise.text_edits import TextEdits

_UNIT = re.compile(r"\\[^\w\s]|&#?\w+;|.", re.DOTALL)
_TABLE = re.compile(r"^[ \t]{0,3}[^\W\d_]*:[ \t]+(?P<text>\S.*(?:\n(?![ \t]*(?:\||\n|\Z)).+)*)", re.MULTILINE)
_NOT_FOUND = RefusedError("The caption was not found as it was read.", "Change it in your document.")


def reword_image_caption(edits: TextEdits, change: FigureCaption) -> None:
    """Write new words into the caption of an image, or of another image of its figure: brackets, or a title.

    Raises:
        RefusedError: It is not found.
    """
    _reword(edits, list(_of_images(edits, change.source.line)), change)


def _of_images(edits: TextEdits, line: int) -> Iterator[tuple[int, int]]:
    last = line
    while edits.content(last + 1).strip():
        last += 1
    for position in image_positions(edits, line, last):
        if edits.text[position] == "!":
            image = read_image(edits.text, position)
            quoted = re.search(r"""\s["'(](.+)["')]\s*\)\Z""", edits.text[slice(*image.link)], re.DOTALL)
            if quoted:
                yield image.link[0] + quoted.start(1), image.link[0] + quoted.end(1)
            yield image.bracket


def reword_table_caption(edits: TextEdits, change: TableCaption) -> None:
    """Write new words into the caption of a table: the nearest line that begins as one and has the words.

    Raises:
        RefusedError: It is not found.
    """
    start = edits.line(change.source.line)[0]
    spans = [match.span("text") for match in _TABLE.finditer(edits.text)]
    _reword(edits, sorted(spans, key=lambda span: abs(span[0] - start)), change)


def _reword(edits: TextEdits, spans: list[tuple[int, int]], change: FigureCaption | TableCaption) -> None:
    for span in spans:
        letters = _letters(edits.text[slice(*span)], " ".join(change.old.split()))
        if letters is not None:
            edits.replace(*span, "".join(reword(letters, change.old, change.text, escape)))
            return
    raise _NOT_FOUND


def _letters(written: str, words: str) -> list[Letter] | None:
    """Return a text as it is written, in which the letters of its words are found in order; None if they are not."""
    letters: list[Letter] = []
    position = 0
    for unit in _UNIT.findall(written):
        character = unit[1:] if len(unit) == 2 else unescape(unit)
        is_next = words[position : position + 1] == (" " if character.isspace() else character)
        letters.append(Letter(character if is_next else "", unit))
        position += is_next
    return letters if position == len(words) else None
