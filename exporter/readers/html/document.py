"""Reading of a page as a publication."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from exporter.contracts import ReadResult
from exporter.errors import SourceError
from exporter.findings import Finding
from exporter.labels import direction_of
from exporter.model import Blocks, Direction, Metadata, Note, NoteKind, Publication, Source
from exporter.readers.bold_headings import with_bold_headings
from exporter.readers.html.blocks.block_reader import Reader
from exporter.readers.html.inlines import images
from exporter.readers.html.markup import attribute_cleanup, formulas, source, styles, word_processor_lists
from exporter.readers.html.markup.dom import Element
from exporter.readers.html.markup.embedded import EmbeddedImages
from exporter.readers.html.markup.main_content import PageIndex, Pruner, find_main, referenced_ids
from exporter.readers.html.markup.normalise import mark_headings, normalise
from exporter.readers.html.markup.parse import find_body, parse
from exporter.readers.html.metadata import normalise_language_tag, read_metadata, read_translations
from exporter.readers.html.notes import notes
from exporter.readers.html.title_block import extract_title
from exporter.readers.rules import (
    ABBREVIATION_UNREADABLE,
    HTML_DROPPED,
    HTML_UNKNOWN,
    LEFT_OUT,
    MATH_UNREADABLE,
    TRANSCRIPT_UNREADABLE,
    FindingCollector,
)
from exporter.readers.sections import Flat, nest, report_skipped

_WORD_PROCESSORS = ("Microsoft Word", "LibreOffice", "OpenOffice")
_FILE_PROPERTIES = ("authors", "publisher", "description", "subjects")
"""Metadata that word processors copy from the properties of the file."""
_REPEATED = frozenset({HTML_UNKNOWN.id, HTML_DROPPED.id})
"""Rules whose findings with the same message are reported once a page."""
_ADVICE = {
    ABBREVIATION_UNREADABLE.id: 'Write the long form into title, such as <abbr title="United Nations">UN</abbr>.',
    MATH_UNREADABLE.id: "Fix the formula, or write it as MathML (<math>).",
    TRANSCRIPT_UNREADABLE.id: "Begin the paragraph with <b>Name, role:</b>, or write what is seen or heard in "
    "<i>(italics and parentheses)</i>.",
}
"""Advice for pages, where that of the rule is about Markdown."""


def read_document(data: bytes, file: str, *, guess_headings: bool = False) -> ReadResult:
    """Read a page as a publication.

    Raises:
        SourceError: The file is not text, too large, nested too deeply or empty.
    """
    report = FindingCollector(file, _ADVICE)
    embedded = EmbeddedImages(file)
    root = _parse(data, embedded, report)
    page = _Page(root, embedded, report)
    publication = page.read(guess_headings=guess_headings)
    return ReadResult(publication, _merge_repeated(report.findings()), embedded.media, page.suggested)


def _parse(data: bytes, embedded: EmbeddedImages, report: FindingCollector) -> Element:
    text = embedded.shorten_addresses(source.decode(data, report))
    source.refuse_long(text, report.file)
    if source.is_xhtml(text, report.file):
        text = source.xhtml_to_html(text, report.file)
    return parse(text, report.file)


class _Page:
    """A page that is being read."""

    def __init__(self, root: Element, embedded: EmbeddedImages, report: FindingCollector) -> None:
        self._root = root
        self._body = find_body(root)
        self._embedded = embedded
        self._report = report
        self._file = report.file
        self._sheet = styles.read_stylesheets(root)
        generator = " ".join(node.get("content") for node in root.walk() if node.get("name").lower() == "generator")
        self._is_from_word = "Microsoft Word" in generator
        self._has_file_properties = any(program in generator for program in _WORD_PROCESSORS)
        self.suggested = Metadata()

    def read(self, *, guess_headings: bool) -> Publication:
        head = read_metadata(self._root)
        whole = self._body
        attribute_cleanup.resolve_links(whole, head.address, head.base, self._file.rpartition("/")[2])
        mark_headings(whole)
        formulas.replace_formulas(whole, self._report)
        extractor = notes.NoteExtractor(whole, self._report)
        extracted_notes = extractor.extract()
        index = PageIndex(whole)
        main, is_declared = find_main(whole, index)
        metadata = extract_title(whole, main, head, self._without_file_properties(head.metadata))
        own = self._language(main) or metadata.language
        metadata = msgspec.structs.replace(
            metadata,
            language=own,
            direction=direction_of(own) if own else Direction.LTR,
            translations=read_translations(self._root, own, head.base),
            source=Source(self._file, 1),
        )
        pruner = Pruner(index, frozenset(referenced_ids(whole)), is_declared=is_declared)
        removed = [str(pruner.prune(main))] if main.children else []
        if main is not whole and (outside := index.size(whole) - index.size(main)) > 0:
            removed.append(f"everything outside of <{main.tag}> ({outside:,} characters)")
        if any(removed):
            self._report.add(LEFT_OUT, 1, f"Ignored parts of the page: {'; '.join(filter(None, removed))}.")
        parts = (main, *(note.body for note in extracted_notes))
        for note_body in parts[1:]:
            pruner.prune(note_body)
        extractor.remove_empty_titles()
        referenced = frozenset(name for part in parts for name in referenced_ids(part))
        for part in parts:
            self._prepare(part, own, referenced)
        reader = Reader(self._report, self._nest)
        flat: Sequence[Flat] = reader.flow(main, 0)
        flat = with_bold_headings(flat) if guess_headings else flat
        if not flat:
            raise SourceError(
                "The page has no text.",
                advice="Put the text between <main> and </main>; text that scripts write cannot be read.",
                source=Source(self._file, 1),
            )
        return Publication(metadata=metadata, body=self._nest(flat), notes=self._notes(extracted_notes, reader))

    def _without_file_properties(self, metadata: Metadata) -> Metadata:
        """Return the metadata without the properties of a word processor's file, which are only suggested."""
        if not self._has_file_properties:
            return metadata
        fields = {name: getattr(metadata, name) for name in _FILE_PROPERTIES}
        self.suggested = Metadata(**fields)
        return msgspec.structs.replace(metadata, **{name: type(value)() for name, value in fields.items()})

    def _language(self, main: Element) -> str:
        """Return the language of the main content, or an empty text if it has none of its own."""
        tags = (element.get("lang") or element.get("xml:lang") for element in (main, *main.ancestors()))
        return normalise_language_tag(next(filter(None, tags), ""))

    def _prepare(self, part: Element, own: str, referenced: frozenset[str]) -> None:
        attribute_cleanup.remove_redundant_languages(part, own, regions=not self._is_from_word)
        self._name_embedded_images(part)
        normalise(part, self._sheet, self._embedded, self._file)
        word_processor_lists.nest_lists(part)
        attribute_cleanup.remove_unused_ids(part, referenced)

    def _name_embedded_images(self, part: Element) -> None:
        """Replace the addresses of embedded images by the names that they have in the publication."""
        is_google_doc = "doc-content" in self._body.classes
        for element in part.walk():
            if element.tag == "img" and is_google_doc and not element.get("alt"):
                # Google Docs writes an empty alt text for each image without a description.
                element.attributes.pop("alt", None)
            if element.tag not in ("img", "source", "object", "embed"):
                continue
            for name in ("src", "data", "data-src", "srcset"):
                value = element.get(name)
                if name == "src" and images.is_lazy(element.attributes):
                    continue
                if value.startswith("data:"):
                    embedded_name = self._embedded.name(value, element.line)
                    if embedded_name is None:
                        del element.attributes[name]
                    else:
                        element.attributes[name] = embedded_name

    def _nest(self, flat: Sequence[Flat]) -> Blocks:
        return nest(flat, partial(report_skipped, self._report))

    def _notes(self, extracted_notes: Sequence[notes.ExtractedNote], reader: Reader) -> tuple[Note, ...]:
        result = []
        for note in extracted_notes:
            kind = NoteKind.ENDNOTE if note.is_endnote else NoteKind.FOOTNOTE
            at = msgspec.structs.replace(reader.at(note.body), id=None)
            result.append(Note(at=at, id=note.name, children=reader.blocks(note.body, 1), kind=kind))
        return tuple(result)


def _merge_repeated(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with the repeated ones merged into the first, with their number."""
    counts: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.rule, finding.message)
        counts[key] = counts.get(key, 0) + 1
    out: list[Finding] = []
    merged: set[tuple[str, str]] = set()
    for finding in findings:
        key = (finding.rule, finding.message)
        if finding.rule not in _REPEATED or counts[key] == 1:
            out.append(finding)
        elif key not in merged:
            merged.add(key)
            more = counts[key] - 1
            times = "once more" if more == 1 else f"{more:,} more times"
            out.append(msgspec.structs.replace(finding, message=f"{finding.message} Repeated {times}."))
    return tuple(out)
