"""Extraction from the tree: the expected side of every comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from exporter import model as m
from exporter.model.walk import headings, images, referenced_notes, walk
from exporter.parity.content import ExtractedContent, letters
from exporter.parity.extraction import DocumentMetadata, Extraction, Heading, Picture, normal
from exporter.parity.tree_content import extract_content
from exporter.parity.tree_inlines import FormulaNames


def extract_tree(
    publication: m.Publication,
    *,
    whole: bool = True,
    name_formula: FormulaNames = lambda _formula: None,
    one_position: bool = False,
) -> Extraction:
    """Return the extraction of a publication after the transforms.

    Args:
        publication: The tree.
        whole: Whether to extract the content too, which takes as long as everything else together.
        name_formula: Returns formulas in words.
        one_position: Whether a run is either raised or lowered, as by the innermost of two nodes.
    """
    metadata = publication.metadata
    endnotes: list[m.Note] = []
    footnotes: list[m.Note] = []
    for note in publication.notes:
        (endnotes if note.kind is m.NoteKind.ENDNOTE else footnotes).append(note)
    text = (*publication.front, *publication.body)
    referenced = {note.id for note in referenced_notes(publication)}
    optional = frozenset(map(id, images(note for note in publication.notes if note.id not in referenced)))
    # Editions place notes differently: their images are counted after the text.
    all_images = tuple(images((*text, *footnotes, *endnotes)))
    decorative = [image for image in all_images if isinstance(image.alt, m.Decorative)]
    all_headings = tuple(
        Heading(normal(text), level, section.at.source, _text_without_formulas(section))
        for level, text, section in headings(publication)
    )
    return Extraction(
        title=normal(metadata.full_title),
        short_title=normal(metadata.title),
        language=metadata.language,
        headings=all_headings,
        outline=all_headings,
        pictures=tuple(_described_pictures(all_images, optional)),
        by_number=tuple(_described_pictures(images(publication), optional)),
        decorative=len(decorative),
        optional_decorative=sum(id(image) in optional for image in decorative),
        cover=_cover(publication),
        content=_whole(publication, name_formula, one_position=one_position) if whole else None,
        metadata=_metadata(metadata),
        pages=_pages(walk(publication)),
        text_pages=_pages(walk(text)),
        direction=metadata.direction.value,
        shown=_shown(metadata),
        vectors=frozenset(_alts_of_vectors(publication, all_images)),
        breaks=sum(isinstance(node, m.ThematicBreak) for node in walk(publication)),
    )


def _pages(nodes: Iterable[m.Node]) -> tuple[str, ...]:
    return tuple(normal(node.label) for node in nodes if isinstance(node, m.PageBreak) and node.label)


def _whole(publication: m.Publication, name_formula: FormulaNames, *, one_position: bool) -> ExtractedContent:
    metadata = publication.metadata
    title = (metadata.title, metadata.subtitle, f"{metadata.title} {metadata.subtitle}")
    imprint = (metadata.publisher, metadata.description, metadata.series, metadata.rights)
    related_titles = (other.title for other in (*metadata.members, *metadata.translations, *metadata.related))
    content = extract_content(publication, name_formula, one_position=one_position)
    return msgspec.structs.replace(content, names=frozenset(map(letters, (*title, *imprint, *related_titles))))


def _text_without_formulas(section: m.Section) -> str | None:
    """Return the text of a heading without its formulas and images, or None if it has none of them."""
    if not any(isinstance(node, m.Math | m.Image) for node in walk(section.title)):
        return None
    return normal("".join(map(_text_of, walk(section.title))))


def _text_of(node: m.Node) -> str:
    match node:
        case m.Text(text) | m.Code(text) | m.Abbreviation(text):
            return text
        case m.LineBreak():
            return " "
        case _:
            return ""


def _shown(metadata: m.Metadata) -> tuple[str, ...]:
    """Return what title page and imprint show."""
    contact = metadata.contact or m.Contact()
    return (
        *(metadata.title, metadata.subtitle, *metadata.creators, metadata.publisher, metadata.rights),
        *(metadata.series, metadata.identifier, metadata.place),
        *(other.title for other in (*metadata.members, *metadata.translations, *metadata.related)),
        *(contact.name, contact.email, contact.url, contact.phone),
    )


def _metadata(metadata: m.Metadata) -> DocumentMetadata:
    authored = any(person.role == m.AUTHOR for person in metadata.authors)
    others = tuple(person.name for person in metadata.authors if authored and person.role != m.AUTHOR)
    return DocumentMetadata(
        authors=tuple(map(normal, metadata.creators)),
        contributors=tuple(map(normal, others)),
        publisher=normal(metadata.publisher),
        date=metadata.date.isoformat() if metadata.date else "",
        identifier=normal(metadata.identifier),
        description=normal(metadata.description),
        subjects=tuple(map(normal, metadata.subjects)),
        rights=normal(metadata.rights),
        subtitle=normal(metadata.subtitle),
        roles=tuple(f"{normal(person.name)} {person.role}" for person in metadata.authors),
        kind=metadata.kind.value if metadata.kind else "",
        series=normal(metadata.series),
        modified=metadata.date.isoformat() if metadata.date else "",
        certifier=normal(metadata.certifier),
    )


def _described_pictures(all_images: Iterable[m.Image], optional: frozenset[int]) -> Iterator[Picture]:
    for image in all_images:
        if not isinstance(image.alt, m.Decorative):
            alt = normal(image.alt.text) if isinstance(image.alt, m.Described) else None
            yield Picture(alt, image.at.source, id(image) in optional)


def _alts_of_vectors(publication: m.Publication, all_images: Iterable[m.Image]) -> Iterator[str]:
    vectors = {asset.name for asset in publication.assets if asset.media_type == "image/svg+xml"}
    cover = publication.metadata.cover
    for image in (*all_images, *((cover,) if cover else ())):
        if image.source in vectors and isinstance(image.alt, m.Described):
            yield normal(image.alt.text)


def _cover(publication: m.Publication) -> Picture | None:
    cover = publication.metadata.cover
    if cover is None or isinstance(cover.alt, m.Decorative):
        return None
    return Picture(
        None if isinstance(cover.alt, m.Undescribed) else normal(cover.alt.text), publication.metadata.source
    )
