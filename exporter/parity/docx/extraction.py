"""The facts of a Word file: its passages, and what its properties say (ISO 29500-2, 11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from exporter.inspect.docx import DocxFile, Numbering
from exporter.inspect.docx.document import document_variables
from exporter.inspect.docx.xml import Element, name
from exporter.parity.content import ContentItem, ExtractedContent, ExtractedNote, in_note
from exporter.parity.docx.containers import ContainerState
from exporter.parity.docx.content import StoryExtractor
from exporter.parity.docx.runs import Context
from exporter.parity.docx.styles import Roles
from exporter.parity.extraction import DocumentMetadata, Extraction, Picture, normal

DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_PREFIX = "publication."
_DAY = 10
"""Characters of a date without its time."""


def facts(path: Path) -> Extraction:
    """Return the facts of a Word file."""
    return _Reading(DocxFile(path)).facts()


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


def stored_notes(word: DocxFile) -> Iterator[tuple[tuple[str, str], Stored]]:
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


class _Reading:
    def __init__(self, word: DocxFile) -> None:
        self.word = word
        self.roles = Roles(word.styles)
        self.numbering = Numbering(word.part("numbering"))
        self.references = References(word.document)
        self.variables = document_variables(word.part("settings"))

    def facts(self) -> Extraction:
        core = self._properties("docProps/core.xml")
        title = core.findtext(f"{DC}title") if core is not None else None
        languages = self.word.styles.languages
        stories = [each.root for each in self.word.stories()]
        body = self._teller(self.word.package.main, "")
        for each in self.word.document.findall(name("body")):
            body.blocks(each, ContainerState("body", ()))
        pictures = [each for story in stories for each in self._pictures(story)]
        return Extraction(
            title=normal(title or ""),
            language=languages.get("val") or languages.get("bidi") or "",
            headings=tuple(body.headings),
            pictures=tuple(each for each, cover in pictures if each is not None and not cover),
            decorative=sum(each is None and not cover for each, cover in pictures),
            cover=next((each for each, cover in pictures if cover and each is not None), None),
            content=self._told(body),
            about=self._about(core),
        )

    # Text

    def _teller(self, part: str, where: str) -> StoryExtractor:
        context = Context(
            relations=self.word.package.relations(part),
            roles=self.roles,
            languages=self.word.styles.languages,
            variables=self.variables,
            notes=self.references.numbers,
            references=self.references.bookmarks,
        )
        return StoryExtractor(self.word, self.roles, self.numbering, context, where)

    def _told(self, body: StoryExtractor) -> ExtractedContent:
        stored = dict(stored_notes(self.word))
        order = [*self.references.numbers, *(key for key in stored if key not in self.references.numbers)]
        begins, tellers = dict(body.begins), []
        for number, key in enumerate(order, 1):
            note = stored.get(key)
            part = note.part if note is not None else self.word.package.main
            teller = self._teller(part, f"note {number}, ")
            if note is not None:
                teller.blocks(note.element, ContainerState("note", ()))
            for bookmark in teller.begins:
                begins.setdefault(bookmark, in_note(number))
            tellers.append((teller, note))
        passages = body.linked(begins)
        told = [(teller.linked(begins), note, teller.where.rstrip(", ")) for teller, note in tellers]
        leads = Counter(_notes_referred((*passages, *(each for inside, *_ in told for each in inside))))
        return ExtractedContent(
            passages=passages,
            notes=tuple(
                # Word leads back by the number that the note begins with.
                ExtractedNote(inside, leads[str(number)] if note is not None and is_marked(note) else 0, place=where)
                for number, (inside, note, where) in enumerate(told, 1)
            ),
            includes_cover=False,
            toc_links=None
            if body.contents is None
            else tuple((words, begins.get(bookmark)) for words, bookmark in body.contents),
            speakers=tuple(each for teller in (body, *(one for one, _ in tellers)) for each in teller.speakers),
            spaced=True,
        )

    # Pictures

    def _pictures(self, story: Element) -> Iterator[tuple[Picture | None, bool]]:
        """Yield each picture, None for a decorative one, and whether it is that of the cover."""
        fallback = name("mc:Fallback")
        for drawing in story.iter(name("wp:inline"), name("wp:anchor")):
            hidden = next(drawing.iterancestors(fallback), None) is not None
            identity = drawing.find(name("wp:docPr"))
            if hidden or identity is None or next(drawing.iter(name("pic:pic")), None) is None:
                continue  # lines and boxes are no pictures
            paragraph = next(drawing.iterancestors(name("p")), None)
            cover = paragraph is not None and self.roles.is_(self.word.style(paragraph), "cover")
            decorative = any(each.get("val") in {"1", "true"} for each in identity.iter(name("adec:decorative")))
            yield None if decorative else Picture(normal(identity.get("descr") or "") or None), cover

    # Properties

    def _properties(self, part: str) -> Element | None:
        return self.word.package.xml(part) if part in self.word.package else None

    def _about(self, core: Element | None) -> DocumentMetadata | None:
        if core is None:
            return None
        extended = self._properties("docProps/app.xml")
        own = _own(self._properties("docProps/custom.xml"))
        publisher = normal((extended.findtext(f"{EXTENDED}Company") or "") if extended is not None else "")
        authors = tuple(filter(None, map(normal, (core.findtext(f"{DC}creator") or "").split("; "))))
        subjects = _list(own.get("subjects", ""))
        keywords = normal(core.findtext(f"{CORE}keywords") or "")
        if keywords != normal(", ".join(subjects)):
            subjects = tuple(filter(None, keywords.split(", ")))
        return DocumentMetadata(
            authors=authors,
            publisher=publisher,
            date=(core.findtext(f"{TERMS}created") or "")[:_DAY],
            identifier=normal(core.findtext(f"{DC}identifier") or ""),
            description=normal(core.findtext(f"{DC}description") or ""),
            subjects=tuple(map(normal, subjects)),
            rights=normal(own.get("rights", "")),
            kind=own.get("kind", ""),
        )


def _own(custom: Element | None) -> Mapping[str, str]:
    """Return the properties that only the Word edition has, by field."""
    found: dict[str, str] = {}
    for each in custom.iter(f"{CUSTOM}property") if custom is not None else ():
        key = each.get("name") or ""
        if key.startswith(_PREFIX):
            found[key.removeprefix(_PREFIX)] = "".join(text or "" for text in _texts(each))
    return found


def _texts(element: Element) -> Iterator[str | None]:
    return (str(text) for text in element.itertext())


def _list(text: str) -> tuple[str, ...]:
    try:
        found: Any = msgspec.json.decode(text) if text else []
    except msgspec.DecodeError:
        return ()
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def _notes_referred(passages: tuple[ContentItem, ...]) -> Iterator[str]:
    for passage in passages:
        yield from (mark.target or "" for mark in passage.marks if mark.kind == "note")
