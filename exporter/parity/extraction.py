"""Content of an edition, in a form in which any two editions can be compared, and what extracts it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from exporter.findings import Finding
from exporter.model import Publication, Source
from exporter.parity.content import ExtractedContent

_LAYOUT_CHARACTERS = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u2060\u2066-\u2069\u202a-\u202e\ufeff]")
"""Soft hyphens, direction marks and the like, which control the layout only."""


def normal(text: str) -> str:
    """Return `text` in Unicode form C, with single spaces, without layout characters."""
    return " ".join(_LAYOUT_CHARACTERS.sub("", unicodedata.normalize("NFC", text)).split())


class Heading(msgspec.Struct, frozen=True):
    """A heading."""

    text: str
    level: int | None = None
    """From 1; None if the format has no levels."""
    source: Source | None = None
    """Its source in the manuscript, in the extraction of the tree."""
    words: str | None = None
    """Of the tree: the text without formulas and pictures, if it has some, since editions render these differently."""


class Picture(msgspec.Struct, frozen=True):
    """An image that is not decorative."""

    alt: str | None
    """None for an image without alt text."""
    source: Source | None = None
    optional: bool = False
    """Of the tree: whether it is in a note that nothing refers to, which an edition may omit."""
    file: str = ""
    """Digest of its file, if that is known."""
    is_qr_code: bool = False
    """Of an edition: whether it has a web address as its description that is beside it as a link."""


DAY = 10
"""Characters of a date without its time (ISO 8601)."""


class DocumentMetadata(msgspec.Struct, frozen=True):
    """Metadata besides title and language. None: not stated by the format; empty: not set."""

    authors: tuple[str, ...] | None = None
    """Names of the authors, or of all contributors if none is an author."""
    contributors: tuple[str, ...] | None = None
    """Names of the other contributors, if there are authors."""
    publisher: str | None = None
    date: str | None = None
    """ISO 8601."""
    identifier: str | None = None
    description: str | None = None
    subjects: tuple[str, ...] | None = None
    rights: str | None = None
    subtitle: str | None = None
    roles: tuple[str, ...] | None = None
    """Names of people with the codes of their roles (MARC relators)."""
    kind: str | None = None
    """Name of the kind in the tree, such as `report`."""
    series: str | None = None
    modified: str | None = None
    """Day of the last change, ISO 8601."""
    certifier: str | None = None
    """Who certified the accessibility of the edition."""


class Extraction(msgspec.Struct, frozen=True):
    """Data extracted from an edition or from the tree. None: not stated by the format."""

    title: str | None = None
    short_title: str | None = None
    """The title without its subtitle, if the tree has one; an edition may have either."""
    language: str | None = None
    """BCP 47 tag of the whole."""
    headings: tuple[Heading, ...] | None = None
    """In reading order, without those that the edition adds: title page, table of contents, imprint."""
    plain: bool = False
    """Whether the headings are extracted without their formulas."""
    outline: tuple[Heading, ...] | None = None
    """The outline of the format: bookmarks, navigation document."""
    pictures: tuple[Picture, ...] | None = None
    """In reading order, without the decorative ones and the cover."""
    by_number: tuple[Picture, ...] | None = None
    """Of the tree: the pictures in the order of note numbers, not with endnotes after all footnotes."""
    one_list: bool = False
    """Whether footnotes and endnotes are in one list."""
    decorative: int | None = None
    """Number of decorative images, if the format contains them."""
    optional_decorative: int = 0
    """Of the tree: how many of them are in notes that an edition may omit."""
    cover: Picture | None = None
    covers: tuple[Picture, ...] | None = None
    """Of an edition: pictures of which one is the cover, if it has one; None if it may be anywhere."""
    content: ExtractedContent | None = None
    """All content, item by item."""
    metadata: DocumentMetadata | None = None
    pages: tuple[str, ...] | None = None
    """Page labels, in order; of the tree: those of the original that it marks."""
    text_pages: tuple[str, ...] = ()
    """Of the tree: those that are not in notes, which editions place differently."""
    paged: bool = False
    """Whether the pages are its own, not those of another edition or of an original."""
    chapters: int | None = None
    """Of a recording: number of chapters, without those that it adds."""
    utterances: int | None = None
    """Of a recording: number of utterances."""
    frame: str | None = None
    """Letters of what an edition says around the text: title page, imprint, colophon. Of the tree: empty."""
    shown: tuple[str, ...] = ()
    """Of the tree: texts that are shown there."""
    around: str = ""
    """What it says there outside of links. Of the tree: letters of all that may be said there, in lines."""
    boxes: tuple[str, ...] | None = None
    """Letters of the names of boxes without titles, sorted."""
    some_boxes: bool = False
    """Whether boxes of some kinds have no names."""
    imprint_links: frozenset[tuple[str, str]] | None = None
    """Letters and addresses of the links of the imprint."""
    second_outline: tuple[Heading, ...] | None = None
    """A second outline, for software that does not know the other, such as an NCX."""
    navigation: tuple[tuple[str, str], ...] = ()
    """Types and words of what an edition calls the lists of its navigation document and the landmarks."""
    direction: str | None = None
    """Direction of the whole: ltr or rtl."""
    margins: Mapping[str, str] = {}
    """What headers and footers of a Word file say, by what it is; empty if they may say anything."""
    drawn: tuple[str, ...] | None = None
    """What is drawn on each page of a file without a structure."""
    letters: Mapping[str, int] | None = None
    """How often each letter is on these pages, if all their glyphs stand for known characters."""
    sheet: tuple[str, str] | None = None
    """The style sheet of an edition whose layout it decides: its name among the styles, and its text."""
    breaks: int | None = None
    """Number of thematic breaks."""
    tables: tuple[tuple[str, str, str], ...] | None = None
    """Letters of the titles and descriptions of tables that software reads out, and the directions of their columns,
    without tables that have neither: in the order of the text, then those of notes in any order."""
    contradictions: tuple[Finding, ...] = ()
    """What of an edition contradicts other parts of it."""
    picture_faults: tuple[tuple[str, Finding], ...] = ()
    """Pictures of an edition that are drawn otherwise than their files, with their alt texts."""
    vectors: frozenset[str] = frozenset()
    """Of the tree: alt texts of vector graphics, which may turn, stretch and cut images embedded in them."""
    spaces_unreliable: bool = False
    """Whether spaces are unreliable, because the format stores positions of glyphs, not text."""


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
        """Return the extraction of a file; the utterances of a recording are given as JSON, if known."""
        return self._read(path)

    def diff(
        self, _publication: Publication, path: Path, _utterances: bytes | None = None, sounds: bytes | None = None, /
    ) -> Iterable[Finding]:
        """Return findings about a file beyond its extraction; `sounds` say where utterances are in its sound files."""
        from exporter.parity.audio import placed_sounds

        yield from self._check(path)
        if sounds is not None:
            yield from placed_sounds.check(path, placed_sounds.decode(sounds))
