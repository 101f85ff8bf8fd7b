"""Extracted content: the items of the tree or of an edition, in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import msgspec

from exporter.model import List, ListStyle, Source
from exporter.model.characters import FORBIDDEN, PRIVATE
from exporter.model.list_numbers import item_number
from exporter.parity.picture_files import Shape

_LAYOUT_CHARACTERS = re.compile("[\u00ad\u180e\u200b-\u200f\u2060\u2066-\u2069\u202a-\u202e\ufeff]")
"""Characters that control the layout or join glyphs and have no glyph of their own."""
QUOTES = re.compile("[\"'‘’‚‛“”„‟«»‹›「」『』`´\u02bb\u02bc]")
"""Quotation marks: an edition adds those of its language around elements that are quotations; and letters, as of Uzbek,
that fonts draw with the same glyphs."""

_QUOTES_WITH_SPACES = re.compile(rf"[«‹]\s|\s[»›]|{QUOTES.pattern}")
"""Quotation marks with the spaces inside them, as in French."""

POSITIONS = frozenset({"superscript", "subscript"})
"""Styles of raised and lowered text."""
NESTED = "nested"
"""Style of emphasis inside emphasis, which pages show upright."""

_LOOK_ALIKES = {**dict.fromkeys(map(ord, "\u2010\u2011"), "-"), 0x2206: "\u0394"}
"""Characters that fonts draw with the glyph of another, as hyphens and the increment: a page has one of them."""
_REMEMBERED = 4096
"""Texts whose form for comparison is remembered: each item is compared with those of many editions."""


def replace_private(text: str) -> str:
    """Return text with replaced private-use characters, which PDF/A does not allow (ISO 19005-2, 6.2.11.7)."""
    return PRIVATE.sub("\ufffd", text)


@lru_cache(_REMEMBERED)
def squash(text: str) -> str:
    """Return the text without spaces, quotation marks and layout characters, in one form of Unicode."""
    # An accent such as U+1FFD is a quotation mark in one form and a space in another.
    text = QUOTES.sub("", unicodedata.normalize("NFC", _LAYOUT_CHARACTERS.sub("", replace_private(text))))
    text = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKES)
    # What becomes adjacent is composed and ordered again.
    return unicodedata.normalize("NFKC", QUOTES.sub("", "".join(text.split())))


@lru_cache(_REMEMBERED)
def comparison_key(text: str) -> str:
    """Return the text for comparison: squashed and without case."""
    # Pages store no line ends, capitals may come from a style, and quotation marks depend on the language.
    return unicodedata.normalize("NFKC", squash(text).casefold())


def normalise(text: str, *, quotes: bool) -> str:
    """Return the text for comparison in formats that store text: with punctuation and capitals, and single spaces.

    Args:
        text: The extracted text.
        quotes: Whether the edition adds quotation marks, so that they are removed.
    """
    text = FORBIDDEN.sub("\ufffd", _LAYOUT_CHARACTERS.sub("", text))
    text = unicodedata.normalize("NFC", text)  # also what becomes adjacent without the characters removed
    return " ".join((_QUOTES_WITH_SPACES.sub("", text) if quotes else text).split())


@lru_cache(_REMEMBERED)
def letters(text: str) -> str:
    """Return only the letters and digits of the text for comparison, without accents and other marks.

    So the letters of a text are those of its parts, wherever it is divided.
    """
    decomposed = unicodedata.normalize("NFKD", comparison_key(text))
    return "".join(filter(str.isalnum, decomposed))


def list_label(style: str, number: int) -> str:
    """Return the number or letter of an item of a list; empty for other lists than numbered ones."""
    if style not in set(ListStyle) or style == ListStyle.BULLET:
        return ""
    return item_number(List((), ListStyle(style), number), 0)


def list_step(style: str, label: str) -> str:
    """Return the step of a path into a list.

    Args:
        style: Name of the style in CSS, such as lower-alpha.
        label: A number of it with its delimiters, such as `(a)`; in any writing direction.
    """
    if style == "bullet":
        return "list bullet"
    parentheses = label.count("(") + label.count(")")
    return f"list {style}" + ("", " with a parenthesis", " in parentheses")[min(parentheses, 2)]


def is_within(items: Sequence[str], container: Sequence[str]) -> bool:
    """Return whether a text or sequence contains all items in their order, possibly with others between them."""
    remaining = iter(container)
    return all(item in remaining for item in items)


MAX_CHAPTER_TITLE = 255
"""Bytes of a chapter title in an M4B, above which it is shortened."""


def is_shortened(title: str, chapter: str) -> bool:
    """Return whether the title of a chapter is a title as a recording shortens it."""
    is_long = len(title.encode()) > MAX_CHAPTER_TITLE
    return is_long and chapter.endswith("…") and title.startswith(chapter.removesuffix("…"))


class PageEntry(msgspec.Struct, frozen=True):
    """An entry of a table of contents or a bookmark of an edition of pages, or another link inside it."""

    text: str
    page: int | None
    """Index of the page that it leads to."""
    top: float | None = None
    """Points from the foot of the page."""


class InlineItem(msgspec.Struct, frozen=True):
    """Inline part of an item: a link, note reference, abbreviation, image, formula or code."""

    kind: str
    text: str = ""
    """Its text."""
    target: str | None = None
    """Link: the web address, or "#" and the ID. Abbreviation: its expansion. Note: its number, from 1. Picture or
    formula: its alt text; None if it has none."""
    goal: tuple[int, ...] | None = None
    """In an edition, the target of the link: the index of an item, or less than 0 for a note (see `in_note`)."""
    entry: PageEntry | None = None
    """In an edition of pages, the target of a link inside it."""
    structure: str = ""
    """Of a formula: its elements with their contents. Of a block of code: its lines. Of a picture: the digest of its
    file. Of a link: the number of quotation marks in its text. Empty if the format does not have them."""
    parts: str = ""
    """Of a formula of the tree: its parts (`formula_parts`), for formats without MathML."""
    shape: Shape = (0, 0)
    """Of a picture: width and height of its file in pixels."""
    width: str = ""
    """In an edition, the width at which a picture is shown, if it has a file of its own for each width."""
    styles: frozenset[str] | None = None
    """Of a formula: the styles (`STYLES`) of the text around it; None if the format does not have them."""
    language: str = ""
    """Of a picture: the language of its alt text; empty if the format does not have it."""
    title: str | None = None
    """Of a link: its title, which is shown when it is pointed at; None if the format does not have it."""
    before: int | None = None
    """Of one without text of its own: the number of letters of its item before it."""


class ContentItem(msgspec.Struct, frozen=True):
    """A heading, paragraph, cell, image or other item of the content."""

    kind: str
    """heading, paragraph, caption, term, cell, picture, formula."""
    text: str = ""
    path: tuple[str, ...] = ()
    """Its containers, the outermost first: quote, aside, turn, "list decimal", "item 2", table, "row 1", "cell 3"."""
    runs: tuple[tuple[str, str], ...] = ()
    """Runs of text in one language, in order: the language and the letters."""
    marks: tuple[InlineItem, ...] = ()
    label: str = ""
    """Number or letter of a list item."""
    detail: str = ""
    """Of a cell: its scope as a header, its spans, and whether it is in the head of the table (`IN_HEAD`)."""
    headers: tuple[str, ...] | None = None
    """Of a cell: the letters of its header cells; None if it references none."""
    location: str = ""
    """Location in the edition."""
    page: int | None = None
    y: float | None = None
    """Points from the foot of its page to the base line of its first text."""
    source: Source | None = None
    parts: tuple[str, ...] = ()
    """Of the tree: letters around which the edition adds text, in this order."""
    styles: tuple[tuple[str, str], ...] = ()
    """Runs of text with the same styles, in order: the names of the styles (`STYLES`), and the text."""
    direction: str = ""
    """Direction of the block: ltr or rtl; empty if the format does not state it."""


class ExtractedNote(msgspec.Struct, frozen=True):
    """A footnote or endnote."""

    items: tuple[ContentItem, ...]
    backlinks: int
    """Number of backlinks to the text. Of the tree: number of references to the note."""
    source: Source | None = None
    location: str = ""
    allowed_additions: Mapping[int, int] = {}
    """As in `ExtractedContent`."""
    optional_backlinks: int = 0
    """Of the tree: how many of its references are in notes that an edition may omit."""
    unreferenced: bool = False
    """Whether the text refers to it neither directly nor through other notes; an edition may omit it, or place it
    anywhere after the others."""


class ExtractedContent(msgspec.Struct, frozen=True):
    """All content of an edition or of the tree."""

    items: tuple[ContentItem, ...]
    notes: tuple[ExtractedNote, ...] = ()
    """In the order of their first references."""
    targets: Mapping[str, int] = {}
    """Of the tree: index of the first item of the node with an ID; less than 0 in a note (`in_note`)."""
    allowed_additions: Mapping[int, int] = {}
    """Of the tree: number of items that an edition may add before the item of an index, such as the title of a box."""
    includes_cover: bool = True
    """Whether the items include cover, imprint and colophon, before and after the text."""
    turns: bool = True
    """Whether the format marks where a speaker's turn begins and ends."""
    cues: bool = False
    """Whether it marks what is heard or seen between the turns."""
    contents: tuple[PageEntry, ...] = ()
    """Entries of a table of contents with page numbers."""
    bookmarks: tuple[PageEntry, ...] = ()
    page_labels: tuple[str, ...] = ()
    toc_links: tuple[tuple[str, int | None], ...] | None = None
    """Entries of a table of contents with links: text, and the index of the target item, or None if the link is
    broken. None: there is no such table."""
    speakers: tuple[str, ...] | None = None
    """Letters of the name and role of the speaker of each turn. None: the format does not state it."""
    optional_speakers: int = 0
    """Of the tree: how many of the last ones are in notes that an edition may omit."""
    quotes: bool = True
    """Whether the edition adds quotation marks to the text."""
    placed: Mapping[str, tuple[str, ...]] = {}
    """Of the tree: digests of what the edition should have of each picture, by its own, as far as that is known."""
    names: frozenset[str] = frozenset()
    """Of the tree: letters of the title and of other metadata that cover and imprint repeat."""
    titles: frozenset[str] = frozenset()
    """Of the tree: letters of the titles that editions add to boxes, descriptions and the table of contents."""
    styles: frozenset[str] = frozenset()
    """Styles that the format states."""
    spaced: bool = False
    """Whether spaces, capitals and punctuation are reliable, because the format stores text, not glyphs."""


