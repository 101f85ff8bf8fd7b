"""Fixes of pictures, captions and tables that a newer version of a manuscript is given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from exporter import model as m
from exporter.model.walk import plain_text, walk
from exporter.revise import changes as c
from exporter.revise.counterparts import Candidate, Version, counterparts
from exporter.revise.fixes import Fix, LostFix
from exporter.revise.places import image_keys, table_keys
from exporter.validate.lint.document_index import DocumentIndex


class _Picture(NamedTuple):
    image: m.Image
    number: int
    """Among those with its source."""
    figure: m.Figure | None
    """That of which it is the first image."""

    @property
    def caption(self) -> tuple[m.Inline, ...]:
        return self.figure.caption if self.figure else ()

    @property
    def description(self) -> tuple[m.Block, ...]:
        return self.figure.description if self.figure else ()


def pictures(before: Version, fixed: Version, newer: Version) -> Iterator[Fix | LostFix]:
    """Yield the descriptions of images, and captions and long descriptions of figures.

    For a caption, a line that says the same is taken.
    """
    typed = _paragraphs_beside(newer.publication)
    for old, wanted, present in counterparts(*map(_pictures, (before, fixed, newer))):
        source = present.image.at.source if present else None
        alt, caption = wanted.image.alt, plain_text(wanted.caption)
        description = "\n\n".join(map(plain_text, wanted.description))
        if old.image.alt != alt and not isinstance(alt, m.Undescribed):
            words = alt.text if isinstance(alt, m.Described) else ""
            if present is None or source is None:
                yield LostFix("picture", words)
            elif present.image.alt == old.image.alt:
                change = (
                    c.AltText(source, words, present.number) if words else c.DecorativeImage(source, present.number)
                )
                yield Fix("picture", words, change)
        if old.description != wanted.description and description:
            if present is None or source is None:
                yield LostFix("picture", description)
            elif present.description == old.description:
                yield Fix("picture", description, c.LongDescription(source, description, present.number))
        if caption not in ("", plain_text(old.caption)):
            if present is None or source is None:
                yield LostFix("caption", caption)
            elif plain_text(present.caption) == plain_text(old.caption):
                written = c.FigureCaption(source, caption, present.number, plain_text(present.caption))
                yield Fix("caption", caption, _typed(typed, caption, present.figure) or written)


def _pictures(version: Version) -> Sequence[Candidate[_Picture]]:
    """Return the images by their content."""
    owners = {id(node.images[0]): node for node in walk(version.publication) if isinstance(node, m.Figure)}
    return [
        Candidate(
            hashlib.sha256(version.media.get(image.source, image.source.encode())).digest(),
            version.around(image),
            _Picture(image, index, owners.get(id(image))),
        )
        for image, (_, index) in image_keys(version.publication)
    ]


class _Table(NamedTuple):
    table: m.Table
    number: int
    """Among those with its source."""


def tables(before: Version, fixed: Version, newer: Version) -> Iterator[Fix | LostFix]:
    """Yield the captions and header rows of tables; for a caption, a line that says the same is taken."""
    typed = _paragraphs_beside(newer.publication)
    for (old, _), (wanted, _), present in counterparts(*map(_tables, (before, fixed, newer))):
        table, index = present or (None, 0)
        source = table.at.source if table else None
        caption, count = plain_text(wanted.caption), len(wanted.head)
        if caption not in ("", plain_text(old.caption)):
            if table is None or source is None:
                yield LostFix("caption", caption)
            elif plain_text(table.caption) == plain_text(old.caption):
                written = c.TableCaption(source, caption, plain_text(table.caption), index)
                yield Fix("caption", caption, _typed(typed, caption, table) or written)
        if len(old.head) != count:
            row = _rows(wanted)[0]
            if table is None or source is None:
                yield LostFix("table", row)
            elif len(table.head) == len(old.head):
                yield Fix("table", row, c.HeaderRows(source, count, index))


def _tables(version: Version) -> Sequence[Candidate[_Table]]:
    """Return the tables by the text of their first row, since what is below it may have been edited."""
    return [
        Candidate(_rows(table)[0], _rows(table), _Table(table, index))
        for table, (_, index) in table_keys(version.publication)
    ]


def _rows(table: m.Table) -> tuple[str, ...]:
    """Return the texts of the rows; that of none is empty."""
    return tuple(plain_text(row) for group in table.groups for row in group) or ("",)


_Paragraphs = Mapping[tuple[str, int], m.Node]


def _typed(paragraphs: _Paragraphs, text: str, owner: m.Figure | m.Table | None) -> c.CaptionParagraph | None:
    """Return the change that makes a line that is there already the caption, or None if there is none."""
    if owner is None or owner.caption or (paragraph := paragraphs.get((text, id(owner)))) is None:
        return None
    source = paragraph.at.source
    return c.CaptionParagraph(source, owner.at.source) if source and owner.at.source else None


def _paragraphs_beside(publication: m.Publication) -> _Paragraphs:
    """Return the paragraphs before and after figures and tables, by their text and the identity of these."""
    pairs = chain.from_iterable(map(pairwise, DocumentIndex(publication).sibling_blocks()))
    return {
        (plain_text(paragraph), id(owner)): paragraph
        for pair in pairs
        for paragraph, owner in (pair, pair[::-1])
        if isinstance(paragraph, m.Paragraph) and isinstance(owner, m.Figure | m.Table)
    }
