"""Content of an edition, in a form in which any two editions can be compared, and what extracts it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from exporter.findings import Finding
from exporter.model import Publication, Source
from exporter.parity.content import ExtractedContent

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\u2066-\u2069\u202a-\u202e\ufeff]")
"""Soft hyphens, marks of direction and the like: they steer the layout and say nothing."""


def normal(text: str) -> str:
    """Return `text` in Unicode form C, with single spaces, without what only steers the layout."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


class Heading(msgspec.Struct, frozen=True):
    """A heading as a reader meets it."""

    text: str
    level: int | None = None
    """From 1; None where the format knows no levels."""
    source: Source | None = None
    """Its place in the manuscript, for the facts of the tree."""
    words: str | None = None
    """Of the tree: the text without formulas and pictures, where it has some; editions set, draw or say them."""


class Picture(msgspec.Struct, frozen=True):
    """A picture that carries meaning."""

    alt: str | None
    """None for a picture that nobody described."""
    source: Source | None = None


class DocumentMetadata(msgspec.Struct, frozen=True):
    """What an edition says of itself besides title and language. None: the format does not tell; empty: not said."""

    authors: tuple[str, ...] | None = None
    """Names of the authors; of everybody named where nobody is the author."""
    contributors: tuple[str, ...] | None = None
    """Names of the others, where somebody is the author."""
    publisher: str | None = None
    date: str | None = None
    """ISO 8601."""
    identifier: str | None = None
    description: str | None = None
    subjects: tuple[str, ...] | None = None
    rights: str | None = None
    kind: str | None = None
    """Name of the kind in the tree, such as `report`."""


class Extraction(msgspec.Struct, frozen=True):
    """What one edition, or the tree, says. None: the format does not tell."""

    title: str | None = None
    short_title: str | None = None
    """The title without its subtitle, where the tree has one; an edition may bear either."""
    language: str | None = None
    """BCP 47 tag of the whole."""
    headings: tuple[Heading, ...] | None = None
    """In reading order, without those that the edition adds: title page, contents, imprint."""
    plain: bool = False
    """Whether the headings are told without their formulas."""
    outline: tuple[Heading, ...] | None = None
    """A second list of the headings that the format keeps: bookmarks, navigation document."""
    pictures: tuple[Picture, ...] | None = None
    """In reading order, without the decorative ones and the cover."""
    by_number: tuple[Picture, ...] | None = None
    """Of the tree: the pictures where endnotes do not stand behind all footnotes, but by their numbers."""
    one_list: bool = False
    """Whether notes of both kinds stand in one list."""
    decorative: int | None = None
    """Number of decorative pictures, where they can be seen at all."""
    cover: Picture | None = None
    content: ExtractedContent | None = None
    """Everything, passage by passage."""
    about: DocumentMetadata | None = None
    pages: tuple[str, ...] | None = None
    """What is printed on each page, in order; of the tree: on those of the original that it marks."""
    paged: bool = False
    """Whether the pages are its own, and not those of another edition or of an original."""
    chapters: int | None = None
    """Of a recording: its chapters, without those that it adds."""
    utterances: int | None = None
    """Of a recording: how many it is made of."""
    squashed: bool = False
    """Whether spaces cannot be trusted, since the format stores places of glyphs and no words."""


class Extractor:
    """Reader of the finished files of an edition; a writer names one as `EXTRACTOR`.

    Args:
        read: Reads a file; on a broken one it raises whatever its libraries raise.
        expected: Returns what the format can hold of a publication, for one that cannot hold all.
        check: Returns findings about a file that need no publication.
    """

    is_spoken = False
    """Whether images whose files are missing are announced like others."""

    def __init__(
        self,
        read: Callable[[Path], Extraction],
        *,
        expected: Callable[[Publication], Extraction] | None = None,
        check: Callable[[Path], Iterable[Finding]] = lambda _path: (),
    ) -> None:
        self._read = read
        self._check = check
        self.expected = expected

    def extract(self, path: Path, _utterances: bytes | None = None, /) -> Extraction:
        """Return the content of a file; of a recording with its utterances as JSON, where they are known."""
        return self._read(path)

    def diff(self, _publication: Publication, path: Path, _utterances: bytes | None = None, /) -> Iterable[Finding]:
        """Return what is wrong with a file beyond its extraction."""
        return self._check(path)
