"""Words that editions add to those of the manuscript, from the labels of its language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import NamedTuple

import msgspec

from exporter import model as m
from exporter.labels import Labels, own_language_name
from exporter.model.walk import headings, walk
from exporter.parity.content import letters
from exporter.parity.docx import margins
from exporter.parity.extraction import Picture, normal

_NAVIGATION_LABELS = {
    "toc": "common.contents",
    "loi": "common.figures",
    "lot": "common.tables",
    "page-list": "epub.pages",
    "landmarks": "epub.landmarks",
    "cover": "common.cover",
    "titlepage": "epub.title_page",
    "bodymatter": "epub.start",
    "endnotes": "common.notes",
    "colophon": "common.about",
}
"""Labels of the lists of a navigation document and of its landmarks, by type (EPUB Structural Semantics)."""


class AddedWords(NamedTuple):
    """Words of the editions of a publication besides its text."""

    boxes: tuple[str, ...] | None = None
    """Letters of the names of boxes without titles, sorted; None if they are unknown."""
    titles: frozenset[str] = frozenset()
    """Letters of the titles that are added to boxes, descriptions and the table of contents."""
    cover: Picture | None = None
    """The cover that is drawn for a publication with a title and without a cover of its own."""
    shown: tuple[str, ...] = ()
    """What title page and imprint show in words of the labels: kind, people with their roles, date."""
    around: str = ""
    """Letters of all that title page and imprint may say, in lines."""
    navigation: tuple[tuple[str, str], ...] = ()
    """Types and names of the lists of a navigation document and of its landmarks."""
    margins: Mapping[str, str] = {}
    """What headers and footers in Word say, by what it is."""


def of(publication: m.Publication, labels: Labels) -> AddedWords:
    """Return what the editions of a publication add."""
    navigation = tuple((kind, normal(labels(key))) for kind, key in _NAVIGATION_LABELS.items())
    metadata = publication.metadata
    return AddedWords(
        _box_names(publication, labels),
        _titles(labels),
        _drawn_cover(metadata, labels),
        _shown(metadata, labels),
        _around(publication, labels),
        navigation,
        margins.expected(
            metadata.title,
            metadata.publisher,
            labels("docx.page_of", page="PAGE", pages="NUMPAGES"),
            metadata.direction.value,
        ),
    )


def _shown(metadata: m.Metadata, labels: Labels) -> tuple[str, ...]:
    kind = (labels(f"kinds.{metadata.kind.value}"),) if metadata.kind else ()
    # A publisher that is its own author is named once.
    people = labels.credits(metadata.authors) if metadata.creators != (metadata.publisher,) else ()
    return (*kind, *people, *((labels.date(metadata.date),) if metadata.date else ()))


def _around(publication: m.Publication, labels: Labels) -> str:
    metadata = publication.metadata
    # Without a title, web pages and EPUB have the first heading as theirs.
    titles = () if metadata.title.strip() else (heading.text for heading in headings(publication))
    families = (*metadata.members, *metadata.translations, *metadata.related)
    languages = {metadata.language, *(other.language for other in families)}
    texts = (
        *labels.texts(),
        *_shown(metadata, labels),
        # In Chinese, there is no space between the words of a label and its value.
        labels("common.published_by", publisher=metadata.publisher),
        *_strings(msgspec.to_builtins(metadata)),
        *map(labels.language_name, languages),
        *map(own_language_name, languages),
        *islice(filter(None, titles), 1),
    )
    return "\n".join(map(letters, texts))


def _strings(value: object) -> Iterator[str]:
    """Yield the texts inside tables and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(_strings, value.values()))
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(map(_strings, value))


def _titles(labels: Labels) -> frozenset[str]:
    keys = (*(f"asides.{kind.value}" for kind in m.AsideKind), "common.long_description", "common.contents")
    return frozenset(letters(labels(key)) for key in keys)


def _drawn_cover(metadata: m.Metadata, labels: Labels) -> Picture | None:
    if metadata.cover is not None or not metadata.title:
        return None
    return Picture(normal(labels("epub.cover_alt", title=metadata.full_title)))


def _box_names(publication: m.Publication, labels: Labels) -> tuple[str, ...]:
    boxes = (node for node in walk(publication) if isinstance(node, m.Aside) and not node.title)
    return tuple(sorted(letters(labels(f"asides.{box.kind.value}")) for box in boxes))
