"""Conversion of a Word file to a publication."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path

import msgspec

from exporter.contracts import ReadResult
from exporter.errors import SourceError
from exporter.findings import Rule
from exporter.images.rules import REMOTE
from exporter.inspect.docx import DocxError, Package
from exporter.inspect.docx.xml import name
from exporter.labels import Labels, direction_of
from exporter.model import At, Metadata, Note, NoteKind, NoteReference, PageBreak, Publication, Source
from exporter.model.walk import plain_text, walk
from exporter.readers.docx import headings_by_look, layout_tables, libreoffice, linked, properties, title_block
from exporter.readers.docx.block_builder import BlockBuilder
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.limits import MAX_NOTES
from exporter.readers.docx.locations import name_captions
from exporter.readers.docx.node_attributes import NodeAttributes, main_language
from exporter.readers.docx.parsed import Container, Contents, ParsedBlock, ParsedParagraph, Table
from exporter.readers.docx.roles import Roles
from exporter.readers.docx.rules import CHANGES, COMMENTS, EMPTY, HIDDEN, INSERT, STYLE
from exporter.readers.docx.run_content import note_name
from exporter.readers.docx.story import StoryReader
from exporter.readers.rules import UNSUPPORTED, FindingCollector
from exporter.readers.sections import Flat, Heading, title_index


def read_document(data: bytes, file: str, styles: Path, *, guess_headings: bool = False) -> ReadResult:
    """Read a Word file (.docx, .docm, .dotx, .dotm) or a file that LibreOffice can convert to one.

    Args:
        data: The file.
        file: Its path inside the publication's folder.
        styles: The folder of styles, with the table of the meanings of Word styles.
        guess_headings: Whether paragraphs that only look like headings are headings.

    Raises:
        SourceError: It is no Word file, is locked, damaged or too large, or contains no text.
    """
    links: tuple[str, ...] = ()
    if kind := libreoffice.kind_of(data):
        data, links = linked.remove_links(data, kind)
        data = libreoffice.convert(data, kind, file)
    # No reference cycles are created here; searching for them would take a tenth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _read(data, file, styles, links, guess_headings=guess_headings)
    except DocxError as error:
        raise SourceError(error.message, advice=error.advice, source=Source(file)) from error
    finally:
        if collects:
            gc.enable()


def _read(data: bytes, file: str, styles: Path, links: tuple[str, ...], *, guess_headings: bool) -> ReadResult:
    report = FindingCollector(file)
    for link in links:
        report.add(REMOTE, None, f"Linked file ignored: “{link[:80]}” is not in the file.", advice=INSERT)
    package = Package(data, lenient=True)
    context = ReadContext(package, Roles.load(styles), report)
    body = package.document().find(name("body"))
    if body is None:
        raise DocxError("The Word file contains no text.")
    document_properties = properties.read(context)
    context.is_word_edition = document_properties.is_word_edition
    blocks = StoryReader(context, package.main, body).read(body)
    _read_notes(context)
    language = main_language(context, document_properties.metadata.language)
    labels = Labels.load(styles, language)
    metadata = msgspec.structs.replace(document_properties.metadata, language=language)
    if document_properties.is_word_edition:
        metadata, leading, blocks = title_block.take_own(blocks, metadata)
    else:
        blocks = layout_tables.unwrap(blocks)
        headings_by_look.find_title(blocks, report, guess=guess_headings)
        metadata, leading, blocks = title_block.take(blocks, metadata, labels, report)
        headings_by_look.find_headings(blocks, report, guess=guess_headings)
    attributes = NodeAttributes(context, language)
    attributes.assign_ids([*leading, *blocks])
    for inside in context.notes.values():
        attributes.assign_ids(inside)
    builder = BlockBuilder(context, attributes, labels, document_properties.voices)
    publication = _publication(builder, leading, blocks, metadata)
    if not (publication.front or publication.body):
        raise SourceError("The Word file has no text.", advice="Write something in it.", source=Source(file))
    report_counts(context)
    attributes.report_regions()
    if publication.metadata.source is None:
        # Findings about missing metadata refer to this file.
        metadata = msgspec.structs.replace(publication.metadata, source=Source(file))
        publication = msgspec.structs.replace(publication, metadata=metadata)
    publication, findings = name_captions(publication, report.findings())
    return ReadResult(publication, findings, context.media.files, document_properties.suggested)


def _read_notes(context: ReadContext) -> None:
    """Read the notes that the text and other notes refer to."""
    done: set[tuple[NoteKind, str]] = set()
    numbers = dict.fromkeys(NoteKind, 0)
    while len(done) < len(context.notes):
        for key in list(context.notes):
            if key in done:
                continue
            done.add(key)
            kind, identifier = key
            numbers[kind] += 1
            element = context.note(kind, identifier)
            if element is None:
                continue
            part = context.part_name(f"{kind.value}s")
            context.locations.enter(f"{kind.value} {numbers[kind]}", context.note_anchors.get(key, 0))
            context.note_locations[key] = context.locations.here()
            context.notes[key] = StoryReader(context, part, element).read(element)
            context.locations.leave()
            if len(done) > MAX_NOTES:
                raise DocxError(f"The text has more than {MAX_NOTES:,} notes.", "Divide it.")


def _publication(
    builder: BlockBuilder, leading: Sequence[ParsedBlock], blocks: Sequence[ParsedBlock], metadata: Metadata
) -> Publication:
    before, body = _split(builder, blocks)
    front: Sequence[Flat] = builder.blocks([*leading, *before])
    flat: Sequence[Flat] = builder.blocks(body)
    if not any(isinstance(block, Heading) for block in front) and not builder.context.is_word_edition:
        metadata, above, flat = _with_title(builder, metadata, flat)
        front = [*front, *above]
    notes = tuple(
        Note(
            at=At(source=builder.context.note_locations.get(key)),
            id=note_name(*key),
            children=builder.nested(inside),
            kind=key[0],
        )
        for key, inside in builder.context.notes.items()
    )
    metadata = msgspec.structs.replace(
        metadata, direction=direction_of(metadata.language) if metadata.language else metadata.direction
    )
    return Publication(
        metadata=metadata,
        front=builder.nest(_trim_page_breaks(front)),
        body=builder.nest(_trim_page_breaks(flat)),
        notes=notes,
    )


def _trim_page_breaks(flat: Sequence[Flat]) -> Sequence[Flat]:
    """Return blocks without leading, trailing and repeated page breaks."""
    out: list[Flat] = []
    for block in flat:
        if isinstance(block, PageBreak) and not block.label and (not out or isinstance(out[-1], PageBreak)):
            continue
        out.append(block)
    while out and isinstance(out[-1], PageBreak):
        out.pop()
    return out


def _split(builder: BlockBuilder, blocks: Sequence[ParsedBlock]) -> tuple[Sequence[ParsedBlock], Sequence[ParsedBlock]]:
    """Return the front matter and the text."""
    context = builder.context
    if context.is_word_edition:
        for index, block in enumerate(blocks):
            if _begins_with(block, "_Body"):
                return blocks[:index], blocks[index:]
        return (), blocks
    contents = title_block.before_contents(blocks)
    if contents is None:
        return (), blocks
    before = [block for block in blocks[:contents] if not isinstance(block, Contents)]
    if (
        any(isinstance(block, ParsedParagraph) and block.meaning.level == 1 for block in before)
        and len(before) < len(blocks) // 2
    ):
        return before, blocks[contents:]
    return (), blocks


def _begins_with(block: ParsedBlock, bookmark: str) -> bool:
    """Return whether a bookmark is in the first paragraph of a block."""
    match block:
        case Contents():
            return False
        case Container() if block.content:
            return bookmark in block.bookmarks or _begins_with(block.content[0], bookmark)
        case Table() if block.rows[0].cells and block.rows[0].cells[0].content:
            return bookmark in block.bookmarks or _begins_with(block.rows[0].cells[0].content[0], bookmark)
        case _:
            return bookmark in block.bookmarks


def _with_title(
    builder: BlockBuilder, metadata: Metadata, flat: Sequence[Flat]
) -> tuple[Metadata, Sequence[Flat], Sequence[Flat]]:
    """Return metadata with the title of a heading, what is above it, and the text below it (`title_index`)."""
    # A title in the properties may be that of a template; a sole heading outweighs it.
    known = metadata.title if metadata.source else ""
    index = title_index(flat, metadata.title)
    if index is None and not known and flat and isinstance(flat[0], Heading):
        index = title_index(flat, "")
    if index is None:
        return metadata, (), flat
    heading = flat[index]
    assert isinstance(heading, Heading)
    if any(isinstance(node, NoteReference) for node in walk(heading.title)):
        title_block.report_note(builder.context.report, heading.at.source)
    title = plain_text(heading.title)
    metadata = msgspec.structs.replace(metadata, title=title, source=metadata.source or heading.at.source)
    return metadata, flat[:index], flat[index + 1 :]


def report_counts(context: ReadContext) -> None:
    """Report tracked changes, comments, hidden text and the like."""
    counts = context.counts
    changes = [
        _format_count(counts[what], singular, plural)
        for what, singular, plural in (
            ("insertions", "insertion was accepted", "insertions were accepted"),
            ("deletions", "deletion was accepted", "deletions were accepted"),
            ("moves", "move was accepted", "moves were accepted"),
        )
        if counts[what]
    ]
    if changes:
        first = next(what for what in ("insertions", "deletions", "moves") if counts[what])
        _report_count(context, CHANGES, first, f"Tracked changes: {', '.join(changes)}.")
    if counts["comments"]:
        counted = _format_count(counts["comments"], "comment was", "comments were")
        _report_count(context, COMMENTS, "comments", f"{counted} ignored.")
    if counts["hidden"]:
        counted = _format_count(counts["hidden"], "piece of hidden text was", "pieces of hidden text were")
        _report_count(context, HIDDEN, "hidden", f"{counted} ignored.")
    if counts["empty"]:
        _report_count(context, EMPTY, "empty", f"{counts['empty']} consecutive empty paragraphs are used for spacing.")
    if counts["shapes"]:
        counted = _format_count(counts["shapes"], "drawn shape without text was", "drawn shapes without text were")
        advice = "If they are meaningful, save them as an image and insert that with an alt text."
        _report_count(context, UNSUPPORTED, "shapes", f"{counted} ignored.", advice)
    if counts["index"]:
        advice = "Its page numbers are only valid in print; readers can search the text."
        _report_count(context, UNSUPPORTED, "index", "The index was ignored.", advice)
    if counts["placeholders"]:
        counted = _format_count(counts["placeholders"], "field to be filled in was", "fields to be filled in were")
        _report_count(context, UNSUPPORTED, "placeholders", f"{counted} ignored.", "Fill in or delete them.")
    if not context.is_word_edition:
        for style in sorted(set(context.styles.unknown.values())):
            context.report.add(STYLE, None, f"Unknown style “{style}”: it was read as plain text.")


def _format_count(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def _report_count(context: ReadContext, rule: Rule, what: str, message: str, advice: str = "") -> None:
    context.report.add(rule, context.first.get(what), message, advice=advice)
