"""Captions of tables and figures in web pages (HTML 4.9.2, 4.4.13)."""

from __future__ import annotations

import re
from html import escape

from exporter.revise.changes import CaptionParagraph, FigureCaption, TableCaption
from exporter.revise.html_passages import PARAGRAPH, in_line, table_in
from exporter.revise.html_tags import HIDDEN, TAG
from exporter.revise.refusal import RefusedError
from exporter.revise.text_edits import TextEdits

_IMAGE = re.compile(rf"{HIDDEN}|<(?P<name>img)(?=[\s/>])", re.DOTALL | re.IGNORECASE)
_EMPTY_CAPTION = re.compile(r"\s*<caption[^>]*>\s*</caption\s*>", re.IGNORECASE)
_OPENING = re.compile(r"<(figure|p)(?=[\s>])[^>]*>\s*\Z", re.IGNORECASE)
_CLOSING = re.compile(r"\s*</(figure|p)\s*>", re.IGNORECASE)
_IN_PARAGRAPH = re.compile(r"<p(?=[\s>])(?:(?!</p\b).)*\Z", re.DOTALL | re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p\s*>[ \t]*\r?\n?", re.IGNORECASE)
_ELSEWHERE = "Write <figure> around it, with the caption in <figcaption>."


def set_table_caption(edits: TextEdits, change: TableCaption) -> None:
    """Write a caption at the beginning of a table.

    Raises:
        RefusedError: The table is not found.
    """
    _write_table_caption(edits, change.source.line, _escaped(change.text))


def set_figure_caption(edits: TextEdits, change: FigureCaption) -> None:
    """Write a caption below an image, in a figure.

    Raises:
        RefusedError: The image is not found, or is among text.
    """
    _write_figure_caption(edits, change.source.line, change.index, _escaped(change.text))


def make_caption(edits: TextEdits, change: CaptionParagraph) -> None:
    """Make a paragraph the caption of the table or the image beside it.

    Raises:
        RefusedError: The paragraph, the table or the image is not found.
    """
    paragraphs = list(in_line(edits, change.source.line, PARAGRAPH))
    start = TAG.match(edits.text, paragraphs[0].start()) if len(paragraphs) == 1 else None
    end = _PARAGRAPH_END.search(edits.text, start.end()) if start else None
    if start is None or end is None:
        raise RefusedError("The paragraph was not found in its line.", "Write the caption yourself.")
    caption = edits.text[start.end() : end.start()].strip()
    try:
        _write_table_caption(edits, change.owner.line, caption)
    except RefusedError:
        _write_figure_caption(edits, change.owner.line, 0, caption)
    edits.replace(start.start(), end.end(), "")


def _escaped(text: str) -> str:
    return escape(" ".join(text.split()), quote=False)


def _write_table_caption(edits: TextEdits, line: int, caption: str) -> None:
    table = table_in(edits, line)
    empty = _EMPTY_CAPTION.match(edits.text, table.end())
    edits.replace(table.end(), empty.end() if empty else table.end(), f"<caption>{caption}</caption>")


def _write_figure_caption(edits: TextEdits, line: int, index: int, caption: str) -> None:
    """Write a caption below an image, whose paragraph becomes a figure if it contains nothing else."""
    images = list(in_line(edits, line, _IMAGE))
    image = TAG.match(edits.text, images[index].start()) if index < len(images) else None
    if image is None:
        raise RefusedError("The image was not found in its line.", _ELSEWHERE)
    before, written = edits.text[: image.start()], f"<figcaption>{caption}</figcaption>"
    opening, closing = _OPENING.search(before), _CLOSING.match(edits.text, image.end())
    if opening and closing and opening[1].lower() == closing[1].lower():
        edits.replace(*opening.span(1), "figure")
        edits.replace(image.end(), closing.end(), f"{written}</figure>")
    elif _IN_PARAGRAPH.search(before):
        raise RefusedError("The image is in a paragraph with other content.", _ELSEWHERE)
    else:
        edits.replace(image.start(), image.start(), "<figure>")
        edits.replace(image.end(), image.end(), f"{written}</figure>")
