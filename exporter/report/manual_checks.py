"""What a publication holds, and what of it no program can judge: questions for a person, the weightiest first."""

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

_MOST_PLACES = 200


class _Met(NamedTuple):
    """A node on the way through the tree."""

    node: m.Node
    source: m.Source | None
    """Where it stands, or what it stands in."""
    foreign: bool
    """Whether another language begins here."""


def content(publication: m.Publication) -> dict[str, int]:
    """Count what the manuscript holds."""
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
    shorts = set()
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
                shorts.add(node.text)
            case _:
                pass
    counts["abbreviations"] = len(shorts)
    return dict(counts)


def looks(publication: m.Publication, kinds: Iterable[EditionKind]) -> tuple[ManualCheck, ...]:
    """Return what a person should look at.

    Args:
        publication: The tree.
        kinds: Kinds of the editions that were made.
    """
    met = list(_walk(publication))
    heard = {EditionKind.SOUND, EditionKind.DAISY, EditionKind.EPUB} & set(kinds)
    found = (
        *_pictures(publication, met),
        *_tables(met),
        *_transcripts(met),
        *_voices(publication, met, heard=bool(heard)),
        *_text(publication, met),
    )
    return tuple(_of_one(look) if look.what.startswith("1 ") else look for look in found)


def _of_one(look: ManualCheck) -> ManualCheck:
    return msgspec.structs.replace(look, question=look.question.replace(" each ", " it ", 1))


def _pictures(publication: m.Publication, met: list[_Met]) -> Iterator[ManualCheck]:
    images = [(each, each.node.alt) for each in met if isinstance(each.node, m.Image)]
    cover = publication.metadata.cover
    described = [each for each, alt in images if isinstance(alt, m.Described)]
    decorative = [each for each, alt in images if isinstance(alt, m.Decorative)]
    covered = 1 if cover and isinstance(cover.alt, m.Described) else 0
    if described or covered:
        what = _count(len(described) + covered, "alt text", "alt texts")
        yield ManualCheck(
            f"{what}, that of the cover among them" if covered and described else what,
            "Is each true, and does it say what the picture is there for?",
            ("WCAG 1.1.1",),
            _places(described),
        )
    if decorative:
        yield ManualCheck(
            _count(len(decorative), "picture marked as decoration", "pictures marked as decoration"),
            "Would nothing be missed without it?",
            ("WCAG 1.1.1",),
            _places(decorative),
        )
    long = [each for each in met if isinstance(each.node, m.Figure | m.Table) and each.node.description]
    if long:
        yield ManualCheck(
            _count(len(long), "long description", "long descriptions"),
            "Does each say all that the picture or table says?",
            ("WCAG 1.1.1",),
            _places(long),
        )
    if images:
        yield ManualCheck(
            _count(len(images), "picture", "pictures"),
            "Can the parts be told apart without colour, do lines and words in it stand out, and are words in it text "
            "that should be typed?",
            ("WCAG 1.4.1", "WCAG 1.4.3", "WCAG 1.4.5", "WCAG 1.4.11"),
            _places(each for each, _ in images),
        )


def _tables(met: list[_Met]) -> Iterator[ManualCheck]:
    tables = [(number, each) for number, each in enumerate((e for e in met if isinstance(e.node, m.Table)), 1)]
    bare = [(number, each) for number, each in tables if isinstance(each.node, m.Table) and not each.node.caption]
    complex_ = [each for _, each in tables if isinstance(each.node, m.Table) and _is_complex(each.node)]
    if bare:
        numbers = ", ".join(str(number) for number, _ in bare[:8]) + (" …" if len(bare) > 8 else "")
        yield ManualCheck(
            f"No caption for table {numbers}" if len(bare) == 1 else f"No caption for tables {numbers}",
            "Does the text before it say what it shows?",
            ("WCAG 1.3.1",),
            _places(each for _, each in bare),
        )
    if complex_:
        yield ManualCheck(
            _count(
                len(complex_),
                "table with merged cells or several rows of heads",
                "tables with merged cells or several rows of heads",
            ),
            "Read cell by cell with its headers, is every value understood?",
            ("WCAG 1.3.1", "WCAG 1.3.2"),
            _places(complex_),
        )


