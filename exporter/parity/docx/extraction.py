"""Extraction from a Word file: content, notes, images and metadata (ISO/IEC 29500-2, 11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile, Numbering
from exporter.inspect.docx.document import document_variables
from exporter.inspect.docx.xml import Element, child_value, name
from exporter.parity import picture_files, rules
from exporter.parity.content import ContentItem, ExtractedContent, ExtractedNote, in_note, letters
from exporter.parity.docx import document_parts, list_definitions, margins, table_properties, unknown_markup
from exporter.parity.docx.additions import additions, cut_off, fields
from exporter.parity.docx.containers import ContainerState
from exporter.parity.docx.content import StoryExtractor
from exporter.parity.docx.runs import Context
from exporter.parity.docx.styles import STATED, Roles
from exporter.parity.extraction import DAY, DocumentMetadata, Extraction, Picture, normal
from exporter.parity.picture_files import PictureFile

_PREFIX = "publication."


def extract(path: Path) -> Extraction:
    """Return the extraction of a Word file."""
    return _Extractor(DocxFile(path)).extract()


KINDS = ("footnote", "endnote")
_REFERENCES = {name(f"{kind}Reference"): kind for kind in KINDS}


class StoredNote(NamedTuple):
    """A note as it is stored."""

    kind: str
    element: Element
    part: str


class References:
    """The note references in the body, in reading order."""

    def __init__(self, document: Element) -> None:
        self.numbers: dict[tuple[str, str], str] = {}
        """Number of each note, from 1, by kind and identifier."""
        self.bookmarks: dict[str, str] = {}
        """Number of the note whose reference a bookmark contains."""
        opened: dict[str, str] = {}
        for element in document.iter(name("bookmarkStart"), name("bookmarkEnd"), *_REFERENCES):
            identifier = element.get(name("id")) or ""
            if element.tag == name("bookmarkStart"):
                opened[identifier] = element.get(name("name")) or ""
            elif element.tag == name("bookmarkEnd"):
                opened.pop(identifier, None)
            else:
                key = (_REFERENCES[str(element.tag)], identifier)
                number = self.numbers.setdefault(key, str(len(self.numbers) + 1))
                for bookmark in opened.values():
                    self.bookmarks.setdefault(bookmark, number)


def stored_notes(word: DocxFile) -> Iterator[tuple[tuple[str, str], StoredNote]]:
    """Yield the notes by kind and identifier, without separators (17.11.9)."""
    for kind in KINDS:
        part = word.package.related(f"{kind}s")
        if part is None:
            continue
        for note in word.package.xml(part).findall(name(kind)):
            if note.get(name("type")) in {None, "normal"}:
                yield (kind, note.get(name("id")) or ""), StoredNote(kind, note, part)


def has_backlink(note: StoredNote) -> bool:
    """Return whether a note begins with its number, which is its backlink in Word (17.11.6, 17.11.13)."""
    return next(note.element.iter(name(f"{note.kind}Ref")), None) is not None


class _Extractor:
    def __init__(self, word: DocxFile) -> None:
        self.word = word
        self.roles = Roles(word.styles)
        self.numbering = Numbering(word.part("numbering"))
        self.references = References(word.document)
        self.files: dict[str, PictureFile] = {}
        self.variables = document_variables(word.part("settings"))

    def extract(self) -> Extraction:
        core = self._properties("docProps/core.xml")
        title = core.findtext(name("dc:title")) if core is not None else None
        stories = [story.root for story in self.word.stories()]
        body = self._story_extractor(self.word.package.main, "")
        for element in self.word.document.findall(name("body")):
            body.blocks(element, ContainerState("body", ()))
        images = [image for story in stories for image in self._images(story)]
        covers = [image for image, cover in images if cover and image is not None]
        content = self._content(body)
        notes = chain.from_iterable(
            table_properties.names(story) for story in stories if story is not self.word.document
        )
        frame = letters("".join(body.frame))
        return Extraction(
            title=normal(title or ""),
            language=self._language(core),
            direction=None,
            breaks=body.breaks,
            contradictions=(
                *table_properties.check(self.word, self.roles),
                *list_definitions.check(self.word),
                *map(rules.unexpected, chain.from_iterable(unknown_markup.check(story) for story in stories)),
                *body.toc_faults(),
                *self._note_numbers(),
                *document_parts.check(self.word, core, frame),
                *chain.from_iterable(additions(story.root) for story in self.word.stories(headers=True)),
                *chain.from_iterable(cut_off(story) for story in stories),
                *chain.from_iterable(fields(story) for story in stories),
            ),
            headings=tuple(body.headings),
            pictures=tuple(image for image, cover in images if image is not None and not cover),
            decorative=sum(image is None and not cover for image, cover in images),
            cover=next(iter(covers), None),
            covers=tuple(covers) or None,
            boxes=tuple(sorted(self._box_names())),
            some_boxes=True,
            content=content,
            tables=(*table_properties.names(self.word.document), *sorted(notes)),
            metadata=self._metadata(core),
            imprint_links=frozenset(body.imprint_links),
            frame=frame,
            around=" ".join(body.frame),
            margins=margins.read(self.word),
        )

    def _language(self, core: Element | None) -> str:
        """Return the language of the text; both where the properties or settings state another."""
        languages = self.word.styles.languages
        language = languages.get("val") or languages.get("bidi") or ""
        settings = self.word.part("settings")
        theme = settings.find(name("themeFontLang")) if settings is not None else None
        stated = [core.findtext(name("dc:language"))] if core is not None else []
        stated += [theme.get(name(kind)) for kind in ("val", "bidi")] if theme is not None else []
        others = [tag for tag in stated if tag and tag not in {language, languages.get("bidi")}]
        return f"{language} and {others[0]}" if others else language

    # Text

    def _story_extractor(self, part: str, prefix: str) -> StoryExtractor:
        context = Context(
            relations=self.word.package.relations(part),
            roles=self.roles,
            language=self.word.styles.languages.get("val", ""),
            variables=self.variables,
            notes=self.references.numbers,
            references=self.references.bookmarks,
            picture=self._picture,
        )
        return StoryExtractor(self.word, self.roles, self.numbering, context, prefix)

    def _picture(self, target: str) -> PictureFile:
        if target not in self.files:
            part = target.lstrip("/")
            self.files[target] = picture_files.read(self.word.package.read(part) if part in self.word.package else b"")
        return self.files[target]

    def _content(self, body: StoryExtractor) -> ExtractedContent:
        stored = dict(stored_notes(self.word))
        order = [*self.references.numbers, *(key for key in stored if key not in self.references.numbers)]
        begins, extractors = body.items.targets(), []
        for number, key in enumerate(order, 1):
            note = stored.get(key)
            part = note.part if note is not None else self.word.package.main
            extractor = self._story_extractor(part, f"note {number}, ")
            if note is not None:
                extractor.blocks(note.element, ContainerState("note", ()))
                body.breaks += extractor.breaks
            for bookmark in extractor.items.begins:
                begins.setdefault(bookmark, in_note(number))
            extractors.append((extractor, note))
        items = body.items.linked(begins)
        noted = [
            (extractor.items.linked(begins), note, extractor.items.prefix.rstrip(", "))
            for extractor, note in extractors
        ]
        references = Counter(_referenced_notes((*items, *(item for inner, *_ in noted for item in inner))))
        return ExtractedContent(
            items=items,
            notes=tuple(
                ExtractedNote(
                    inner, references[str(number)] if note is not None and has_backlink(note) else 0, location=location
                )
                for number, (inner, note, location) in enumerate(noted, 1)
            ),
            includes_cover=False,
            toc_links=None
            if body.toc is None
            else tuple((entry.words, begins.get(entry.bookmark)) for entry in body.toc),
            speakers=tuple(
                speaker for extractor in (body, *(note for note, _ in extractors)) for speaker in extractor.speakers
            ),
            spaced=True,
            cues=True,
            styles=STATED,
        )

    def _box_names(self) -> Iterator[str]:
        """Yield the letters of the names of boxes without titles."""
        for story in self.word.stories():
            for run in story.root.iter(name("r")):
                if self.roles.has_role(child_value(run, f"{name('rPr')}/{name('rStyle')}"), "asidekind"):
                    yield letters("".join(text.text or "" for text in run.iter(name("t"))))

    def _note_numbers(self) -> Iterator[Finding]:
        settings, related = self.word.part("settings"), self.word.package.related
        if settings is not None:
            only_endnotes = related("endnotes") is not None and related("footnotes") is None
            yield from unknown_markup.note_numbers(settings, only_endnotes=only_endnotes)

    # Images

    def _images(self, story: Element) -> Iterator[tuple[Picture | None, bool]]:
        """Yield each image, None for a decorative one, and whether it is the cover."""
        fallback = name("mc:Fallback")
        for drawing in story.iter(name("wp:inline"), name("wp:anchor")):
            ignored = next(drawing.iterancestors(fallback), None) is not None
            properties = drawing.find(name("wp:docPr"))
            if ignored or properties is None or next(drawing.iter(name("pic:pic")), None) is None:
                continue  # lines and boxes are no images
            paragraph = next(drawing.iterancestors(name("p")), None)
            cover = paragraph is not None and self.roles.has_role(self.word.style(paragraph), "cover")
            decorative = any(flag.get("val") in {"1", "true"} for flag in properties.iter(name("adec:decorative")))
            alt = normal(properties.get("descr") or "") or None
            yield None if decorative else Picture(alt, file=self._file(drawing) if cover else ""), cover

    def _file(self, drawing: Element) -> str:
        """Return the digest of the file of a picture of the body."""
        blip = next(drawing.iter(name("a:blip")), None)
        relation = self.word.package.relations(self.word.package.main).get(
            (blip.get(name("r:embed")) or "") if blip is not None else ""
        )
        return self._picture(relation.target).digest if relation is not None and not relation.external else ""

    # Properties

    def _properties(self, part: str) -> Element | None:
        return self.word.package.xml(part) if part in self.word.package else None

    def _metadata(self, core: Element | None) -> DocumentMetadata | None:
        if core is None:
            return None
        extended = self._properties("docProps/app.xml")
        custom = _custom_properties(self._properties("docProps/custom.xml"))
        publisher = normal((extended.findtext(name("ep:Company")) or "") if extended is not None else "")
        authors = tuple(filter(None, map(normal, (core.findtext(name("dc:creator")) or "").split("; "))))
        subjects = _json_list(custom.get("subjects", ""))
        keywords = normal(core.findtext(name("cp:keywords")) or "")
        if keywords != normal(", ".join(subjects)):
            subjects = tuple(filter(None, keywords.split(", ")))
        return DocumentMetadata(
            authors=authors,
            publisher=publisher,
            date=(core.findtext(name("dcterms:created")) or "")[:DAY],
            identifier=normal(core.findtext(name("dc:identifier")) or ""),
            description=normal(core.findtext(name("dc:description")) or ""),
            subjects=tuple(map(normal, subjects)),
            subtitle=normal(core.findtext(name("dc:subject")) or ""),
            rights=normal(custom.get("rights", "")),
            kind=custom.get("kind", ""),
            series=normal(custom.get("series", "")),
            modified=(core.findtext(name("dcterms:modified")) or "")[:DAY],
        )


def _custom_properties(root: Element | None) -> Mapping[str, str]:
    """Return the custom properties of the Word edition by metadata field."""
    values: dict[str, str] = {}
    for element in root.iter(name("op:property")) if root is not None else ():
        key = element.get("name") or ""
        if key.startswith(_PREFIX):
            values[key.removeprefix(_PREFIX)] = "".join(map(str, element.itertext()))
    return values


def _json_list(text: str) -> tuple[str, ...]:
    try:
        parsed: Any = msgspec.json.decode(text) if text else []
    except msgspec.DecodeError:
        return ()
    return tuple(entry for entry in parsed if isinstance(entry, str)) if isinstance(parsed, list) else ()


def _referenced_notes(items: tuple[ContentItem, ...]) -> Iterator[str]:
    for item in items:
        yield from (mark.target or "" for mark in item.marks if mark.kind == "note")
