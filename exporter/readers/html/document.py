"""From the bytes of a page to a publication."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.contracts import ReadResult
from exporter.errors import SourceError
from exporter.findings import Finding
from exporter.labels import direction_of
from exporter.model import Blocks, Direction, Metadata, Note, NoteKind, Publication, Source
from exporter.readers.html import attribute_cleanup, formulas, images, notes, source, styles, word_processor_lists
from exporter.readers.html.blocks import Reader
from exporter.readers.html.dom import Element
from exporter.readers.html.embedded import Embedded
from exporter.readers.html.main_content import Pruner, Survey, find_main, targets
from exporter.readers.html.metadata import language, read_metadata, translations
from exporter.readers.html.normalise import mark_headings, normalise
from exporter.readers.html.parse import body, parse
from exporter.readers.html.title_block import take_title
from exporter.readers.rules import (
    ABBREVIATION_UNREADABLE,
    HEADING_SKIPPED,
    HTML_DROPPED,
    HTML_UNKNOWN,
    LEFT_OUT,
    MATH_UNREADABLE,
    TRANSCRIPT_UNREADABLE,
    FindingCollector,
)
from exporter.readers.sections import Flat, Heading, nest

_WORD_PROCESSORS = ("Microsoft Word", "LibreOffice", "OpenOffice")
_FILE_PROPERTIES = ("authors", "publisher", "description", "subjects")
"""Metadata that word processors fill in from the properties of the file, where programs put names."""
_REPEATED = frozenset({HTML_UNKNOWN.id, HTML_DROPPED.id})
"""Rules whose findings of the same words are told once for a page."""
_ADVICE = {
    ABBREVIATION_UNREADABLE.id: 'Say what it stands for, such as <abbr title="United Nations">UN</abbr>.',
    MATH_UNREADABLE.id: "Mend the formula, or put it into the page as MathML (<math>).",
    TRANSCRIPT_UNREADABLE.id: "Begin the paragraph with <b>Name, role:</b>, or put what is seen or heard into "
    "<i>(italics and parentheses)</i>.",
}
"""What to do in a page, where the rule speaks of Markdown."""


def read_document(data: bytes, file: str) -> ReadResult:
    """Turn a page into a tree.

    Raises:
        SourceError: No text, too large, nested too deeply, or nothing in it.
    """
    report = FindingCollector(file, _ADVICE)
    embedded = Embedded(file)
    root = _parsed(data, embedded, report)
    page = _Page(root, embedded, report)
    publication = page.read()
    return ReadResult(publication, _told_once(report.findings()), embedded.media, page.suggested)


def _parsed(data: bytes, embedded: Embedded, report: FindingCollector) -> Element:
    text = embedded.take_out(source.decode(data, report).text)
    source.refuse_long(text, report.file)
    if source.is_xhtml(text, report.file):
        text = source.from_xhtml(text, report.file)
    return parse(text, report.file)


class _Page:
    """One page on its way to a publication."""

    def __init__(self, root: Element, embedded: Embedded, report: FindingCollector) -> None:
        self._root = root
        self._body = body(root)
        self._embedded = embedded
        self._report = report
        self._file = report.file
        self._sheet = styles.sheet(root)
        generator = " ".join(node.get("content") for node in root.walk() if node.get("name").lower() == "generator")
        self._is_from_word = "Microsoft Word" in generator
        self._has_file_properties = any(program in generator for program in _WORD_PROCESSORS)
        self.suggested = Metadata()

    def read(self) -> Publication:
        said = read_metadata(self._root)
        whole = self._body
        attribute_cleanup.resolve_links(whole, said.address, said.base, self._file.rpartition("/")[2])
        mark_headings(whole)
        formulas.gather(whole, self._report)
        finder = notes.Notes(whole, self._report)
        found = finder.gather()
        survey = Survey(whole)
        main, is_said = find_main(whole, survey)
        metadata = take_title(whole, main, said, self._without_file_properties(said.metadata))
        own = self._language(main) or metadata.language
        metadata = msgspec.structs.replace(
            metadata,
            language=own,
            direction=direction_of(own) if own else Direction.LTR,
            translations=translations(self._root, own, said.base),
            source=Source(self._file, 1),
        )
        named = frozenset(targets(whole))
        pruner = Pruner(survey, named, said=is_said)
        left = [str(pruner.prune(main))] if main.children else []
        if main is not whole and (outside := survey.size(whole) - survey.size(main)) > 0:
            left.append(f"all that stands outside of <{main.tag}> ({outside:,} letters)")
        if any(left):
            self._report.add(LEFT_OUT, 1, f"Left out of the page: {'; '.join(filter(None, left))}.")
        parts = (main, *(note.body for note in found))
        for body_of_note in parts[1:]:
            pruner.prune(body_of_note)
        finder.drop_titles()
        named = frozenset(name for part in parts for name in targets(part))
        for part in parts:
            self._prepare(part, own, named)
        reader = Reader(self._report, self._nest)
        flat = reader.flow(main, 0)
        if not flat:
            raise SourceError(
                "The page has no text.",
                advice="Put the text between <main> and </main>; what scripts write cannot be read.",
                source=Source(self._file, 1),
            )
        return Publication(metadata=metadata, body=self._nest(flat), notes=self._notes(found, reader))

    def _without_file_properties(self, metadata: Metadata) -> Metadata:
        """Return the metadata without what a word processor took from the properties of the file."""
        if not self._has_file_properties:
            return metadata
        fields = {name: getattr(metadata, name) for name in _FILE_PROPERTIES}
        self.suggested = Metadata(**fields)
        return msgspec.structs.replace(metadata, **{name: type(value)() for name, value in fields.items()})

    def _language(self, main: Element) -> str:
        """Return the language of the text, where the page has another one around it."""
        said = (one.get("lang") or one.get("xml:lang") for one in (main, *main.ancestors()))
        return language(next(filter(None, said), ""))

    def _prepare(self, part: Element, own: str, named: frozenset[str]) -> None:
        attribute_cleanup.say_once(part, own, regions=not self._is_from_word)
        self._take_pictures(part)
        normalise(part, self._sheet, self._embedded, self._file)
        word_processor_lists.nest_lists(part)
        attribute_cleanup.keep_named(part, named)

    def _take_pictures(self, part: Element) -> None:
        """Return pictures inside the page the names under which the tree knows them."""
        decides = "doc-content" not in self._body.classes
        for element in part.walk():
            if element.tag == "img" and not decides and not element.get("alt"):
                # Google Docs writes an empty alt text for each picture that nobody has described.
                element.attributes.pop("alt", None)
            if element.tag not in ("img", "source", "object", "embed"):
                continue
            for name in ("src", "data", "data-src", "srcset"):
                value = element.get(name)
                if name == "src" and images.comes_late(element.attributes):
                    continue
                if value.startswith("data:"):
                    known = self._embedded.name(value, element.line)
                    if known is None:
                        del element.attributes[name]
                    else:
                        element.attributes[name] = known

    def _nest(self, flat: Sequence[Flat]) -> Blocks:
        def skipped(heading: Heading, expected: int) -> None:
            line = heading.at.source.line if heading.at.source else 0
            message = f"A heading of level {heading.level} stands where level {expected} is the deepest possible."
            self._report.add(HEADING_SKIPPED, line, message)

        return nest(flat, skipped)

    def _notes(self, found_notes: Sequence[notes.FoundNote], reader: Reader) -> tuple[Note, ...]:
        made = []
        for note in found_notes:
            kind = NoteKind.ENDNOTE if note.is_endnote else NoteKind.FOOTNOTE
            at = msgspec.structs.replace(reader.at(note.body), id=None)
            made.append(Note(at=at, id=note.name, children=reader.blocks(note.body, 1), kind=kind))
        return tuple(made)


def _told_once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with those that say the same of many places made into one, at the first place."""
    counts: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.rule, finding.message)
        counts[key] = counts.get(key, 0) + 1
    out: list[Finding] = []
    told: set[tuple[str, str]] = set()
    for finding in findings:
        key = (finding.rule, finding.message)
        if finding.rule not in _REPEATED or counts[key] == 1:
            out.append(finding)
        elif key not in told:
            told.add(key)
            more = counts[key] - 1
            places = "in one more place" if more == 1 else f"in {more:,} more places"
            out.append(msgspec.structs.replace(finding, message=f"{finding.message} The same {places}."))
    return tuple(out)
