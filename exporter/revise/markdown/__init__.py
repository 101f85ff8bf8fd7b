"""Changes in Markdown: only the lines that they are about are edited."""

from __future__ import annotations

import re

from exporter.model import Metadata, Publication
from exporter.revise import changes as c
from exporter.revise.markdown.blocks import (
    make_caption,
    set_caption,
    set_header_rows,
    set_heading_level,
    set_passage_language,
    set_speaker,
)
from exporter.revise.markdown.caption_texts import reword_image_caption, reword_table_caption
from exporter.revise.markdown.front_matter import set_key
from exporter.revise.markdown.images import caption_image, describe, describe_at_length, escape
from exporter.revise.markdown.lists import make_list
from exporter.revise.text_edits import TextEdits

_TITLE = re.compile(r"( {0,3}#[ \t]+)(.*?)([ \t]+#+[ \t]*|[ \t]*\{[^{}]*\}[ \t]*)?$")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*$")


def make(edits: TextEdits, change: c.Change, tree: Publication, metadata: Metadata) -> None:
    """Make a change.

    Args:
        edits: Edits of the manuscript.
        change: The change.
        tree: The manuscript as it was read.
        metadata: The metadata of the manuscript before all changes.

    Raises:
        RefusedError: It cannot be made.
    """
    match change:
        case c.AltText() | c.DecorativeImage():
            describe(edits, change)
        case c.LongDescription():
            describe_at_length(edits, change)
        case c.HeadingLevel():
            set_heading_level(edits, change)
        case c.HeaderRows():
            set_header_rows(edits, change)
        case c.FigureCaption() if change.old:
            reword_image_caption(edits, change)
        case c.TableCaption() if change.old:
            reword_table_caption(edits, change, tree)
        case c.TableCaption():
            set_caption(edits, change)
        case c.FigureCaption(source=source, text=text, index=index):
            caption_image(edits, source.line, index, escape(" ".join(text.split())))
        case c.CaptionParagraph():
            make_caption(edits, change)
        case c.TypedList():
            make_list(edits, change)
        case c.PassageLanguage():
            set_passage_language(edits, change)
        case c.SpeakerName():
            set_speaker(edits, change)
        case c.Title(text=text):
            _set_title(edits, text, metadata)
        case c.Language(tag=tag):
            set_key(edits, "lang", tag)
        case c.MetadataField(name=name, value=value):
            set_key(edits, name, value)


def _set_title(edits: TextEdits, text: str, metadata: Metadata) -> None:
    """Set the title in the heading that contains it, in the front matter, or in both."""
    line = _first_line(edits)
    heading = edits.content(line)
    is_underlined = bool(heading.strip()) and _UNDERLINE.match(edits.content(line + 1)) is not None
    match = _TITLE.match(heading)
    known = _plain(match[2] if match else heading) if match or is_underlined else ""
    is_title = bool(known) and known == _plain(metadata.title)
    if is_title:
        start, end = edits.line(line)
        edits.replace(start + match.start(2), start + match.end(2), escape(text)) if match else edits.replace(
            start, end, escape(text)
        )
    if not is_title or re.match(r"---[ \t]*\r?\n(?:.*\n)*?title[ \t]*:", edits.text):
        set_key(edits, "title", text)


def _first_line(edits: TextEdits) -> int:
    """Return the line of the first text below the front matter."""
    line, last = 1, edits.text.count("\n") + 1
    if re.match(r"---[ \t]*$", edits.content(1)) and edits.content(2).strip():
        line = next((n for n in range(2, last) if re.match(r"(?:---|\.\.\.)[ \t]*$", edits.content(n))), 0) + 1
    while line < last and not edits.content(line).strip():
        line += 1
    return line


def _plain(text: str) -> str:
    """Return the letters of a title."""
    return " ".join(re.sub(r"[^\w ]", "", text).split()).casefold()
