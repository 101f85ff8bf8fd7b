"""From the bytes of a Markdown manuscript to a publication."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.contracts import ReadResult
from exporter.errors import SourceError
from exporter.model import Metadata, Note, NoteReference, Publication, Source
from exporter.model.walk import plain_text, walk
from exporter.readers.markdown import front_matter, grammar
from exporter.readers.markdown.blocks import read_blocks
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.export_options import read_options
from exporter.readers.markdown.metadata import read_metadata
from exporter.readers.markdown.source import decode
from exporter.readers.markdown.token_tree import TooDeepError, grow
from exporter.readers.rules import FRONT_MISPLACED, UNSUPPORTED, FindingCollector
from exporter.readers.sections import Flat, Heading, split_front


def read_document(data: bytes, file: str) -> ReadResult:
    """Turn a Markdown manuscript into a tree; every node knows its line.

    Raises:
        SourceError: Not text, too large, nested too deeply, broken front matter, or nothing in it.
    """
    report = FindingCollector(file)
    front = front_matter.split(decode(data, report), file)
    metadata, options = read_metadata(front, report), read_options(front, report)
    flat: Sequence[Flat]
    flat, notes = read_text(front.text, report)
    if not flat:
        raise SourceError(
            "The manuscript has front matter, but no text." if front.line else "The manuscript has no text.",
            advice="Write something below the front matter." if front.line else "Write something in it.",
            source=Source(file, 1),
        )
    metadata, flat = _with_title(metadata, flat, report)
    leading, rest = split_front(flat)
    for block in rest:
        if isinstance(block, Heading) and "front" in block.classes:
            line = block.at.source.line if block.at.source else 0
            message = "A section marked {.front} stands behind others or below one; it was left in its place."
            report.add(FRONT_MISPLACED, line, message)
    context = Context(report)
    publication = Publication(
        metadata=metadata, front=context.nest(leading), body=context.nest(rest), notes=tuple(notes)
    )
    return ReadResult(publication=publication, findings=report.findings(), options=options)


def read_text(text: str, report: FindingCollector, *, flat: bool = False) -> tuple[list[Flat], list[Note]]:
    """Return the blocks of a text, headings in a row, and its notes in the order of their lines.

    Args:
        text: Markdown without front matter.
        report: Told about what could not be taken as written.
        flat: Leave headings in a row inside quotes and lists too, and empty ones where they are.

    Raises:
        SourceError: Nested too deeply, or a paragraph or table is too large.
    """
    try:
        tokens, desk = grammar.tokens(text, report)
        context = Context(report, desk.abbreviations, flat=flat)
        branches = grow(tokens)
        context.defined.update(token.info for token in tokens if token.type == "note_open")
        blocks = read_blocks(branches, context)
    except TooDeepError as error:
        raise SourceError(
            "Emphasis, links or HTML are nested too deeply here.",
            advice="Write it with fewer levels.",
            source=Source(report.file, error.line),
        ) from error
    return blocks, sorted(context.notes, key=_line)


def _line(note: Note) -> int:
    return note.at.source.line if note.at.source else 0


def _with_title(metadata: Metadata, flat: Sequence[Flat], report: FindingCollector) -> tuple[Metadata, Sequence[Flat]]:
    """Take the title from a sole heading of level 1 at the beginning, unless the front matter has another one."""
    first = flat[0]
    tops = [block for block in flat if isinstance(block, Heading) and block.level == 1]
    if not isinstance(first, Heading) or first.level != 1 or len(tops) != 1 or "front" in first.classes:
        return metadata, flat
    words = plain_text(first.title)
    if metadata.title and metadata.title != words:
        return metadata, flat
    if any(isinstance(node, NoteReference) for node in walk(first.title)):
        line = first.at.source.line if first.at.source else 0
        message = "The title has the mark of a note, and a title carries none; the mark was left out."
        report.add(UNSUPPORTED, line, message, advice="Put the mark behind the first sentence of the text.")
    if len(flat) == 1:
        return metadata, flat
    if metadata.title:
        return metadata, flat[1:]
    return msgspec.structs.replace(metadata, title=words, source=metadata.source or first.at.source), flat[1:]
