"""Removal of what is typed above the title and printed from the metadata."""

from __future__ import annotations

import msgspec

from exporter.model import Block, Paragraph, Publication, Section
from exporter.model.text_keys import same_words
from exporter.model.walk import plain_text


def apply(publication: Publication) -> Publication:
    """Remove paragraphs of the front matter, outside its sections, that only name the publisher or an author."""
    metadata = publication.metadata
    names = [name for name in (metadata.publisher, *(author.name for author in metadata.authors)) if name.strip()]

    def is_repeated(block: Block) -> bool:
        return isinstance(block, Paragraph) and any(same_words(plain_text(block), name) for name in names)

    front = tuple(block for block in publication.front if isinstance(block, Section) or not is_repeated(block))
    return msgspec.structs.replace(publication, front=front) if len(front) < len(publication.front) else publication
