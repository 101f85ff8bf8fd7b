"""The whole document: cover, imprint, contents, text."""

from __future__ import annotations

from typing import Any

import markupsafe
import msgspec

from exporter import formulas
from exporter.contracts import WriteContext
from exporter.findings import Finding
from exporter.labels import Labels
from exporter.model import Decorative, Described, Kind, Metadata, Publication, Section, Undescribed
from exporter.model.east_asian import count_words
from exporter.model.walk import children, plain_text
from exporter.templates import environment, safe
from exporter.writers import imprint
from exporter.writers.markup.block import Markup
from exporter.writers.markup.links import may_be_followed
from exporter.writers.markup.options import MathStyle, NoteStyle
from exporter.writers.pdf import column_widths, qr_code
from exporter.writers.pdf.design import Design, text_size
from exporter.writers.pdf.engine import asset_address
from exporter.writers.pdf.options import Notes, PageOptions, When

BOOKISH = frozenset({Kind.REPORT, Kind.MANUAL})
"""Kinds that have a cover and chapters that begin a page."""
LONG = 5000
"""Words from which a publication of no stated kind is a book."""
INDENT = 7
"""Millimetres by which the items of a list are indented."""
CROWDED = 330
"""Letters on a cover beyond which its parts stand close together."""
HANDFUL = 6
LONG_PIECE = 1500
"""Lines of the list, and words of the text, from which a piece without a cover has a list of contents."""
EDGE = 15
"""Millimetres between a wide table and the edge of the paper, as in `tables.css`."""
WIDE = 0.74
"""Size of the type in wide tables by that of the text, as in `tables.css`."""
RUNNING = 60
"""Letters beyond which a title is too long for a running head."""


class TocEntry(msgspec.Struct, frozen=True):
    """A line of the contents."""

    id: str
    title: markupsafe.Markup
    language: str | None
    direction: str | None
    entries: tuple[TocEntry, ...]


def document(
    publication: Publication, context: WriteContext, options: PageOptions, design: Design, *, notes: Notes
) -> tuple[str, list[Finding]]:
    """Return the document as XML and what its markup had to leave out."""
    metadata, labels = publication.metadata, context.labels
    markup = design.markup(
        publication,
        labels,
        href=asset_address,
        notes=NoteStyle.PAGE if notes is Notes.PAGE else NoteStyle.DOCUMENT,
        maths=MathStyle.SVG,
        name_formula=formulas.names(publication, context.styles),
    )
    sheet = design.paper
    type_size = text_size(metadata, options, sheet)
    markup.line = column_widths.letters_in(sheet.measure + sheet.hang, type_size * markup.table_scale)
    markup.wide_line = column_widths.letters_in(
        sheet.measure + sheet.hang + sheet.end - EDGE, type_size * WIDE, column_widths.DIGIT
    )
    markup.text_line = column_widths.letters_in(sheet.measure, type_size * markup.table_scale)
    markup.indent = column_widths.letters_in(INDENT, type_size * markup.table_scale)
    height = sheet.height - sheet.top - sheet.bottom
    markup.page_lines = 0.75 * column_widths.lines(height, type_size * markup.table_scale)
    markup.page_letters = column_widths.letters_in(sheet.measure, type_size) * column_widths.lines(height, type_size)
    book = is_book(publication, options)
    entries = _contents(publication, markup, options)
    values = {
        "m": metadata,
        "labels": labels,
        "book": book,
        "running_title": _running(metadata.title),
        "edition": design.edition,
        "edition_name": labels(design.name) if design.name else "",
        "size": options.page_size.value,
        "kind": metadata.kind.value if metadata.kind else "text",
        "opening": imprint.title_page(metadata, labels),
        "about": imprint.about(metadata, labels),
        "may_be_followed": may_be_followed,
        "page_address": context.links.page,
        "qr_code": qr_code.image_address(context.links.page),
        "date": metadata.date.isoformat() if metadata.date else "",
        "cover": _cover(metadata),
        "crowded": _crowded(metadata, labels),
        "title_length": _length(metadata.title),
        "contents": entries if _has_contents(publication, entries, options, book=book) else (),
        "front": safe(markup.blocks(publication.front)),
        "body": safe(markup.blocks(publication.body)),
    }
    # After the text, since a note says how often it was referred to.
    behind = "" if notes is Notes.PAGE else "\n".join(map(markup.note, publication.notes))
    values["notes"] = safe(behind)
    return environment("pdf").get_template("publication.html.j2").render(values), markup.findings


def is_book(publication: Publication, options: PageOptions) -> bool:
    """Return whether the publication has a cover, an imprint and chapters that begin a page."""
    metadata = publication.metadata
    if options.cover is not When.AUTO:
        return options.cover is When.ALWAYS
    if metadata.kind is None:
        return count_words(plain_text(publication.body)) >= LONG
    return metadata.kind in BOOKISH


def _has_contents(publication: Publication, entries: tuple[TocEntry, ...], options: PageOptions, *, book: bool) -> bool:
    if options.contents is not When.AUTO:
        return options.contents is When.ALWAYS and bool(entries)
    count = sum(1 + len(entry.entries) for entry in entries)
    return count > 2 if book else count >= HANDFUL and count_words(plain_text(publication.body)) >= LONG_PIECE


def _contents(publication: Publication, markup: Markup, options: PageOptions) -> tuple[TocEntry, ...]:
    def within(parent: Any, depth: int) -> tuple[TocEntry, ...]:
        out: list[TocEntry] = []
        for node in parent:
            if not isinstance(node, Section):
                out.extend(within(children(node), depth))
            elif depth < options.contents_depth and node.at.id:
                out.append(
                    TocEntry(
                        id=node.at.id,
                        title=safe(markup.label(node.title)),
                        language=node.at.language,
                        direction=node.at.direction.value if node.at.direction else None,
                        entries=within(node.children, depth + 1),
                    )
                )
        return tuple(out)

    return within(publication.body, 0)


def _cover(metadata: Metadata) -> dict[str, str | None] | None:
    if metadata.cover is None:
        return None
    match metadata.cover.alt:
        case Described(text):
            alt: str | None = text
        case Decorative():
            alt = ""
        case Undescribed():
            alt = None
    return {"src": asset_address(metadata.cover.source), "alt": alt}


def _crowded(metadata: Metadata, labels: Labels) -> bool:
    """Return whether a small cover, or one in large print, has no space between its parts."""
    page = imprint.title_page(metadata, labels)
    texts = (metadata.title, metadata.subtitle, *page["credits"], page["publisher"])
    return sum(map(column_widths.letters, texts)) > CROWDED


def _length(title: str) -> str:
    sizes = ((32, "short"), (80, "middle"), (120, "long"))
    return next((name for most, name in sizes if column_widths.letters(title) <= most), "vast")


def _running(title: str) -> str:
    """Return a title as running headers show it: a long one up to the colon."""
    before, colon, _ = title.partition(": ")
    return before if colon and len(title) > RUNNING else title
