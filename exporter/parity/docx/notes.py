"""The notes of a Word file and the marks that lead to them (ISO 29500-1, 17.11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element, name

KINDS = ("footnote", "endnote")
_REFERENCES = {name(f"{kind}Reference"): kind for kind in KINDS}


class Stored(NamedTuple):
    """A note as it is stored."""

    kind: str
    element: Element
    part: str


class References:
    """The marks of notes in the body, in reading order."""

    def __init__(self, document: Element) -> None:
        self.numbers: dict[tuple[str, str], str] = {}
        """Number of each note, from 1, by kind and identifier."""
        self.bookmarks: dict[str, str] = {}
        """Number of the note whose mark a bookmark holds."""
        opened: dict[str, str] = {}
        for each in document.iter(name("bookmarkStart"), name("bookmarkEnd"), *_REFERENCES):
            identifier = each.get(name("id")) or ""
            if each.tag == name("bookmarkStart"):
                opened[identifier] = each.get(name("name")) or ""
            elif each.tag == name("bookmarkEnd"):
                opened.pop(identifier, None)
            else:
                key = (_REFERENCES[str(each.tag)], identifier)
                number = self.numbers.setdefault(key, str(len(self.numbers) + 1))
                for bookmark in opened.values():
                    self.bookmarks.setdefault(bookmark, number)


def stored(word: DocxFile) -> Iterator[tuple[tuple[str, str], Stored]]:
    """Yield the notes by kind and identifier, without the lines between text and notes (17.11.9)."""
    for kind in KINDS:
        part = word.package.related(f"{kind}s")
        if part is None:
            continue
        for each in word.package.xml(part).findall(name(kind)):
            if each.get(name("type")) in {None, "normal"}:
                yield (kind, each.get(name("id")) or ""), Stored(kind, each, part)


def is_marked(note: Stored) -> bool:
    """Return whether a note begins with its number, by which Word leads back to the text (17.11.6, 17.11.13)."""
    return next(note.element.iter(name(f"{note.kind}Ref")), None) is not None
