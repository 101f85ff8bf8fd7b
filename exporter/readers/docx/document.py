"""From the bytes of a Word file to a publication."""

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
from exporter.readers.docx import libreoffice, linked, properties, title_block
from exporter.readers.docx.block_builder import BlockBuilder
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.limits import MAX_NOTES
from exporter.readers.docx.node_attributes import NodeAttributes, main_language
from exporter.readers.docx.parsed import Container, Contents, ParsedBlock, ParsedParagraph, Table
from exporter.readers.docx.roles import Roles
from exporter.readers.docx.rules import CHANGES, COMMENTS, EMPTY, HIDDEN, INSERT, STYLE
from exporter.readers.docx.run_content import note_name
from exporter.readers.docx.story import StoryReader
from exporter.readers.rules import UNSUPPORTED, FindingCollector
from exporter.readers.sections import Flat, Heading


def read_document(data: bytes, file: str, styles: Path) -> ReadResult:
    """Turn the bytes of a Word file (.docx and its kin) into a tree.

    Args:
        data: The file.
        file: Its path inside the publication's folder.
        styles: The folder of styles, with the table of what Word's styles mean.

    Raises:
        SourceError: It is no Word file, is locked, damaged or too large, or holds no text.
    """
    links: tuple[str, ...] = ()
    if kind := libreoffice.kind_of(data):
        data, links = linked.take_out(data, kind)
        data = libreoffice.convert(data, kind, file)
    # Nothing that is made here is in a circle: looking for circles would cost a tenth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _read(data, file, styles, links)
    except DocxError as error:
        raise SourceError(error.message, advice=error.advice, source=Source(file)) from error
    finally:
        if collects:
            gc.enable()


def _read(data: bytes, file: str, styles: Path, links: tuple[str, ...]) -> ReadResult:
    report = FindingCollector(file)
    for link in links:
        report.add(REMOTE, None, f"“{link[:80]}” is not in the file, only linked, and was left out.", advice=INSERT)
    package = Package(data, lenient=True)
    context = ReadContext(package, Roles.load(styles), report)
    body = package.document().find(name("body"))
    if body is None:
        raise DocxError("The Word file contains no text.")
    said = properties.read(context)
    context.own = said.own
    blocks = StoryReader(context, package.main, body).read(body)
    _read_notes(context)
    language = main_language(context, said.metadata.language)
    labels = Labels.load(styles, language)
    metadata = msgspec.structs.replace(said.metadata, language=language)
    metadata, blocks = title_block.take(blocks, metadata, labels, own=said.own)
    attributes = NodeAttributes(context, language)
    attributes.assign_ids(blocks)
    for inside in context.notes.values():
        attributes.assign_ids(inside)
    builder = BlockBuilder(context, attributes, labels, said.voices)
    publication = _publication(builder, blocks, metadata)
    if not (publication.front or publication.body):
        raise SourceError("The Word file has no text.", advice="Write something in it.", source=Source(file))
    report_counts(context)
    attributes.report_regions()
    if publication.metadata.source is None:
        # What the metadata lack is told of this file, in the words of Word.
        metadata = msgspec.structs.replace(publication.metadata, source=Source(file))
        publication = msgspec.structs.replace(publication, metadata=metadata)
    return ReadResult(publication, report.findings(), context.media.files, said.suggested)


def _read_notes(context: ReadContext) -> None:
    """Read the notes that the text refers to, and those that they refer to."""
    done: set[tuple[NoteKind, str]] = set()
    numbers = dict.fromkeys(NoteKind, 0)
    while len(done) < len(context.notes):
        for place in list(context.notes):
            if place in done:
                continue
            done.add(place)
            kind, identifier = place
            numbers[kind] += 1
            element = context.note(kind, identifier)
            if element is None:
                continue
            part = context.part_name(f"{kind.value}s")
            context.locations.enter(f"{kind.value} {numbers[kind]}")
            context.note_locations[place] = context.locations.here()
            context.notes[place] = StoryReader(context, part, element).read(element)
            context.locations.leave()
            if len(done) > MAX_NOTES:
                raise DocxError(f"The text has more than {MAX_NOTES:,} notes.", "Divide it.")


def _publication(builder: BlockBuilder, blocks: Sequence[ParsedBlock], metadata: Metadata) -> Publication:
    front, body = _split(builder, blocks)
    leading: Sequence[Flat] = builder.blocks(front)
    flat: Sequence[Flat] = builder.blocks(body)
    if not leading and not builder.context.own:
        metadata, flat = _with_title(builder, metadata, flat)
    notes = tuple(
        Note(
            at=At(source=builder.context.note_locations.get(place)),
            id=note_name(*place),
            children=builder.nested(inside),
            kind=place[0],
        )
        for place, inside in builder.context.notes.items()
    )
    metadata = msgspec.structs.replace(
        metadata, direction=direction_of(metadata.language) if metadata.language else metadata.direction
    )
    return Publication(
        metadata=metadata,
        front=builder.nest(_trim_page_breaks(leading)),
        body=builder.nest(_trim_page_breaks(flat)),
        notes=notes,
    )


