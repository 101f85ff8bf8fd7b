"""Fixes that are carried over into a newer version of a manuscript, which was edited without them.

Three versions are compared: the one that was fixed, the same with the fixes, and the newer one. A fix is carried over
where the newer version still says what the fixed one said before the fix; what its author has changed counts. What
the newer version does not contain any more, or in other words, loses its fix, and this is reported; so does what it
contains more or less often, unless the text around it says which one it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from exporter import model as m
from exporter.contracts import ReadResult
from exporter.revise import changes as c
from exporter.revise.counterparts import Version
from exporter.revise.fixes import Fix, LostFix
from exporter.revise.picture_fixes import pictures, tables
from exporter.revise.text_fixes import languages, lists, marked_headings, speakers


class CarriedFixes(msgspec.Struct, frozen=True):
    """The fixes of a version, by whether a newer one can have them."""

    carried: tuple[Fix, ...]
    lost: tuple[LostFix, ...]


def carried_over(before: ReadResult, fixed: ReadResult, newer: ReadResult) -> CarriedFixes:
    """Return the fixes, with the changes of a newer version that repeat them.

    Args:
        before: The version that was fixed, as it was without the fixes.
        fixed: The same with them.
        newer: The newer version.
    """
    fixes = tuple(_fixes(Version(before), Version(fixed), Version(newer)))
    return CarriedFixes(
        tuple(fix for fix in fixes if isinstance(fix, Fix)), tuple(fix for fix in fixes if isinstance(fix, LostFix))
    )


def _fixes(before: Version, fixed: Version, newer: Version) -> Iterator[Fix | LostFix]:
    yield from pictures(before, fixed, newer)
    yield from _metadata(before.publication, fixed.publication, newer.publication)
    yield from tables(before, fixed, newer)
    yield from marked_headings(before, fixed, newer)
    yield from lists(before, fixed, newer)
    yield from languages(before, fixed, newer)
    yield from speakers(before, fixed, newer)


def _metadata(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[Fix]:
    old, wanted, present = (_fields(tree.metadata) for tree in (before, fixed, newer))
    for name, value in wanted.items():
        if present[name] == old[name] != value and value:
            match name, value:
                case "title", str(text):
                    yield Fix("details", name, c.Title(text))
                case "lang", str(tag):
                    yield Fix("details", name, c.Language(tag))
                case _:
                    yield Fix("details", name, c.MetadataField(name, value))


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