IN_HEAD = ", in the head"
"""End of the detail of a cell in the head of its table."""
STYLES = frozenset({"emphasis", "strong", "strikethrough", "superscript", "subscript", "quotation", "capitals"})
STYLES |= {"rtl", "override"}
"""Styles of text: what HTML calls em, strong, s, sup, sub, q, text from right to left, and bdo; and other capitals than
those of the text."""


def lines_of(text: str) -> str:
    """Return where the lines of code begin, without empty ones."""
    lines = text.expandtabs(4).strip("\n").split("\n")
    return ", ".join(str(len(line) - len(line.lstrip())) for line in lines if line.strip())


NOWHERE = -(1 << 30)
"""The goal of a link whose target is not extracted."""


def in_note(number: int) -> int:
    """Return the goal of links into a note, by its number from 1."""
    return -number


def joined(runs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return runs (language or style, and text) without empty ones, adjacent ones of the same kind joined."""
    filled = [run for run in runs if run[1]]
    return tuple((kind, "".join(text for _, text in same)) for kind, same in groupby(filled, itemgetter(0)))


def merged(runs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the letters of runs, joined by their language."""
    return joined((language, letters(text)) for language, text in runs)


def styled(
    runs: Iterable[tuple[str, str]], names: Collection[str], key: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    """Return runs of text with only some of their styles, as text for comparison, adjacent ones joined."""
    chosen = [(" ".join(name for name in styles.split() if name in names), text) for styles, text in runs]
    return joined((style, key("".join(text for _, text in same))) for style, same in groupby(chosen, itemgetter(0)))


def words_of(items: Iterable[ContentItem]) -> str:
    """Return the text of the items of a cell."""
    return " ".join(item.text for item in items if item.kind != "cell" and item.text)
