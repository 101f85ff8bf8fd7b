"""Changes of a manuscript.

A place is the `Source` of a node as its reader gives it: `anchor` in Word files, `line` in Markdown and web pages.
Images that share a source, and tables of one line, are told apart by `index`, their position among them in the order
of the tree, from 0; a table that contains another one of the same source is not counted.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from exporter.model import Source

MetadataValue = str | tuple[str | Mapping[str, str], ...] | Mapping[str, str | bool]
"""A value as in the table `[metadata]` of `publication.toml`; a date is a text such as 2026-03-31."""


class _Change(msgspec.Struct, frozen=True, tag=True):
    """A change; they are equal if they say the same."""


class AltText(_Change, frozen=True, tag=True):
    """The alt text of an image, which then is not decorative."""

    source: Source
    text: str
    index: int = 0


class DecorativeImage(_Change, frozen=True, tag=True):
    """The mark of an image as decorative; its alt text is removed."""

    source: Source
    index: int = 0


class LongDescription(_Change, frozen=True, tag=True):
    """The long description of an image, as paragraphs that empty lines separate; it replaces an earlier one.

    Only Markdown has a place for it (`::: description` below the figure). Word has none besides a paragraph of the text
    in a style with the name “Description”, which the author has to write.
    """

    source: Source
    text: str
    index: int = 0


class Title(_Change, frozen=True, tag=True):
    """The title of the publication."""

    text: str


class Language(_Change, frozen=True, tag=True):
    """The main language of the publication."""

    tag: str
    """BCP 47 tag."""


class MetadataField(_Change, frozen=True, tag=True):
    """Another field of the metadata."""

    name: str
    """Its key in `[metadata]`, such as `kind`, `date`, `authors`, `description`, `cover`."""
    value: MetadataValue
    """An empty one removes the field."""


class HeaderRows(_Change, frozen=True, tag=True):
    """The number of header rows at the top of a table; of nested ones that begin together, the innermost."""

    source: Source
    count: int
    index: int = 0


class TableCaption(_Change, frozen=True, tag=True):
    """The caption of a table; of nested ones that begin together, the innermost."""

    source: Source
    text: str
    old: str = ""
    """The words of the caption that it has; empty if it has none."""
    index: int = 0


class FigureCaption(_Change, frozen=True, tag=True):
    """The caption of the figure of an image."""

    source: Source
    text: str
    index: int = 0
    old: str = ""
    """The words of the caption that it has; empty if it has none."""


class CaptionParagraph(_Change, frozen=True, tag=True):
    """The mark of a paragraph beside a figure or a table as its caption."""

    source: Source
    """That of the paragraph."""
    owner: Source
    """That of the figure or table."""


class TypedList(_Change, frozen=True, tag=True):
    """The mark of paragraphs that begin with typed bullets or numbers, or of lines of one, as a list."""

    source: Source
    """That of the first paragraph."""
    others: tuple[Source, ...] = ()
    """Those of the others."""


class PassageLanguage(_Change, frozen=True, tag=True):
    """The language of a paragraph, or of some of its words."""

    source: Source
    tag: str
    """BCP 47 tag."""
    words: str = ""
    """The words, where they are first in the paragraph; empty for all of it."""


class SpeakerName(_Change, frozen=True, tag=True):
    """The name of the speaker at the beginning of a turn of a transcript."""

    source: Source
    old: str
    """The name as it is written there."""
    text: str


class HeadingLevel(_Change, frozen=True, tag=True):
    """The level of a heading, or of a paragraph that becomes a heading; 0 for plain text."""

    source: Source
    level: int
    """As in the manuscript: 2 is the style Heading 2 in Word, `##` in Markdown, `h2` in a web page."""


Change = (
    AltText
    | DecorativeImage
    | LongDescription
    | Title
    | Language
    | MetadataField
    | HeaderRows
    | TableCaption
    | FigureCaption
    | CaptionParagraph
    | TypedList
    | PassageLanguage
    | SpeakerName
    | HeadingLevel
)
