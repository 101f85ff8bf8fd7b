"""Captions of tables and figures in OpenDocument texts (OpenDocument 1.3, part 3, 5.1.3, 7.4)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.model import Publication
from exporter.revise.changes import CaptionParagraph, FigureCaption, TableCaption
from exporter.revise.element_texts import ElementText, reword_pieces, texts, words_of
from exporter.revise.elements import Element, PartEdits, text
from exporter.revise.odt.passages import TEXT, paragraph_at, table_at
from exporter.revise.refusal import RefusedError

_NO_TEXT = ("note", "annotation", "frame", "tracked-changes")
_WRITTEN = ("p", "span", "a")
"""Elements whose own text was typed; that of others, such as numbers, is filled in by a program."""
_SPACES = ("s", "tab", "line-break")


def set_caption(edits: PartEdits, root: Element, before: Publication, change: TableCaption) -> None:
    """Write a caption above a table, in the style of captions.

    Raises:
        RefusedError: The table is not found.
    """
    table = table_at(root, before, change)
    assert table.parent is not None, "a table is in the text"
    edits.insert(table.parent, _caption(change.text), table)


def set_figure_caption(edits: PartEdits, frame: Element, words: str) -> None:
    """Write a caption below the paragraph of an image, in the style of captions.

    Raises:
        RefusedError: The image is in no paragraph.
    """
    paragraph = next((element for element in frame.ancestors() if element.name[:2] == (TEXT, "p")), None)
    if paragraph is None:
        raise RefusedError("The image is in no paragraph.", "LibreOffice: right-click it, then Insert Caption.")
    edits.insert_after(paragraph, _caption(words))


def make_caption(edits: PartEdits, root: Element, before: Publication, change: CaptionParagraph) -> None:
    """Set the style of a paragraph to that of captions.

    Raises:
        RefusedError: The paragraph is not found.
    """
    paragraph = paragraph_at(edits, root, before, change.source)
    if "style-name" not in paragraph.attributes:
        edits.set_attribute(paragraph, "xmlns:text", TEXT)
    edits.set_attribute(paragraph, "text:style-name", "Caption")


def _caption(words: str) -> str:
    return f'<text:p xmlns:text="{TEXT}" text:style-name="Caption">{text(" ".join(words.split()))}</text:p>'


def reword_caption(edits: PartEdits, root: Element, owner: Element, change: TableCaption | FigureCaption) -> None:
    """Write new words into the caption of a table or a frame: the nearest paragraph with the words that it has.

    Raises:
        RefusedError: The caption is not found, or its number would change.
    """
    old = " ".join(change.old.split())
    paragraphs = [
        element
        for element in root.walk(without=("tracked-changes",))
        if element.name[:2] == (TEXT, "p") and not element.is_in(owner) and words_of(pieces_of(edits, element)) == old
    ]
    if not paragraphs:
        raise RefusedError("The caption was not found in the text.", "Change it in LibreOffice.")
    paragraph = min(paragraphs, key=owner.distance)
    if added := reword_pieces(edits, list(pieces_of(edits, paragraph)), old, change.text):
        edits.insert(paragraph, added)


def pieces_of(edits: PartEdits, paragraph: Element) -> Iterator[ElementText]:
    """Yield the text of a paragraph without what is in its frames and notes."""
    for piece in texts(edits, paragraph, without=_NO_TEXT):
        if piece.text:
            yield piece._replace(is_fixed=piece.holder.local not in _WRITTEN)
        elif piece.holder.local in _SPACES:
            yield piece._replace(text=" ")
