"""Headings, tables, languages and speakers in Markdown (CommonMark 0.31.2, 4.2 and 4.3; tables: GFM 4.10)."""

from __future__ import annotations

import re

from exporter.revise.changes import (
    CaptionParagraph,
    HeaderRows,
    HeadingLevel,
    PassageLanguage,
    SpeakerName,
    TableCaption,
)
from exporter.revise.markdown.images import caption_image, escape
from exporter.revise.refusal import RefusedError
from exporter.revise.text_edits import TextEdits, find_words

_ATX = re.compile(r"( {0,3})(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_BOLD = re.compile(r" {0,3}(\*\*|__)(?=\S)(.+?)(?<=\S)\1[ \t]*$")
_NO_PARAGRAPH = re.compile(r" {4}|\t| {0,3}(?:[>|]|[-*+][ \t]|\d+[.)][ \t]|```|~~~|:::|<)")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_MARKS = re.compile(r"[][*_`<>|]")
_UNMARKED = "The language of such a passage is not marked."
_LOWEST = 6


def set_heading_level(edits: TextEdits, change: HeadingLevel) -> None:
    """Set the level of a heading, or make a line of its own a heading.

    Raises:
        RefusedError: The line is part of a longer paragraph, a list, a quotation or a table.
    """
    if change.level > _LOWEST:
        raise RefusedError(f"Markdown has no heading of level {change.level}.", f"Choose a level from 1 to {_LOWEST}.")
    line = change.source.line
    start, end = edits.line(line)
    content = edits.text[start:end]
    marks = "#" * change.level
    if atx := _ATX.match(content):
        if change.level:
            edits.replace(start + atx.start(2), start + atx.end(2), marks)
        else:
            edits.replace(start, end, re.sub(r"[ \t]+#+[ \t]*$", "", content[atx.end() :]))
        return
    underline = _UNDERLINE.match(edits.content(line + 1)) if content.strip() else None
    prefix = f"{marks} " if marks else ""
    if underline and not _NO_PARAGRAPH.match(content):
        edits.replace(start, edits.line(line + 1)[1], prefix + content.strip())
        return
    is_alone = not (edits.content(line - 1).strip() if line > 1 else "") and not edits.content(line + 1).strip()
    if not content.strip() or not is_alone or _NO_PARAGRAPH.match(content):
        raise RefusedError(
            "The line is part of a longer paragraph, a list, a quotation or a table.",
            "Put it on a line of its own, with empty lines around it.",
        )
    bold = _BOLD.match(content)
    if change.level:
        edits.replace(start, end, prefix + (bold[2] if bold else content.strip()))


def set_header_rows(edits: TextEdits, change: HeaderRows) -> None:
    """Make the first row of a pipe table its header row, or a row without headers.

    Raises:
        RefusedError: The table is written in another form, or can have only one header row.
    """
    line = change.source.line
    head, below = edits.content(line), edits.content(line + 1)
    if not _DELIMITER.match(below) or "|" not in head:
        raise RefusedError("The header rows of such a table are not changed.", "Write it as a table with |.")
    if change.count > 1:
        raise RefusedError("A table in Markdown has one header row at most.", "Write it in a Word file.")
    is_headless = not head.strip(" \t|")
    first = edits.content(line + 2)
    (start, _), (_, end) = edits.line(line), edits.line(line + 1)
    if change.count and is_headless:
        if "|" not in first:
            raise RefusedError("The table has no rows.", "Write them.")
        edits.replace(start, edits.line(line + 2)[1], f"{first}\n{below}")
    elif not change.count and not is_headless:
        empty = re.sub(r"[^|\\]|\\.", " ", head)
        edits.replace(start, end, f"{empty}\n{below}\n{head}")


def set_caption(edits: TextEdits, change: TableCaption) -> None:
    """Write a caption above a table.

    Raises:
        RefusedError: The table is inside a list or a quotation.
    """
    line = change.source.line
    if not re.match(r" {0,3}(?:\||[^\s>*+:<-])", edits.content(line)) or not line:
        raise RefusedError("The caption of such a table is not changed.", "Write it above the table, after Table:.")
    start, content = edits.line(line)[0], edits.content(line)
    indent = content[: len(content) - len(content.lstrip())]
    above = "\n" if line > 1 and edits.content(line - 1).strip() else ""
    edits.replace(start, start, f"{above}{indent}Table: {escape(' '.join(change.text.split()))}\n\n")


def make_caption(edits: TextEdits, change: CaptionParagraph) -> None:
    """Make a paragraph the caption of the table or the image beside it.

    Raises:
        RefusedError: It is inside a list or a quotation, or the image cannot have a caption.
    """
    line = change.source.line
    end = _paragraph_end(edits, line)
    start, stop = edits.line(line)[0], edits.line(end)[1]
    if not line or _NO_PARAGRAPH.match(edits.content(line)):
        raise RefusedError("The paragraph is part of a list or a quotation.", "Write the caption yourself.")
    if not edits.content(change.owner.line).lstrip().startswith("!["):
        edits.replace(start, start, "Table: ")
        return
    caption_image(edits, change.owner.line, 0, " ".join(edits.text[start:stop].split()))
    following = edits.line(end + 2)[0]
    while following == len(edits.text) and not edits.content(line - 1).strip():
        line -= 1
    edits.replace(edits.line(line)[0], following, "")


def _paragraph_end(edits: TextEdits, line: int) -> int:
    """Return the last line of the paragraph that begins in a line."""
    last = edits.text.count("\n") + 1
    while line < last and edits.content(line + 1).strip():
        line += 1
    return line


def set_passage_language(edits: TextEdits, change: PassageLanguage) -> None:
    """Mark a paragraph, or words in it, as written in a language.

    Raises:
        RefusedError: The paragraph does not contain the words, or is part of a list, a quotation or a table.
    """
    line = change.source.line
    end = _paragraph_end(edits, line)
    (start, _), (_, stop) = edits.line(line), edits.line(end)
    if change.words:
        words = find_words(change.words, edits.text, start, stop)
        if not line or words is None or _MARKS.search(words[0]):
            raise RefusedError(_UNMARKED, f"Write [the words]{{lang={change.tag}}}.")
        edits.replace(*words.span(), f"[{words[0]}]{{lang={change.tag}}}")
        return
    if not line or _NO_PARAGRAPH.match(edits.content(line)) or _ATX.match(edits.content(line)):
        raise RefusedError(_UNMARKED, f"Write [the words]{{lang={change.tag}}}.")
    edits.replace(start, stop, f"::: {{lang={change.tag}}}\n{edits.text[start:stop]}\n:::")


def set_speaker(edits: TextEdits, change: SpeakerName) -> None:
    """Replace the name at the beginning of a turn.

    Raises:
        RefusedError: The line does not begin with it.
    """
    start, _ = edits.line(change.source.line)
    position = edits.content(change.source.line).find(change.old) if change.source.line else -1
    if position < 0 or edits.text[start : start + position].strip(" *_"):
        raise RefusedError("The line does not begin with this name.", "Write the name there.")
    edits.replace(start + position, start + position + len(change.old), escape(change.text))
