"""Fixes of pictures, captions and tables that a newer version of a manuscript is given."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

from exporter import model as m
from exporter.contracts import ReadResult
from exporter.model.walk import plain_text, walk
from exporter.revise import changes as c
from exporter.revise.fixes import Fix
from exporter.revise.places import image_keys, table_keys
from exporter.validate.lint.document_index import DocumentIndex


def images(before: ReadResult, fixed: ReadResult, newer: ReadResult) -> Iterator[Fix]:
    old, with_fixes = _alts(before), _alts(fixed)
    for key, (alt, source, index) in _alts(newer).items():
        wanted = with_fixes.get(key)
        untouched = old[key][0] if key in old else m.Undescribed()
        if wanted is None or alt != untouched or wanted[0] == alt:
            continue
        match wanted[0]:
            case m.Described(text=text):
                yield Fix("picture", text, key, c.AltText(source, text, index))
            case m.Decorative():
                yield Fix("picture", "", key, c.DecorativeImage(source, index))


def _alts(read: ReadResult) -> Mapping[tuple[str, int], tuple[m.Alt, m.Source, int]]:
    """Return the alternatives of the images."""
    return {key: (image.alt, source, index) for key, (image, source, index) in sources(read).items()}


def sources(read: ReadResult) -> Mapping[tuple[str, int], tuple[m.Image, m.Source, int]]:
    """Return the images with their places, by content and position among those of the same content."""
    sources: dict[tuple[str, int], tuple[m.Image, m.Source, int]] = {}
    counts: dict[str, int] = {}
    for image, (_, index) in image_keys(read.publication):
        content = hashlib.sha256(read.media.get(image.source, image.source.encode())).hexdigest()
        number = counts[content] = counts.get(content, 0) + 1
        if image.at.source is not None:
            sources[content, number] = (image, image.at.source, index)
    return sources


def captions(before: ReadResult, fixed: ReadResult, newer: ReadResult) -> Iterator[Fix]:
    """Yield the captions of figures, for which a line that says the same is taken, and their long descriptions."""
    old, with_fixes = _figures(before), _figures(fixed)
    typed = _paragraphs_beside(newer.publication)
    for key, (figure, source, index) in _figures(newer).items():
        if key not in old or key not in with_fixes:
            continue
        known, wanted = old[key][0], with_fixes[key][0]
        description = "\n\n".join(map(plain_text, wanted.description))
        if known.description == figure.description != wanted.description and description:
            yield Fix("picture", description, key, c.LongDescription(source, description, index))
        caption = plain_text(wanted.caption)
        if _is_untouched(known, figure) and caption not in ("", plain_text(known.caption)):
            typed_line = None if figure.caption else _typed(typed.get((caption, id(figure))), figure.at.source)
            written = c.FigureCaption(source, caption, index, plain_text(figure.caption))
            yield Fix("caption", caption, key, typed_line or written)


def _is_untouched(before: m.Figure | m.Table, newer: m.Figure | m.Table) -> bool:
    """Return whether the newer version has the caption that there was before the fixes."""
    return plain_text(before.caption) == plain_text(newer.caption)


def _typed(paragraph: m.Node | None, owner: m.Source | None) -> c.CaptionParagraph | None:
    """Return the change that makes a line that is there already the caption, or None if there is none."""
    source = paragraph.at.source if paragraph else None
    return c.CaptionParagraph(source, owner) if source and owner else None


def _figures(read: ReadResult) -> Mapping[tuple[str, int], tuple[m.Figure, m.Source, int]]:
    """Return the figures by the content of their first image, each with the place of that image."""
    owners = {id(node.images[0]): node for node in walk(read.publication) if isinstance(node, m.Figure)}
    return {
        key: (owners[id(image)], source, index)
        for key, (image, source, index) in sources(read).items()
        if id(image) in owners
    }


def tables(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[Fix]:
    old, wanted, typed = tables_by_text(before), tables_by_text(fixed), _paragraphs_beside(newer)
    for text, (table, index) in tables_by_text(newer).items():
        if table.at.source is None or text not in old or text not in wanted:
            continue
        (known, _), (fixed_table, _) = old[text], wanted[text]
        caption = plain_text(fixed_table.caption)
        if _is_untouched(known, table) and caption not in ("", plain_text(table.caption)):
            typed_line = None if table.caption else _typed(typed.get((caption, id(table))), table.at.source)
            written = c.TableCaption(table.at.source, caption, plain_text(table.caption), index)
            yield Fix("caption", caption, text, typed_line or written)
        count = len(fixed_table.head)
        if len(table.head) == len(known.head) != count:
            yield Fix("table", text[0], text, c.HeaderRows(table.at.source, count, index))


def tables_by_text(publication: m.Publication) -> Mapping[tuple[str, int], tuple[m.Table, int]]:
    """Return the tables by the text of their first row, since what is below it may have been edited.

    Those whose first rows say the same are told apart by their number among these.
    """
    tables: dict[tuple[str, int], tuple[m.Table, int]] = {}
    counts: Counter[str] = Counter()
    for table, (_, index) in table_keys(publication):
        row = next((row for group in table.groups for row in group), None)
        text = plain_text(row) if row else ""
        tables[text, counts[text]] = table, index
        counts[text] += 1
    return tables


def _paragraphs_beside(publication: m.Publication) -> Mapping[tuple[str, int], m.Node]:
    """Return the paragraphs before and after figures and tables, by their text and the identity of these."""
    pairs = chain.from_iterable(map(pairwise, DocumentIndex(publication).sibling_blocks()))
    return {
        (plain_text(paragraph), id(owner)): paragraph
        for pair in pairs
        for paragraph, owner in (pair, pair[::-1])
        if isinstance(paragraph, m.Paragraph) and isinstance(owner, m.Figure | m.Table)
    }
