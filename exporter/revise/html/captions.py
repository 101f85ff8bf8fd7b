"""Captions of tables and figures in web pages (HTML 4.9.2, 4.4.13)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import islice

from exporter.revise.changes import CaptionParagraph, FigureCaption, TableCaption
from exporter.revise.html.lists import letters_of
from exporter.revise.html.passages import PARAGRAPH, TABLE_END, in_line, table_in, tables_in_line
from exporter.revise.html.tags import IMAGE, TAG, visible
from exporter.revise.refusal import RefusedError
from exporter.revise.rewording import reword
from exporter.revise.text_edits import TextEdits

_EMPTY_CAPTION = re.compile(r"[\s\0]*(?P<caption><caption[^>]*>\s*</caption\s*>)", re.IGNORECASE)
_OPENING = re.compile(r"<(?P<name>p)(?=[\s>])[^>]*>[\s\0]*\Z", re.IGNORECASE)
_CLOSING = re.compile(r"\s*</p\s*>", re.IGNORECASE)
_IN_FIGURE = re.compile(r"<figure(?=[\s>])(?:(?!</?figure\b).)*\Z", re.DOTALL | re.IGNORECASE)
_CAPTION_PLACE = re.compile(r"<figcaption[^>]*>\s*</figcaption\s*>|(?=</figure\b)", re.IGNORECASE)
"""An empty caption, or the end of the figure."""
_IN_PARAGRAPH = re.compile(r"<p(?=[\s>])(?:(?!</p\b).)*\Z", re.DOTALL | re.IGNORECASE)
_PARAGRAPH_END = re.compile(
    r"(?:(?!</?(?:address|article|aside|blockquote|body|caption|d[dlt]|details|div|fieldset|fig\w+|footer|form|h\d|header"
    r"|hr|li|main|nav|[ou]l|pre|section|t[dhr]|table)\b|<p\b).)*?(?P<end></p\s*>[ \t]*\r?\n?)",
    re.DOTALL | re.IGNORECASE,
)
"""The rest of a paragraph; one without an end tag ends before the next block (13.1.2.4)."""
_WRITTEN_CAPTION = re.compile(r"[\s\0]*<caption[^>]*>(?P<text>.*?)</caption\s*>", re.DOTALL | re.IGNORECASE)
_WRITTEN_FIGCAPTION = re.compile(
    r"(?:(?!</figure\b).)*?<figcaption[^>]*>(?P<text>.*?)</figcaption\s*>", re.DOTALL | re.IGNORECASE
)
_ELSEWHERE = "Write <figure> around it, with the caption in <figcaption>."


def set_table_caption(edits: TextEdits, change: TableCaption) -> None:
    """Write a caption at the beginning of a table.

    Raises:
        RefusedError: The table is not found.
    """
    if change.old:
        _reword(edits, _WRITTEN_CAPTION.match(visible(edits.text), table_in(edits, change).end()), change)
    else:
        _write_table_caption(edits, table_in(edits, change), _escaped(change.text))


def set_figure_caption(edits: TextEdits, change: FigureCaption) -> None:
    """Write a caption below an image, in a figure.

    Raises:
        RefusedError: The image is not found, or is among text.
    """
    images = in_line(edits, change.source.line, IMAGE)
    image = next(islice(images, change.index, None), None)
    if change.old:
        page = visible(edits.text)
        figure = _IN_FIGURE.search(page[: image.start()]) if image else None
        _reword(edits, _WRITTEN_FIGCAPTION.match(page, figure.start()) if figure else None, change)
    else:
        _write_figure_caption(edits, image, _escaped(change.text))


def make_caption(edits: TextEdits, change: CaptionParagraph) -> None:
    """Make a paragraph the caption of the table or the image beside it.

    Raises:
        RefusedError: The paragraph, the table or the image is not found.
    """
    paragraphs = list(in_line(edits, change.source.line, PARAGRAPH))
    start = TAG.match(edits.text, paragraphs[0].start()) if len(paragraphs) == 1 else None
    page = visible(edits.text)
    end = _PARAGRAPH_END.match(page, start.end()) if start else None
    if start is None or end is None:
        raise RefusedError("The paragraph was not found in its line.", "Write the caption yourself.")
    caption = edits.text[start.end() : end.start("end")].strip()
    table = _table_beside(page, tables_in_line(edits, change.owner.line), start.start(), end.end())
    if table:
        _write_table_caption(edits, table, caption)
    else:  # of a figure, whose image may be in a line below its own
        _write_figure_caption(edits, IMAGE.search(page, edits.line(change.owner.line)[0]), caption)
    edits.replace(start.start(), end.end(), "")


def _table_beside(page: str, tables: Sequence[re.Match[str]], start: int, end: int) -> re.Match[str] | None:
    """Return the table to which a paragraph belongs: the only one of a line, or that which is directly beside it."""
    candidates = []
    for table in tables:
        close = TABLE_END.search(page, table.end(), start)
        between = page[end : table.start()] if start < table.start() else page[close.end() : start] if close else None
        if between is not None and (len(tables) == 1 or not between.strip()):
            candidates.append(table)
    if len(candidates) > 1:
        raise RefusedError("The line is between two tables.", "Write the caption yourself.")
    return candidates[0] if candidates else None


def _reword(edits: TextEdits, caption: re.Match[str] | None, change: TableCaption | FigureCaption) -> None:
    """Write new words into a caption; tags in it stay."""
    if caption is None:
        raise RefusedError("The caption was not found in the page.", "Change it there.")
    start, end = caption.span("text")
    letters = letters_of(edits.text[start:end])
    edits.replace(start, end, "".join(reword(letters, change.old, change.text, _escaped_letters)))


def _escaped_letters(text: str) -> str:
    return escape(text, quote=False)


def _escaped(text: str) -> str:
    return escape(" ".join(text.split()), quote=False)


def _write_table_caption(edits: TextEdits, table: re.Match[str], caption: str) -> None:
    empty = _EMPTY_CAPTION.match(visible(edits.text), table.end())
    start, end = empty.span("caption") if empty else (table.end(), table.end())
    edits.replace(start, end, f"<caption>{caption}</caption>")


def _write_figure_caption(edits: TextEdits, start: re.Match[str] | None, caption: str) -> None:
    """Write a caption into the figure of an image; its paragraph becomes one if it contains nothing else."""
    image = TAG.match(edits.text, start.start()) if start else None
    if image is None:
        raise RefusedError("The image was not found in its line.", _ELSEWHERE)
    page, written = visible(edits.text), f"<figcaption>{caption}</figcaption>"
    before = page[: image.start()]
    opening, closing = _OPENING.search(before), _CLOSING.match(page, image.end())
    if figure := _IN_FIGURE.search(before):
        target = _CAPTION_PLACE.search(page, figure.start())
        if target is None:
            raise RefusedError("The figure has no end tag.", "Write </figure> below it.")
        edits.replace(*target.span(), written)
    elif opening and closing:
        edits.replace(*opening.span("name"), "figure")
        edits.replace(image.end(), closing.end(), f"{written}</figure>")
    elif _IN_PARAGRAPH.search(before):
        raise RefusedError("The image is in a paragraph with other content.", _ELSEWHERE)
    else:
        edits.replace(image.start(), image.start(), "<figure>")
        edits.replace(image.end(), image.end(), f"{written}</figure>")