def _trim_page_breaks(flat: Sequence[Flat]) -> Sequence[Flat]:
    """Return blocks without page breaks before the first and behind the last one, and one where there are several."""
    out: list[Flat] = []
    for block in flat:
        if isinstance(block, PageBreak) and not block.label and (not out or isinstance(out[-1], PageBreak)):
            continue
        out.append(block)
    while out and isinstance(out[-1], PageBreak):
        out.pop()
    return out


def _split(builder: BlockBuilder, blocks: Sequence[ParsedBlock]) -> tuple[Sequence[ParsedBlock], Sequence[ParsedBlock]]:
    """Return what stands before the contents, and the text."""
    context = builder.context
    if context.own:
        for place, block in enumerate(blocks):
            if _begins_with(block, "_Body"):
                return blocks[:place], blocks[place:]
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
    """Return whether a bookmark is in the first paragraph of something."""
    match block:
        case Contents():
            return False
        case Container() if block.content:
            return bookmark in block.bookmarks or _begins_with(block.content[0], bookmark)
        case Table() if block.rows[0].cells and block.rows[0].cells[0].content:
            return bookmark in block.bookmarks or _begins_with(block.rows[0].cells[0].content[0], bookmark)
        case _:
            return bookmark in block.bookmarks


def _with_title(builder: BlockBuilder, metadata: Metadata, flat: Sequence[Flat]) -> tuple[Metadata, Sequence[Flat]]:
    """Take the title from a sole heading of the highest level at the beginning, unless the file has another one."""
    first = flat[0] if flat else None
    levels = [block.level for block in flat if isinstance(block, Heading)]
    if (
        not isinstance(first, Heading)
        or first.level != min(levels)
        or levels.count(first.level) != 1
        or len(levels) < 2
    ):
        return metadata, flat
    words = plain_text(first.title)
    said = metadata.source is not None and metadata.title
    if said and metadata.title != words:
        return metadata, flat
    if any(isinstance(node, NoteReference) for node in walk(first.title)):
        message = "The title has the mark of a note, and a title carries none; the mark was left out."
        builder.context.report.add(
            UNSUPPORTED, first.at.source, message, advice="Put the mark behind the first sentence of the text."
        )
    return msgspec.structs.replace(metadata, title=words, source=metadata.source or first.at.source), flat[1:]


def report_counts(context: ReadContext) -> None:
    """Report tracked changes, comments, hidden text and the like."""
    counts = context.counts
    changes = [
        _format_count(counts[what], one, many)
        for what, one, many in (
            ("insertions", "insertion was taken over", "insertions were taken over"),
            ("deletions", "deletion was carried out", "deletions were carried out"),
            ("moves", "move was taken over", "moves were taken over"),
        )
        if counts[what]
    ]
    if changes:
        first = next(what for what in ("insertions", "deletions", "moves") if counts[what])
        _say(context, CHANGES, first, f"Changes are tracked: {', '.join(changes)}.")
    if counts["comments"]:
        said = _format_count(counts["comments"], "comment was", "comments were")
        _say(context, COMMENTS, "comments", f"{said} left out.")
    if counts["hidden"]:
        said = _format_count(counts["hidden"], "passage of hidden text was", "passages of hidden text were")
        _say(context, HIDDEN, "hidden", f"{said} left out.")
    if counts["empty"]:
        _say(context, EMPTY, "empty", f"{counts['empty']} empty paragraphs stand in rows, to make distance.")
    if counts["shapes"]:
        said = _format_count(counts["shapes"], "drawn shape without words was", "drawn shapes without words were")
        advice = "If they say something, save them as a picture and insert that, with an alt text."
        _say(context, UNSUPPORTED, "shapes", f"{said} left out.", advice)
    if counts["index"]:
        advice = "Page numbers mean nothing outside paper; readers search the text."
        _say(context, UNSUPPORTED, "index", "The index that Word made was left out.", advice)
    if counts["placeholders"]:
        said = _format_count(counts["placeholders"], "field that waits", "fields that wait")
        _say(context, UNSUPPORTED, "placeholders", f"{said} to be filled in left out.", "Fill in or delete them.")
    if not context.own:
        for style in sorted(set(context.styles.unknown.values())):
            context.report.add(STYLE, None, f"Nothing is known about the style “{style}”; it is read as plain text.")


def _format_count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _say(context: ReadContext, rule: Rule, what: str, message: str, advice: str = "") -> None:
    context.report.add(rule, context.first.get(what), message, advice=advice)
