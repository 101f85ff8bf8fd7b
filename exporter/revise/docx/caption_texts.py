"""New words for captions in Word files; fields, notes and formats in them stay."""

from __future__ import annotations

from functools import partial

from exporter.revise.changes import FigureCaption, TableCaption
from exporter.revise.docx.paragraph_text import keep_spaces, pieces_of
from exporter.revise.docx.tables import table_of
from exporter.revise.element_texts import reword_pieces, words_of
from exporter.revise.elements import Element, PartEdits
from exporter.revise.refusal import RefusedError


def reword_caption(
    edits: PartEdits, root: Element, owner: Element | None, change: TableCaption | FigureCaption
) -> None:
    """Write new words into the caption of a table or an image: the nearest paragraph with the words that it has.

    Args:
        edits: Edits of the main part.
        root: The root of the main part.
        owner: The first paragraph in the table, or the drawing.
        change: The new words.

    Raises:
        RefusedError: The caption is not found, or the number that Word counts would change.
    """
    owner = table_of(owner) if isinstance(change, TableCaption) else owner
    old = " ".join(change.old.split())
    paragraphs = [
        element
        for element in root.walk()
        if element.local == "p" and not element.is_in(owner) and words_of(pieces_of(edits, element)) == old
    ]
    if owner is None or not paragraphs:
        raise RefusedError("The caption was not found in the text.", "Change it in Word.")
    nearest = min(paragraphs, key=owner.distance)
    for paragraph in (nearest, *(other for other in paragraphs if _is_copy(other, nearest))):
        added = reword_pieces(edits, list(pieces_of(edits, paragraph)), old, change.text, partial(keep_spaces, edits))
        if added:
            (run, _), (tag, _) = (paragraph.name.sibling(local) for local in ("r", "t"))
            ends = f"</{tag.partition(' ')[0]}></{run.partition(' ')[0]}>"
            edits.insert(paragraph, f'<{run}><{tag} xml:space="preserve">{added}{ends}')


def _is_copy(paragraph: Element, other: Element) -> bool:
    """Return whether a paragraph is another in another branch of alternate content (ISO/IEC 29500-3, 9.3)."""
    around, around_other = (
        next((other for other in element.ancestors() if other.local == "AlternateContent"), None)
        for element in (paragraph, other)
    )
    return paragraph is not other and around is not None and around is around_other
