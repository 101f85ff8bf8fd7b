"""Typed lists that become lists in web pages (HTML 4.4.5 ol, 4.4.6 ul)."""

from __future__ import annotations

import re
from html import unescape

from exporter.model import ListDelimiter, ListStyle
from exporter.model.block import counter_style
from exporter.model.typed_lists import Numbering
from exporter.revise.changes import TypedList
from exporter.revise.html.passages import PARAGRAPH, in_line
from exporter.revise.html.tags import HIDDEN, visible
from exporter.revise.list_marks import LINE_MARKER, NO_LIST, numbering
from exporter.revise.rewording import Letter, drop_first
from exporter.revise.text_edits import TextEdits

UNIT = re.compile(
    rf"(?P<tag>{HIDDEN}|</?[A-Za-z](?:\"[^\"]*\"|'[^']*'|[^\"'>])*>)|&#?\w+;|.", re.DOTALL | re.IGNORECASE
)
"""A tag, or a character as it is written."""
_WRITTEN = r"<p(?=[\s>])(?P<rest>[^>]*>)(?P<text>(?:(?!</?p\b).)*)</p\s*>"
_PARAGRAPH = re.compile(_WRITTEN, re.DOTALL | re.IGNORECASE)
_NEXT = re.compile(rf"\s*{_WRITTEN}", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_TYPES = {
    ListStyle.LOWER_ALPHA: "a",
    ListStyle.UPPER_ALPHA: "A",
    ListStyle.LOWER_ROMAN: "i",
    ListStyle.UPPER_ROMAN: "I",
}


def letters_of(written: str) -> list[Letter]:
    """Return a text as it is written."""
    units = ((unit["tag"], unit[0]) for unit in UNIT.finditer(written))
    return [Letter("" if tag else unescape(unit), unit) for tag, unit in units]


def make_list(edits: TextEdits, change: TypedList) -> None:
    """Make paragraphs, or the lines of one, items of a list, without the bullets or numbers that were typed.

    Raises:
        RefusedError: The paragraphs have no end tags or other elements between them, or are no list without levels.
    """
    paragraphs = _paragraphs(edits, change)
    items: list[str] = []
    intro: list[str] = []
    plain: list[str] = []
    for match in paragraphs:
        for line in _lines(edits, match):
            letters = letters_of(line)
            plain.append("".join(letter.character for letter in letters))
            if marker := LINE_MARKER.match(plain[-1]):
                rest = match["rest"] if change.others else ">"
                items.append(f"<li{rest}{drop_first(letters, marker.end())}")
            elif items:
                items[-1] += f"<br>\n{line}"
            else:
                intro.append(line)
    opening, closing = _tags(numbering(plain))
    before = f"<p{paragraphs[0]['rest']}{'<br>'.join(intro)}</p>\n" if intro else ""
    inside = "\n".join(f"{item}</li>" for item in items)
    edits.replace(paragraphs[0].start(), paragraphs[-1].end(), f"{before}{opening}\n{inside}\n{closing}")


def _paragraphs(edits: TextEdits, change: TypedList) -> list[re.Match[str]]:
    """Return the paragraphs of a change, which follow each other.

    Raises:
        RefusedError: They have no end tags, or something is between them.
    """
    starts = [tag.start() for tag in in_line(edits, change.source.line, PARAGRAPH)]
    page = visible(edits.text)
    matches = (match for start in starts if (match := _PARAGRAPH.match(page, start)))
    paragraphs = [match for match in matches if any(_is_item(line) for line in _lines(edits, match))][:1]
    while paragraphs and len(paragraphs) <= len(change.others):
        following = _NEXT.match(page, paragraphs[-1].end())
        if following is None:
            break
        paragraphs.append(following)
    if len(paragraphs) <= len(change.others):
        raise NO_LIST
    return paragraphs


def _lines(edits: TextEdits, paragraph: re.Match[str]) -> list[str]:
    """Return the lines of a paragraph as they are written."""
    return _BREAK.split(edits.text[slice(*paragraph.span("text"))])


def _is_item(written: str) -> bool:
    return LINE_MARKER.match("".join(letter.character for letter in letters_of(written))) is not None


def _tags(wanted: Numbering) -> tuple[str, str]:
    if wanted.style is ListStyle.BULLET:
        return "<ul>", "</ul>"
    kind = f' type="{_TYPES[wanted.style]}"' if wanted.style in _TYPES else ""
    if wanted.delimiter is not ListDelimiter.PERIOD:
        kind += f' class="{counter_style(wanted.style, wanted.delimiter)}"'
    start = f' start="{wanted.start}"' if wanted.start != 1 else ""
    return f"<ol{kind}{start}>", "</ol>"
