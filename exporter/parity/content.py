"""Passages: what a reader meets one after the other, in one form for the tree and for every edition."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

import msgspec

from exporter.model import Source

_STEERING = re.compile("[\u00ad\u200b-\u200f\u2060\u2066-\u2069\u202a-\u202e\ufeff]")
"""What steers the layout, or joins glyphs and has none itself."""
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, production 2); editions show the sign of replacement."""
QUOTES = re.compile("[\"'‘’‚‛“”„‟«»‹›「」『』`´]")
"""Marks of quotation: an edition sets those of its language around what the manuscript only calls a quotation."""


_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
"""Hyphens that typefaces draw with the glyph of another one, so that a page cannot tell them apart."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def shown(text: str) -> str:
    """Give text with the sign of replacement for private characters: no page may hold them (ISO 19005-2, 6.2.11.7)."""
    return _PRIVATE.sub("\ufffd", text)


def comparison_key(text: str) -> str:
    """Return what is compared: characters without space, without case, without marks of quotation."""
    # Pages know no line ends, capitals may be a matter of style, and each language has quotation marks of its own.
    letters = unicodedata.normalize("NFKC", shown(_STEERING.sub("", text))).translate(_HYPHENS).casefold()
    return QUOTES.sub("", "".join(letters.split()))


def written(text: str, *, quotes: bool) -> str:
    """Return what is compared where words are stored as such: signs and capitals too, with single spaces.

    Args:
        text: As it is read.
        quotes: Whether an edition sets marks of quotation of its own, so that they are left out.
    """
    text = _ILLEGAL.sub("\ufffd", _STEERING.sub("", unicodedata.normalize("NFC", text)))
    return " ".join((QUOTES.sub("", text) if quotes else text).split())


def letters(text: str) -> str:
    """Return letters and digits alone."""
    return "".join(each for each in comparison_key(text) if each.isalnum())


def list_step(style: str, label: str) -> str:
    """Return the step of a path into a list.

    Args:
        style: As CSS names it, such as lower-alpha.
        label: A number of it with what stands around, such as `(a)`; in any order of writing.
    """
    if style == "bullet":
        return "list bullet"
    around = label.count("(") + label.count(")")
    return f"list {style}" + ("", " with a parenthesis", " in parentheses")[min(around, 2)]


def is_within(one: str, other: str) -> bool:
    """Return whether all letters of one text stand in the other in their order, with or without more between them."""
    letters_ = iter(other)
    return all(letter in letters_ for letter in one)


class InlineItem(msgspec.Struct, frozen=True):
    """Something inside a passage: a link, the mark of a note, an abbreviation, a picture, a formula, code."""

    kind: str
    text: str = ""
    """The words that it covers."""
    target: str | None = None
    """Link: the address outside, or "#" and the name inside. Abbreviation: what it stands for. Note: its number, from
    1. Picture or formula: its alt text; None for one that nobody described."""
    place: tuple[int, ...] | None = None
    """Inside an edition: where the link leads: the index of a passage, or less than 0 for a note (see `in_note`)."""


class ContentItem(msgspec.Struct, frozen=True):
    """A heading, a paragraph, a cell, a picture: one thing that is read at a time."""

    kind: str
    """heading, paragraph, caption, term, cell, picture, formula."""
    text: str = ""
    path: tuple[str, ...] = ()
    """What it stands in, from outside: quote, aside, turn, "list decimal", "item 2", table, "row 1", "cell 3"."""
    runs: tuple[tuple[str, str], ...] = ()
    """Languages and the squashed words in them, in order; neighbours in one language are one run."""
    marks: tuple[InlineItem, ...] = ()
    label: str = ""
    """The number or letter before an item of a list."""
    detail: str = ""
    """Of a cell: whether and what it heads, and what it covers."""
    headers: tuple[str, ...] | None = None
    """Of a cell: the squashed words of the cells that it names as its heads; None: it names none."""
    place: str = ""
    """Where it stands in the edition."""
    page: int | None = None
    source: Source | None = None
    parts: tuple[str, ...] = ()
    """Of the tree: the edition adds words of its own around these, in this order."""


class ExtractedNote(msgspec.Struct, frozen=True):
    """A note."""

    passages: tuple[ContentItem, ...]
    backlinks: int
    """Links that lead back to the text. Of the tree: references to it."""
    source: Source | None = None
    place: str = ""
    slots: Mapping[int, int] = {}
    """As those of `ExtractedContent`."""
    unreferenced: bool = False
    """Whether nothing refers to it; an edition may leave it out, or put it anywhere behind the others."""


class ExtractedContent(msgspec.Struct, frozen=True):
    """Everything that an edition, or the tree, tells."""

    passages: tuple[ContentItem, ...]
    notes: tuple[ExtractedNote, ...] = ()
    """In the order of their first references."""
    targets: Mapping[str, int] = {}
    """Of the tree: index of the passage that begins the node of an identifier; less than 0 in a note (`in_note`)."""
    allowed_additions: Mapping[int, int] = {}
    """Of the tree: how many passages an edition may add before the passage of an index, such as the title of a box."""
    includes_cover: bool = True
    """Whether cover, imprint and colophon are among the passages, before and behind the text."""
    turns: bool = True
    """Whether the edition can tell where a speaker's turn begins and ends."""
    contents: tuple[tuple[str, int | None], ...] = ()
    """Entries of a list of contents on pages: words, and the index of the page that they lead to."""
    toc_links: tuple[tuple[str, int | None], ...] | None = None
    """Entries of a list of contents that leads into the text: words, and the index of the passage. None: there is no
    such list; an index of None: nowhere."""
    speakers: tuple[str, ...] | None = None
    """Letters of what is said of who speaks, turn by turn, name before role. None: the format cannot say."""
    quotes: bool = True
    """Whether the edition sets marks of quotation of its own among the words."""
    names: frozenset[str] = frozenset()
    """Of the tree: letters of the title and of all else that cover and imprint say too."""
    spaced: bool = False
    """Whether spaces, capitals and signs can be trusted, since the format stores words and no glyphs."""


NOWHERE = -(1 << 30)
"""The place of a link that leads to nothing that is told."""


def in_note(number: int) -> int:
    """Return the place of all that stands in a note, by its number from 1."""
    return -number


def merged(runs: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return runs with neighbours of one language put together, without what has no letters."""
    out: list[tuple[str, str]] = []
    for language, text in runs:
        words = letters(text)
        if not words:
            continue
        if out and out[-1][0] == language:
            out[-1] = (language, out[-1][1] + words)
        else:
            out.append((language, words))
    return tuple(out)


def words_of(passages: Iterable[ContentItem]) -> str:
    """Return the words of the passages of a cell."""
    return " ".join(passage.text for passage in passages if passage.kind != "cell" and passage.text)
