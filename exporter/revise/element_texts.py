"""The text of elements of a part, and new words for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from exporter.revise.elements import Element, PartEdits, text
from exporter.revise.rewording import FIXED, Letter, reword


class ElementText(NamedTuple):
    """A piece of text between two tags, or a tag that stands for white space."""

    holder: Element
    """The element that contains it."""
    span: tuple[int, int]
    text: str
    is_fixed: bool = False
    """Whether a program writes it, such as a number that is counted."""


def texts(edits: PartEdits, element: Element, *, without: Collection[str] = ()) -> Iterator[ElementText]:
    """Yield the text of an element in order, and its descendants as empty pieces where they begin.

    Args:
        edits: Edits of its part.
        element: The element.
        without: Local names of descendants that are left out with their content.
    """
    stack: list[tuple[Element, int, int]] = [(element, 0, element.content)]
    while stack:
        holder, index, position = stack.pop()
        child = holder.children[index] if index < len(holder.children) else None
        end = child.start if child else holder.last
        if position < end:
            yield ElementText(holder, (position, end), edits.text_between(position, end))
        if child is not None:
            stack.append((holder, index + 1, child.end))
            if child.local not in without:
                yield ElementText(child, (child.start, child.start), "")
                if not child.is_empty_tag:
                    stack.append((child, 0, child.content))


def text_of(pieces: Iterable[ElementText]) -> str:
    """Return the text of pieces."""
    return "".join(piece.text for piece in pieces)


def words_of(pieces: Iterable[ElementText]) -> str:
    """Return the words of pieces with single spaces between them."""
    return " ".join(text_of(pieces).split())


def reword_pieces(
    edits: PartEdits,
    pieces: Sequence[ElementText],
    old: str,
    new: str,
    note: Callable[[Element], None] = lambda _holder: None,
) -> str:
    """Write new words into pieces of text; return what follows the last of them, as XML.

    Args:
        edits: Edits of their part.
        pieces: The text as it is written.
        old: The words as they were read.
        new: The new words.
        note: Is called with the elements whose text has changed.

    Raises:
        RefusedError: They have other words, or what a program writes would change.
    """
    letters = [Letter(character, text(character), piece.is_fixed) for piece in pieces for character in piece.text]
    written = iter(reword(letters, old, new, text))
    for piece in pieces:
        content = "".join(islice(written, len(piece.text)))
        if content != text(piece.text):
            if piece.span[0] == piece.span[1]:
                raise FIXED
            edits.replace(piece.span, content)
            note(piece.holder)
    return next(written)
