"""Fixes that are carried over into a newer version of a manuscript, which was edited without them.

Three versions are compared: the one that was fixed, the same with the fixes, and the newer one. A fix is carried over
where the newer version still says what the fixed one said before the fix; what its author has changed counts. What
the newer version does not contain any more, or in other words, loses its fix, and this is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from exporter import model as m
from exporter.contracts import ReadResult
from exporter.model.walk import plain_text, walk
from exporter.revise import changes as c
from exporter.revise.fixes import Fix
from exporter.revise.picture_fixes import captions, images, sources, tables, tables_by_text
from exporter.revise.text_fixes import languages, list_texts, lists, marked_headings, speakers


class CarriedFixes(msgspec.Struct, frozen=True):
    """The fixes of a version, by whether a newer one can have them."""

    carried: tuple[Fix, ...]
    lost: tuple[Fix, ...]
    """Those of what the newer version does not contain, or in other words."""


def carried_over(before: ReadResult, fixed: ReadResult, newer: ReadResult) -> CarriedFixes:
    """Return the fixes, with the changes of a newer version that repeat them.

    Args:
        before: The version that was fixed, as it was without the fixes.
        fixed: The same with them.
        newer: The newer version.
    """
    carried = _fixes(before, fixed, newer)
    known = {(fix.kind, fix.key) for fix in carried} | set(_subjects(newer))
    lost = (fix for fix in _fixes(before, fixed, before) if (fix.kind, fix.key) not in known)
    return CarriedFixes(carried, tuple(lost))


def _fixes(before: ReadResult, fixed: ReadResult, newer: ReadResult) -> tuple[Fix, ...]:
    trees = before.publication, fixed.publication, newer.publication
    return (
        *images(before, fixed, newer),
        *_metadata(*trees),
        *captions(before, fixed, newer),
        *tables(*trees),
        *marked_headings(*trees),
        *lists(*trees),
        *languages(*trees),
        *speakers(*trees),
    )


def _subjects(read: ReadResult) -> Iterator[tuple[str, object]]:
    """Yield the kinds and keys of what a version contains: a fix of it that is not carried over is the author's."""
    for key in sources(read):
        yield from (("picture", key), ("caption", key))
    for text in tables_by_text(read.publication):
        yield from (("table", text), ("caption", text))
    yield from (("list", items) for items in list_texts(read.publication))
    for node in walk(read.publication):
        match node:
            case m.Section():
                yield "heading", plain_text(node.title)
            case m.Paragraph():
                yield "language", plain_text(node)
            case m.Turn():
                yield "speaker", plain_text(node.children)
            case _:
                pass
    for name in _fields(read.publication.metadata):
        yield "details", name


def _metadata(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[Fix]:
    old, wanted, present = (_fields(tree.metadata) for tree in (before, fixed, newer))
    for name, value in wanted.items():
        if present[name] == old[name] != value and value:
            match name, value:
                case "title", str(text):
                    yield Fix("details", name, name, c.Title(text))
                case "lang", str(tag):
                    yield Fix("details", name, name, c.Language(tag))
                case _:
                    yield Fix("details", name, name, c.MetadataField(name, value))


def _fields(metadata: m.Metadata) -> Mapping[str, c.MetadataValue]:
    return {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "lang": metadata.language,
        "kind": metadata.kind.value if metadata.kind else "",
        "date": metadata.date.isoformat() if metadata.date else "",
        "authors": tuple(person.name for person in metadata.authors if person.role == m.AUTHOR),
        "publisher": metadata.publisher,
        "description": metadata.description,
        "cover": _cover(metadata.cover),
    }


def _cover(cover: m.Cover | None) -> Mapping[str, str | bool]:
    match cover:
        case m.Cover(source=source, alt=m.Described(text=text)):
            return {"source": source, "alt": text}
        case m.Cover(source=source, alt=m.Decorative()):
            return {"source": source, "decorative": True}
        case _:
            return {}
