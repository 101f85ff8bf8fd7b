"""Changes in web pages (HTML 4.2.2, 3.2.6.2)."""

from __future__ import annotations

import re
from html import escape

from exporter.revise import changes as c
from exporter.revise.html.captions import make_caption, set_figure_caption, set_table_caption
from exporter.revise.html.lists import make_list
from exporter.revise.html.passages import in_line, set_header_rows, set_passage_language
from exporter.revise.html.tags import IMAGE, set_alt, set_attribute, visible
from exporter.revise.refusal import RefusedError, UnsupportedError
from exporter.revise.text_edits import TextEdits

_TITLE = re.compile(r"<title[^>]*>(?P<text>.*?)</title\s*>|<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<html\b", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)


def make(edits: TextEdits, change: c.Change) -> None:
    """Make a change.

    Raises:
        RefusedError: It cannot be made.
    """
    match change:
        case c.AltText() | c.DecorativeImage():
            _describe(edits, change)
        case c.Title(text=text):
            _set_title(edits, text)
        case c.Language(tag=tag):
            root = _ROOT.search(visible(edits.text))
            if root is None:
                raise UnsupportedError("The web page has no <html>.", "Write it around the page.")
            names = set_attribute(edits, root.start(), "lang", tag)
            if "xml:lang" in names:
                set_attribute(edits, root.start(), "xml:lang", tag)
        case c.TableCaption():
            set_table_caption(edits, change)
        case c.FigureCaption():
            set_figure_caption(edits, change)
        case c.CaptionParagraph():
            make_caption(edits, change)
        case c.TypedList():
            make_list(edits, change)
        case c.HeaderRows():
            set_header_rows(edits, change)
        case c.PassageLanguage():
            set_passage_language(edits, change)
        case _:
            raise UnsupportedError("This is not changed in web pages.", "Change it in the page.")


def _describe(edits: TextEdits, change: c.AltText | c.DecorativeImage) -> None:
    images = list(in_line(edits, change.source.line, IMAGE))
    if change.index >= len(images):
        raise RefusedError("The image was not found in its line.", "Change its alt text there.")
    set_alt(edits, images[change.index].start(), change)


def _set_title(edits: TextEdits, text: str) -> None:
    title = next((match for match in _TITLE.finditer(visible(edits.text)) if match["text"] is not None), None)
    if title is not None:
        edits.replace(*title.span("text"), escape(text, quote=False))
        return
    head = _HEAD.search(visible(edits.text))
    if head is None:
        raise UnsupportedError("The web page has no <head>.", "Write it, with a <title>.")
    edits.replace(head.end(), head.end(), f"<title>{escape(text, quote=False)}</title>")