def _transcripts(met: list[_Met]) -> Iterator[ManualCheck]:
    scripts = [each for each in met if isinstance(each.node, m.Transcript)]
    if scripts:
        yield ManualCheck(
            _count(len(scripts), "video script or interview", "video scripts or interviews"),
            "Is all that is said in it, and all that only the eye would learn?",
            ("WCAG 1.2.1", "WCAG 1.2.3"),
            _places(scripts),
        )


def _voices(publication: m.Publication, met: list[_Met], *, heard: bool) -> Iterator[ManualCheck]:
    foreign = [each for each in met if each.foreign]
    if foreign:
        yield ManualCheck(
            _count(len(foreign), "passage in another language", "passages in other languages"),
            "Is every foreign passage marked, and with the right language?",
            ("WCAG 3.1.2",),
            _places(foreign),
        )
    if not heard:
        return
    speakers = {each.node.speaker.name for each in met if isinstance(each.node, m.Turn)}
    people = speakers | {person.name for person in publication.metadata.authors}
    shorts = {each.node.text for each in met if isinstance(each.node, m.Abbreviation)}
    named = [_count(len(people), "name of a person", "names of people")] if people else []
    named += [_count(len(shorts), "abbreviation", "abbreviations")] if shorts else []
    yield ManualCheck(
        f"{' and '.join(named)} in the recording" if named else "The recording",
        "Are names, places and abbreviations pronounced as people say them?",
        ("WCAG 1.2.1",),
    )


def _text(publication: m.Publication, met: list[_Met]) -> Iterator[ManualCheck]:
    formulas = [each for each in met if isinstance(each.node, m.Math | m.MathBlock)]
    summaries = [each for each in met if isinstance(each.node, m.Aside) and each.node.kind in (m.AsideKind.SUMMARY,)]
    links = [each for each in met if isinstance(each.node, m.Link)]
    headings = [each for each in met if isinstance(each.node, m.Section)]
    if formulas:
        yield ManualCheck(
            _count(len(formulas), "formula", "formulas"),
            "Is what is read out for it the formula?",
            ("WCAG 1.1.1",),
            _places(formulas),
        )
    if summaries or publication.metadata.description:
        yield ManualCheck(
            _count(len(summaries), "summary", "summaries") if summaries else "The description for catalogues",
            "Fair, and in words that everybody knows?",
            (),
            _places(summaries),
        )
    if headings:
        yield ManualCheck(
            _count(len(headings), "heading", "headings"),
            "Does each say what stands below it?",
            ("WCAG 2.4.6",),
        )
    if links:
        yield ManualCheck(
            _count(len(links), "link", "links"),
            "Does each lead where its words promise? Web addresses were not opened.",
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


def _walk(publication: m.Publication) -> Iterator[_Met]:
    """Yield every node with its place and whether another language begins at it, in reading order."""
    stack: list[tuple[m.Node, m.Source | None, str]] = [
        (node, None, publication.metadata.language) for node in reversed(list(children(publication)))
    ]
    while stack:
        node, above, language = stack.pop()
        source = node.at.source or above
        inside = node.at.language or language
        yield _Met(node, source, inside != language and _primary(inside) != _primary(language))
        stack += [(child, source, inside) for child in reversed(tuple(children(node))) if not _is_plain(child)]


def _is_plain(node: m.Node) -> bool:
    """Return whether nothing is to be said of a node: half of all nodes are plain words."""
    return type(node) is m.Text and not node.at.language


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _places(met: Iterable[_Met]) -> tuple[m.Source, ...]:
    found = dict.fromkeys(each.source for each in met if each.source)
    return tuple(found)[:_MOST_PLACES]


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
