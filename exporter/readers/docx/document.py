"""Conversion of a Word file to a publication."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec

from exporter.contracts import ReadResult
from exporter.cycle_collector import without_cycle_collector
from exporter.errors import SourceError
from exporter.images.rules import REMOTE
from exporter.inspect.docx import DocxError, Package
from exporter.inspect.docx.xml import name
from exporter.labels import Labels, direction_of
from exporter.model import Metadata, NoteReference, PageBreak, Publication, Source
from exporter.model.text_keys import same_words
from exporter.model.walk import plain_text, walk
from exporter.readers.docx import counted_findings, note_numbers, properties, running_text, subdocuments
from exporter.readers.docx.blocks.block_builder import BlockBuilder
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.limits import MAX_EMBEDDED_DEPTH
from exporter.readers.docx.locations import name_locations
from exporter.readers.docx.node_attributes import NodeAttributes, main_language
from exporter.readers.docx.other_formats import conversion, link_removal
from exporter.readers.docx.parsed import Container, Contents, ParsedBlock, ParsedParagraph, Table, role_of
from exporter.readers.docx.recognition import (
    cover_lines,
    framed_paragraphs,
    headings_by_look,
    layout_tables,
    quotations,
    table_uses,
    title_block,
    typed_toc,
)
from exporter.readers.docx.roles import Role, Roles
from exporter.readers.docx.rules import DAMAGED, INSERT
from exporter.readers.docx.story import StoryReader
from exporter.readers.rules import FindingCollector
from exporter.readers.sections import Flat, Heading, title_index

_LONGEST_IMPRINT = 300
"""Words before a table of contents that are no beginning of the text."""


def read_document(data: bytes, file: str, styles: Path, *, guess_headings: bool = False, depth: int = 0) -> ReadResult:
    """Read a Word file (.docx, .docm, .dotx, .dotm) or a file that LibreOffice can convert to one.

    Args:
        data: The file.
        file: Its path inside the publication's folder.
        styles: The folder of styles, with the table of the meanings of Word styles.
        guess_headings: Whether paragraphs that only look like headings are headings.
        depth: Number of files inside which it is.

    Raises:
        SourceError: It is no Word file, is locked, damaged or too large, or contains no text.
    """
    if depth > MAX_EMBEDDED_DEPTH:
        raise SourceError("Documents are nested too deeply.", source=Source(file))
    links: tuple[str, ...] = ()
    if kind := conversion.kind_of(data):
        data, links = link_removal.remove_links(data, kind)
        data = conversion.convert(data, kind, file)
    try:
        read_embedded = partial(read_document, file=file, styles=styles, guess_headings=guess_headings, depth=depth + 1)
        return _read(data, file, styles, links, read_embedded, guess_headings=guess_headings)
    except DocxError as error:
        raise SourceError(error.message, advice=error.advice, source=Source(file)) from error


@without_cycle_collector()
def _read(
    data: bytes,
    file: str,
    styles: Path,
    links: tuple[str, ...],
    read_embedded: Callable[[bytes], ReadResult],
    *,
    guess_headings: bool,
) -> ReadResult:
    report = FindingCollector(file)
    for link in links:
        report.add(REMOTE, None, f"Linked file ignored: “{link[:80]}” is not in the file.", advice=INSERT)
    package = Package(data, lenient=True)
    context = ReadContext(package, Roles.load(styles), report, read_embedded)
    bodies = package.document().findall(name("body"))
    if not bodies:
        raise DocxError("The Word file contains no text.")
    body, *others = bodies
    for other in others:  # the schema has one (17.2.2); what programs write in others is text, too
        body.extend(other)
    document_properties = properties.read(context)
    context.is_word_edition = document_properties.is_word_edition
    blocks = typed_toc.drop(StoryReader(context, package.main, body).read(body), context)
    context.notes.read(lambda kind, note: StoryReader(context, context.part_name(kind), note).read(note))
    language = main_language(context, document_properties.metadata.language)
    labels = Labels.load(styles, language)
    metadata = msgspec.structs.replace(document_properties.metadata, language=language)
    if document_properties.is_word_edition:
        metadata, leading, blocks = title_block.take_own(blocks, metadata)
    else:
        blocks = table_uses.read_uses(layout_tables.unwrap(blocks))
        looks_like = headings_by_look.find_title(blocks, metadata.title, report, guess=guess_headings)
        if looks_like and not same_words(looks_like, metadata.title):
            metadata = msgspec.structs.replace(metadata, title="")  # that of the properties is another one
        metadata, leading, blocks = title_block.take(blocks, metadata, labels, report)
        quotations.mark_quotations(blocks, context.styles.paragraph_format(""))
        blocks = framed_paragraphs.as_boxes(blocks)
        headings_by_look.find_headings(blocks, report, guess=guess_headings)
    attributes = NodeAttributes(context, language)
    attributes.assign_ids([*leading, *blocks])
    for note in context.notes.referenced.values():
        attributes.assign_ids(note.blocks)
    builder = BlockBuilder(context, attributes, labels, document_properties.voices)
    publication = _publication(builder, leading, blocks, metadata)
    if not (publication.front or publication.body):
        if missing := subdocuments.message(context):
            raise SourceError(missing, advice=subdocuments.ADVICE, source=Source(file))
        raise SourceError("The Word file has no text.", advice="Write something in it.", source=Source(file))
    for part, reason in package.damaged_relations.items():
        report.add(DAMAGED, None, f"The part “{part}” {reason}; images, links and notes that it names may be missing.")
    counted_findings.report(context)
    note_numbers.report(context, publication)
    context.cross_references.report(report)
    running_text.report(context, publication)
    attributes.report_regions()
    suggested = document_properties.suggested
    if publication.metadata.source is None:
        if not document_properties.is_word_edition:
            suggested = msgspec.structs.replace(suggested, title=document_properties.metadata.title)
        # Findings about missing metadata refer to this file.
        metadata = msgspec.structs.replace(publication.metadata, source=Source(file))
        publication = msgspec.structs.replace(publication, metadata=metadata)
    publication, findings = name_locations(publication, report.findings())
    return ReadResult(publication, findings, context.media.files, suggested)


def _publication(
    builder: BlockBuilder, leading: Sequence[ParsedBlock], blocks: Sequence[ParsedBlock], metadata: Metadata
) -> Publication:
    before, body = _split(builder, blocks, has_title=bool(metadata.title and metadata.source))
    front: Sequence[Flat] = builder.blocks([*leading, *before])
    flat: Sequence[Flat] = builder.blocks(body)
    if not any(isinstance(block, Heading) for block in front) and not builder.context.is_word_edition:
        metadata, above, flat = _with_title(builder, metadata, flat)
        front = [*front, *above]
    metadata = msgspec.structs.replace(
        metadata, direction=direction_of(metadata.language) if metadata.language else metadata.direction
    )
    return Publication(
        metadata=metadata,
        front=builder.nest(_trim_page_breaks(front)),
        body=builder.nest(_trim_page_breaks(flat)),
        notes=builder.context.notes.nodes(builder.nested),
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


def _split(
    builder: BlockBuilder, blocks: Sequence[ParsedBlock], *, has_title: bool
) -> tuple[Sequence[ParsedBlock], Sequence[ParsedBlock]]:
    """Return the front matter and the text.

    Args:
        builder: Builds the blocks of the tree.
        blocks: What is below the title.
        has_title: Whether the title was a line above it.
    """
    context = builder.context
    if context.is_word_edition:
        for index, block in enumerate(blocks):
            if _begins_with(block, "_Body"):
                return blocks[:index], blocks[index:]
        return (), blocks
    contents = title_block.before_contents(blocks)
    if contents is None:
        end = cover_lines.end_of_cover(blocks) if has_title else 0
        return blocks[:end], blocks[end:]
    before = [block for block in blocks[:contents] if not isinstance(block, Contents)]
    has_chapter = any(isinstance(block, ParsedParagraph) and block.meaning.level == 1 for block in before)
    if (has_chapter or _is_imprint(before)) and len(before) < len(blocks) // 2:
        return before, blocks[contents:]
    return (), blocks


def _is_imprint(blocks: Sequence[ParsedBlock]) -> bool:
    """Return whether blocks are a few words without a heading."""
    has_heading = any(role_of(paragraph) is Role.HEADING for paragraph in layout_tables.paragraphs(blocks))
    return not has_heading and sum(1 for _ in layout_tables.words(blocks)) <= _LONGEST_IMPRINT


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
