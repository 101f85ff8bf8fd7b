"""Manual checks: what a publication contains, and the questions about it that only a person can answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from exporter import model as m
from exporter.contracts import EditionKind
from exporter.model.table_grid import place_cells
from exporter.model.walk import children, images
from exporter.report.model import ManualCheck

_MOST_SOURCES = 200


class _IndexedNode(NamedTuple):
    """A node of the tree, with its source."""

    node: m.Node
    source: m.Source | None
    """Its source, or that of the nearest node around it."""
    foreign: bool
    """Whether it begins a passage in another language."""


def count_content(publication: m.Publication) -> dict[str, int]:
    """Count the parts of the manuscript: images, tables, headings …"""
    counts: Counter[str] = Counter(
        {
            "pictures": 0,
            "alts": 0,
            "decorative": 0,
            "descriptions": 0,
            "tables": 0,
            "headings": 0,
            "links": 0,
            "lists": 0,
        }
        | {"notes": len(publication.notes), "passages": 0, "transcripts": 0, "formulas": 0, "abbreviations": 0}
    )
    for alt in _alts(publication):
        counts["pictures"] += 1
        counts["alts"] += isinstance(alt, m.Described)
        counts["decorative"] += isinstance(alt, m.Decorative)
    abbreviations = set()
    for node, _, foreign in _walk(publication):
        counts["passages"] += foreign
        match node:
            case m.Table() | m.Figure():
                counts["tables"] += isinstance(node, m.Table)
                counts["descriptions"] += bool(node.description)
            case m.Section():
                counts["headings"] += 1
            case m.Link():
                counts["links"] += 1
            case m.List() | m.DefinitionList():
                counts["lists"] += 1
            case m.Transcript():
                counts["transcripts"] += 1
            case m.Math() | m.MathBlock():
                counts["formulas"] += 1
            case m.Abbreviation():
                abbreviations.add(node.text)
            case _:
                pass
    counts["abbreviations"] = len(abbreviations)
    return dict(counts)


def list_manual_checks(publication: m.Publication, kinds: Iterable[EditionKind]) -> tuple[ManualCheck, ...]:
    """Return the manual checks that a publication needs, the most important first.

    Args:
        publication: The tree.
        kinds: Kinds of the editions that were made.
    """
    indexed = list(_walk(publication))
    spoken = {EditionKind.SOUND, EditionKind.DAISY, EditionKind.EPUB} & set(kinds)
    checks = (
        *_pictures(publication, indexed),
        *_tables(indexed),
        *_transcripts(indexed),
        *_voices(publication, indexed, has_speech=bool(spoken)),
        *_text(publication, indexed),
    )
    return tuple(_in_singular(check) if check.what.startswith("1 ") else check for check in checks)


def _in_singular(check: ManualCheck) -> ManualCheck:
    return msgspec.structs.replace(check, question=check.question.replace(" each ", " it ", 1))


def _pictures(publication: m.Publication, nodes: list[_IndexedNode]) -> Iterator[ManualCheck]:
    images = [(indexed, indexed.node.alt) for indexed in nodes if isinstance(indexed.node, m.Image)]
    cover = publication.metadata.cover
    described = [image for image, alt in images if isinstance(alt, m.Described)]
    decorative = [image for image, alt in images if isinstance(alt, m.Decorative)]
    covered = 1 if cover and isinstance(cover.alt, m.Described) else 0
    if described or covered:
        what = _format_count(len(described) + covered, "alt text", "alt texts")
        yield ManualCheck(
            f"{what}, that of the cover among them" if covered and described else what,
            "Is each correct, and does it say what the image is there for?",
            ("WCAG 1.1.1",),
            _sources(described),
        )
    if decorative:
        yield ManualCheck(
            _format_count(len(decorative), "image marked as decorative", "images marked as decorative"),
            "Would nothing be missed without it?",
            ("WCAG 1.1.1",),
            _sources(decorative),
        )
    long = [indexed for indexed in nodes if isinstance(indexed.node, m.Figure | m.Table) and indexed.node.description]
    if long:
        yield ManualCheck(
            _format_count(len(long), "long description", "long descriptions"),
            "Does each contain all information of the image or table?",
            ("WCAG 1.1.1",),
            _sources(long),
        )
    if images:
        yield ManualCheck(
            _format_count(len(images), "image", "images"),
            "Can the parts be distinguished without colour, do lines and words have enough contrast, and are there "
            "words in it that should be text?",
            ("WCAG 1.4.1", "WCAG 1.4.3", "WCAG 1.4.5", "WCAG 1.4.11"),
            _sources(image for image, _ in images),
        )


def _tables(nodes: list[_IndexedNode]) -> Iterator[ManualCheck]:
    tables = [
        (number, table)
        for number, table in enumerate((indexed for indexed in nodes if isinstance(indexed.node, m.Table)), 1)
    ]
    bare = [(number, table) for number, table in tables if isinstance(table.node, m.Table) and not table.node.caption]
    complex_tables = [table for _, table in tables if isinstance(table.node, m.Table) and _is_complex(table.node)]
    if bare:
        numbers = ", ".join(str(number) for number, _ in bare[:8]) + (" …" if len(bare) > 8 else "")
        yield ManualCheck(
            f"No caption for table {numbers}" if len(bare) == 1 else f"No caption for tables {numbers}",
            "Does the text before it say what it shows?",
            ("WCAG 1.3.1",),
            _sources(table for _, table in bare),
        )
    if complex_tables:
        yield ManualCheck(
            _format_count(
                len(complex_tables),
                "table with merged cells or several header rows",
                "tables with merged cells or several header rows",
            ),
            "Read cell by cell with its headers, is every value understood?",
            ("WCAG 1.3.1", "WCAG 1.3.2"),
            _sources(complex_tables),
        )


def _transcripts(nodes: list[_IndexedNode]) -> Iterator[ManualCheck]:
    transcripts = [indexed for indexed in nodes if isinstance(indexed.node, m.Transcript)]
    if transcripts:
        yield ManualCheck(
            _format_count(len(transcripts), "video script or interview", "video scripts or interviews"),
            "Does it contain everything that is said, and everything that can only be seen?",
            ("WCAG 1.2.1", "WCAG 1.2.3"),
            _sources(transcripts),
        )


def _voices(publication: m.Publication, nodes: list[_IndexedNode], *, has_speech: bool) -> Iterator[ManualCheck]:
    foreign = [indexed for indexed in nodes if indexed.foreign]
    if foreign:
        yield ManualCheck(
            _format_count(len(foreign), "passage in another language", "passages in other languages"),
            "Is every foreign passage marked, and with the right language?",
            ("WCAG 3.1.2",),
            _sources(foreign),
        )
    if not has_speech:
        return
    speakers = {indexed.node.speaker.name for indexed in nodes if isinstance(indexed.node, m.Turn)}
    people = speakers | {person.name for person in publication.metadata.authors}
    abbreviations = {indexed.node.text for indexed in nodes if isinstance(indexed.node, m.Abbreviation)}
    counted = [_format_count(len(people), "name of a person", "names of people")] if people else []
    counted += [_format_count(len(abbreviations), "abbreviation", "abbreviations")] if abbreviations else []
    yield ManualCheck(
        f"{' and '.join(counted)} in the recording" if counted else "The recording",
        "Are names, places and abbreviations pronounced as people say them?",
        ("WCAG 1.2.1",),
    )


def _text(publication: m.Publication, nodes: list[_IndexedNode]) -> Iterator[ManualCheck]:
    formulas = [indexed for indexed in nodes if isinstance(indexed.node, m.Math | m.MathBlock)]
    summaries = [
        indexed
        for indexed in nodes
        if isinstance(indexed.node, m.Aside) and indexed.node.kind in (m.AsideKind.SUMMARY,)
    ]
    links = [indexed for indexed in nodes if isinstance(indexed.node, m.Link)]
    headings = [indexed for indexed in nodes if isinstance(indexed.node, m.Section)]
    if formulas:
        yield ManualCheck(
            _format_count(len(formulas), "formula", "formulas"),
            "Is each read aloud correctly?",
            ("WCAG 1.1.1",),
            _sources(formulas),
        )
    if summaries or publication.metadata.description:
        yield ManualCheck(
            _format_count(len(summaries), "summary", "summaries") if summaries else "The description for catalogues",
            "Is it fair, and in words that everybody knows?",
            (),
            _sources(summaries),
        )
    if headings:
        yield ManualCheck(
            _format_count(len(headings), "heading", "headings"),
            "Does each describe the section below it?",
            ("WCAG 2.4.6",),
        )
    if links:
        yield ManualCheck(
            _format_count(len(links), "link", "links"),
            "Does each go where its text says? Web addresses were not opened.",
            ("WCAG 2.4.4",),
        )
    yield ManualCheck(
        "The whole text",
        "Does it say “above”, “on the right” or “the red line” where a name or a number is needed, and does its order "
        "make sense when it is only heard?",
        ("WCAG 1.3.2", "WCAG 1.3.3", "WCAG 1.4.1"),
    )


def _is_complex(table: m.Table) -> bool:
    return len(table.head) > 1 or any(placed.has_span for line in place_cells(table.groups) for placed in line)


def _alts(publication: m.Publication) -> Iterator[m.Alt]:
    if publication.metadata.cover:
        yield publication.metadata.cover.alt
    for image in images(publication):
        yield image.alt


def _walk(publication: m.Publication) -> Iterator[_IndexedNode]:
    """Yield every node in reading order, except plain text."""
    stack: list[tuple[m.Node, m.Source | None, str]] = [
        (node, None, publication.metadata.language) for node in reversed(list(children(publication)))
    ]
    while stack:
        node, parent_source, language = stack.pop()
        source = node.at.source or parent_source
        node_language = node.at.language or language
        yield _IndexedNode(
            node, source, node_language != language and _primary_subtag(node_language) != _primary_subtag(language)
        )
        stack += [
            (child, source, node_language) for child in reversed(tuple(children(node))) if not _is_plain_text(child)
        ]


def _is_plain_text(node: m.Node) -> bool:
    """Return whether a node is text without a language of its own, as half of all nodes are."""
    return type(node) is m.Text and not node.at.language


def _primary_subtag(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _sources(nodes: Iterable[_IndexedNode]) -> tuple[m.Source, ...]:
    sources = dict.fromkeys(indexed.source for indexed in nodes if indexed.source)
    return tuple(sources)[:_MOST_SOURCES]


def _format_count(number: int, singular: str, plural: str) -> str:
    return f"{number:,} {singular if number == 1 else plural}"
