"""What the tree says: the measure of every edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from exporter.model import (
    AUTHOR,
    Abbreviation,
    Code,
    Decorative,
    Described,
    Image,
    LineBreak,
    Math,
    Metadata,
    Node,
    Note,
    NoteKind,
    PageBreak,
    Publication,
    Section,
    Text,
    Undescribed,
)
from exporter.model.walk import headings, images, walk
from exporter.parity.content import ExtractedContent, letters
from exporter.parity.extraction import DocumentMetadata, Extraction, Heading, Picture, normal
from exporter.parity.tree_content import told


def facts(publication: Publication, *, whole: bool = True) -> Extraction:
    """Return the facts of a publication after the transforms.

    Args:
        publication: The tree.
        whole: Whether to tell it word for word, which takes as long as all else together.
    """
    metadata = publication.metadata
    endnotes: list[Note] = []
    footnotes: list[Note] = []
    for note in publication.notes:
        (endnotes if note.kind is NoteKind.ENDNOTE else footnotes).append(note)
    # Editions put notes where they belong: their pictures are counted behind the text.
    every = tuple(images((*publication.front, *publication.body, *footnotes, *endnotes)))
    found = tuple(
        Heading(normal(text), level, section.at.source, _alone(section))
        for level, text, section in headings(publication)
    )
    return Extraction(
        title=normal(": ".join(filter(None, (metadata.title, metadata.subtitle)))),
        short_title=normal(metadata.title),
        language=metadata.language,
        headings=found,
        outline=found,
        pictures=tuple(_told(every)),
        by_number=tuple(_told(images(publication))),
        decorative=sum(isinstance(image.alt, Decorative) for image in every),
        cover=_cover(publication),
        content=_whole(publication) if whole else None,
        about=_about(metadata),
        pages=tuple(normal(node.label) for node in walk(publication) if isinstance(node, PageBreak) and node.label),
    )


def _whole(publication: Publication) -> ExtractedContent:
    about = publication.metadata
    title = (about.title, about.subtitle, f"{about.title} {about.subtitle}")
    imprint = (about.publisher, about.description, about.series, about.rights)
    others = (each.title for each in (*about.translations, *about.related))
    return msgspec.structs.replace(told(publication), names=frozenset(map(letters, (*title, *imprint, *others))))


def _alone(section: Section) -> str | None:
    """Return the words of a heading without its formulas and pictures; None when it has none."""
    if not any(isinstance(node, Math | Image) for node in walk(section.title)):
        return None
    return normal("".join(map(_said, walk(section.title))))


def _said(node: Node) -> str:
    match node:
        case Text(text) | Code(text) | Abbreviation(text):
            return text
        case LineBreak():
            return " "
        case _:
            return ""


def _about(metadata: Metadata) -> DocumentMetadata:
    authored = any(person.role == AUTHOR for person in metadata.authors)
    others = tuple(person.name for person in metadata.authors if authored and person.role != AUTHOR)
    return DocumentMetadata(
        authors=tuple(map(normal, metadata.creators)),
        contributors=tuple(map(normal, others)),
        publisher=normal(metadata.publisher),
        date=metadata.date.isoformat() if metadata.date else "",
        identifier=normal(metadata.identifier),
        description=normal(metadata.description),
        subjects=tuple(map(normal, metadata.subjects)),
        rights=normal(metadata.rights),
        kind=metadata.kind.value if metadata.kind else "",
    )


def _told(every: Iterable[Image]) -> Iterator[Picture]:
    return (_picture(image) for image in every if not isinstance(image.alt, Decorative))


def _picture(image: Image) -> Picture:
    return Picture(normal(image.alt.text) if isinstance(image.alt, Described) else None, image.at.source)


def _cover(publication: Publication) -> Picture | None:
    cover = publication.metadata.cover
    if cover is None or isinstance(cover.alt, Decorative):
        return None
    return Picture(None if isinstance(cover.alt, Undescribed) else normal(cover.alt.text), publication.metadata.source)
