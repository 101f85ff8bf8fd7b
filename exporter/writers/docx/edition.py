"""Writer of the Word edition."""

from __future__ import annotations

from pathlib import Path

from exporter.contracts import WriteContext, WriteResult
from exporter.labels import Labels
from exporter.model import Block, Blocks, Emphasis, Figure, Metadata, NoteKind, Paragraph, Publication, Turn
from exporter.model.east_asian import count_words
from exporter.model.walk import plain_text, walk
from exporter.writers import missing_images
from exporter.writers.docx import NAME, Options, PageNumbers
from exporter.writers.docx.blocks.block_writer import BlockWriter
from exporter.writers.docx.blocks.paragraphs import ParagraphWriter
from exporter.writers.docx.blocks.title_page import TitlePageWriter, has_title_page
from exporter.writers.docx.blocks.toc import AFTER_CONTENTS, MIN_HEADINGS, MIN_HEADINGS_SHORT, TableOfContents
from exporter.writers.docx.context import Story, WriteState
from exporter.writers.docx.inlines.drawings import DrawingWriter
from exporter.writers.docx.inlines.inline_writer import InlineWriter
from exporter.writers.docx.inlines.notes import NoteWriter
from exporter.writers.docx.package import Package
from exporter.writers.docx.page_numbers import CountedPages, count_pages
from exporter.writers.docx.settings import add_document_properties, add_settings
from exporter.writers.docx.styles.design import Design
from exporter.writers.docx.styles.sections import add_headers_and_footers, add_section
from exporter.writers.docx.xml import Element, add

_LONGEST_LETTERHEAD = 40
"""Words."""


def write_edition(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the publication as a Word document; see `exporter.writers.docx.write`."""
    metadata = publication.metadata
    available = [asset.name for asset in publication.assets if context.assets.path(asset.digest).is_file()]
    publication, missing = missing_images.replace(publication, available, NAME)
    package = Package()
    design = Design(package, context, options, metadata)
    state = WriteState(
        publication, context, paper=design.paper, stylesheet=design.stylesheet, numbering=design.numbering
    )
    state.findings += [*missing, *design.findings]
    notes = NoteWriter(state, package)
    drawings = DrawingWriter(state, package)
    toc = _write_body(state, package, drawings, notes, options)
    context.progress(0.6)

    page_total = _add_section(package, metadata, context.labels, design)
    kinds = notes.kinds
    add_settings(
        package,
        metadata,
        state.variables | {f"bookmark:{name}": target for name, target in state.bookmarks.original_names.items()},
        mirrored=design.reference_section is not None and design.reference_section.mirrored,
        footnotes=NoteKind.FOOTNOTE in kinds,
        endnotes=NoteKind.ENDNOTE in kinds,
    )
    add_document_properties(package, metadata, context.labels, _voices(publication))
    pages = CountedPages(reason="No page numbers in the table of contents: disabled in the settings.")
    if toc and options.page_numbers is PageNumbers.AUTO:
        pages = count_pages(package, context)
    toc.fill(pages.bookmarks, pages.reason or "LibreOffice did not find all headings.")
    if pages.count and page_total is not None:
        add(page_total, "t", {"xml:space": "preserve"}, str(pages.count))
    context.progress(0.9)
    package.save(target)
    return WriteResult(findings=tuple(state.findings), sidecars=drawings.placed().sidecars())


def _add_section(package: Package, metadata: Metadata, labels: Labels, design: Design) -> Element | None:
    """Append the section properties; return the run for the total number of pages, or None if there is none."""
    body = package.document.element[0]
    if design.reference_section is None:
        return add_section(body, package, metadata, labels, design.paper)
    section = add(body, "sectPr")
    page_total = None
    if design.reference_section.has_headers:
        design.reference_section.add_headers_and_footers(section)
    else:
        page_total = add_headers_and_footers(section, package, metadata, labels)
    design.reference_section.add_properties(section, metadata)
    return page_total


def _write_body(
    state: WriteState, package: Package, drawings: DrawingWriter, notes: NoteWriter, options: Options
) -> TableOfContents:
    """Write title page, front, table of contents and text."""
    publication, metadata = state.publication, state.metadata
    inlines = InlineWriter(state, drawings, notes)
    paragraphs = ParagraphWriter(state, inlines)
    has_own_page = has_title_page(metadata.kind)
    toc = TableOfContents(
        state, options.contents_depth, min_headings=MIN_HEADINGS if has_own_page else MIN_HEADINGS_SHORT
    )
    title_page = bool(toc) and has_own_page
    blocks = BlockWriter(state, paragraphs, drawings, toc, chapters_begin_pages=title_page)
    notes.write_blocks = blocks.write_note
    title_page_writer = TitlePageWriter(state, paragraphs, drawings)

    story = Story(package.document)
    body = add(package.document.element, "body")
    block_context = state.outer_context(story)
    title_page_writer.add_title_block(body, block_context, page=title_page)
    if title_page:
        # A cover image fills the first page.
        story.pending.page_break = metadata.cover is not None
        title_page_writer.add_imprint(body, block_context)
        is_letterhead = _is_letterhead(publication.front)
        story.pending.page_break = not is_letterhead
        story.pending.space_before = AFTER_CONTENTS if publication.front and is_letterhead else 0
    blocks.write(body, publication.front, block_context)
    if toc:
        story.pending.page_break |= title_page
        toc.write(body, block_context, paragraphs)
        story.pending.page_break = title_page
        story.pending.space_before = 0 if title_page else AFTER_CONTENTS
    if publication.front:
        story.pending.bookmarks.append(state.bookmarks.add_unique("_Body"))
    state.context.progress(0.1)
    blocks.write(body, publication.body, block_context)
    if not title_page:
        title_page_writer.add_imprint(body, block_context)
    blocks.end(body, block_context)
    paragraphs.finish(story, body)
    notes.finish()
    inlines.finish()
    state.finish()
    state.numbering.finish()
    return toc


def _is_letterhead(front: Blocks) -> bool:
    """Return whether the front is few words with a logo, or lines such as place and date, without a page of their own.

    A dedication, which is in italics or a sentence, has one.
    """
    is_short = count_words(plain_text(front)) <= _LONGEST_LETTERHEAD
    return is_short and (any(isinstance(block, Figure) for block in front) or all(map(_is_line, front)))


def _is_line(block: Block) -> bool:
    is_emphasised = any(isinstance(node, Emphasis) for node in walk(block))
    return isinstance(block, Paragraph) and not is_emphasised and plain_text(block).strip()[-1:] not in set(".!?…")


def _voices(publication: Publication) -> dict[str, str]:
    """Return the voices of speakers for the audio edition."""
    turns = (node for node in walk(publication) if isinstance(node, Turn))
    return {turn.speaker.name: turn.speaker.voice for turn in turns if turn.speaker.voice}
