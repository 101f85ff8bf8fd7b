"""Reading of a Markdown manuscript as a publication."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.contracts import ReadResult
from exporter.errors import SourceError
from exporter.model import Kind, Metadata, Note, NoteReference, Publication, Source
from exporter.model.text_keys import same_words
from exporter.model.walk import plain_text, walk
from exporter.readers.bold_headings import with_bold_headings
from exporter.readers.markdown import front_matter, grammar
from exporter.readers.markdown.blocks import read_blocks
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.export_options import read_options
from exporter.readers.markdown.metadata import KEYS, read_metadata
from exporter.readers.markdown.source import decode
from exporter.readers.markdown.token_tree import TooDeepError, build_tree
from exporter.readers.rules import FRONT_MATTER_UNMARKED, FRONT_MISPLACED, UNSUPPORTED, FindingCollector
from exporter.readers.sections import Flat, Heading, split_front


def read_document(data: bytes, file: str, *, guess_headings: bool = False) -> ReadResult:
    """Read a Markdown manuscript as a publication; every node has its line.

    Args:
        data: The file.
        file: Its path inside the publication's folder.
        guess_headings: Whether bold paragraphs are headings.

    Raises:
        SourceError: The file is not text, too large, nested too deeply or empty, or its front matter is invalid.
    """
    report = FindingCollector(file)
    front = front_matter.split(decode(data, report), file, KEYS)
    if not front.is_marked:
        report.add(FRONT_MATTER_UNMARKED, front.line, "The keys and values at the beginning were read as front matter.")
    (metadata, invalid_keys), options = read_metadata(front, report), read_options(front, report)
    flat: Sequence[Flat]
    flat, notes = read_text(front.text, report, keeps_lines=metadata.kind is Kind.EASY_READ)
    if not flat:
        raise SourceError(
            "The manuscript has front matter, but no text." if front.line else "The manuscript has no text.",
            advice="Write the text below the front matter." if front.line else "Write the text.",
            source=Source(file, 1),
        )
    metadata, flat = _with_title(metadata, flat, report)
    flat = with_bold_headings(flat) if guess_headings else flat
    leading, rest = split_front(flat)
    for block in rest:
        if isinstance(block, Heading) and "front" in block.classes:
            line = block.at.source.line if block.at.source else 0
            message = "This {.front} section follows or is inside other sections; it was not moved."
            report.add(FRONT_MISPLACED, line, message)
    context = Context(report)
    publication = Publication(
        metadata=metadata, front=context.nest(leading), body=context.nest(rest), notes=tuple(notes)
    )
    return ReadResult(publication=publication, findings=report.findings(), options=options, invalid_keys=invalid_keys)


def read_text(
    text: str, report: FindingCollector, *, flat: bool = False, keeps_lines: bool = False
) -> tuple[list[Flat], list[Note]]:
    """Return the blocks and headings of a text, and its notes in the order of their lines.

    Args:
        text: Markdown without front matter.
        report: Collector of findings.
        flat: Whether headings stay flat inside quotes and lists too, and empty ones are kept.
        keeps_lines: Whether the line ends of paragraphs are kept.

    Raises:
        SourceError: The text is nested too deeply, or a paragraph or table is too large.
    """
    try:
        tokens, state = grammar.parse_tokens(text, report)
        context = Context(report, state.abbreviations, flat=flat, keeps_lines=keeps_lines)
        nodes = build_tree(tokens)
        context.defined.update(token.info for token in tokens if token.type == "note_open")
        blocks = read_blocks(nodes, context)
    except TooDeepError as error:
        raise SourceError(
            "Emphasis, links or HTML are nested too deeply here.",
            advice="Use fewer levels.",
            source=Source(report.file, error.line),
        ) from error
    return blocks, sorted(context.notes, key=_line)


def _known_titles(metadata: Metadata) -> tuple[str, str]:
    """Return the title of the front matter without and with its subtitle."""
    return metadata.title, f"{metadata.title} {metadata.subtitle}"


def _line(note: Note) -> int:
    return note.at.source.line if note.at.source else 0


def _with_title(metadata: Metadata, flat: Sequence[Flat], report: FindingCollector) -> tuple[Metadata, Sequence[Flat]]:
    """Move the only level-1 heading, at the beginning, to the title, unless the front matter has another title."""
    first = flat[0]
    tops = [block for block in flat if isinstance(block, Heading) and block.level == 1]
    if not isinstance(first, Heading) or first.level != 1 or len(tops) != 1 or "front" in first.classes:
        return metadata, flat
    title = plain_text(first.title)
    if metadata.title and not any(same_words(title, known) for known in _known_titles(metadata)):
        return metadata, flat
    if any(isinstance(node, NoteReference) for node in walk(first.title)):
        line = first.at.source.line if first.at.source else 0
        message = "The title has a note reference, which is not supported there; it was ignored."
        report.add(UNSUPPORTED, line, message, advice="Move the reference to the first sentence of the text.")
    if len(flat) == 1:
        return metadata, flat
    if metadata.title:
        return metadata, flat[1:]
    return msgspec.structs.replace(metadata, title=title, source=metadata.source or first.at.source), flat[1:]
