"""The Word edition from beginning to end."""

from __future__ import annotations

from pathlib import Path

from exporter.contracts import WriteContext, WriteResult
from exporter.labels import Labels
from exporter.model import Metadata, NoteKind, Publication, Turn
from exporter.model.walk import walk
from exporter.writers import missing_images
from exporter.writers.docx import NAME, Options, PageNumbers
from exporter.writers.docx.blocks import BlockWriter
from exporter.writers.docx.context import Story, WriteState
from exporter.writers.docx.design import Design
from exporter.writers.docx.drawings import Pictures
from exporter.writers.docx.inlines import InlineWriter
from exporter.writers.docx.notes import Notes
from exporter.writers.docx.package import Package
from exporter.writers.docx.page_numbers import Pages, count
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.sections import add_frames, add_section
from exporter.writers.docx.settings import add_document_properties, add_settings
from exporter.writers.docx.title_page import FrontWriter, has_title_page
from exporter.writers.docx.toc import AFTER_CONTENTS, FEWEST, FEWEST_SHORT, Contents
from exporter.writers.docx.xml import Element, add


def write_edition(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the publication as a Word document; see `exporter.writers.docx.write`."""
    metadata = publication.metadata
    there = [asset.name for asset in publication.assets if context.assets.path(asset.digest).is_file()]
    publication, lost = missing_images.replace(publication, there, NAME)
    package = Package()
    design = Design(package, context, options, metadata)
    draft = WriteState(
        publication, context, paper=design.paper, stylesheet=design.stylesheet, numbering=design.numbering
    )
    draft.findings += [*lost, *design.findings]
    notes = Notes(draft, package)
    contents = _write_body(draft, package, notes, options)
    context.progress(0.6)

    total = _add_section(package, metadata, context.labels, design)
    kinds = notes.kinds
    add_settings(
        package,
        metadata,
        draft.variables | {f"bookmark:{name}": target for name, target in draft.bookmarks.renamed.items()},
        mirrored=design.house is not None and design.house.mirrored,
        footnotes=NoteKind.FOOTNOTE in kinds,
        endnotes=NoteKind.ENDNOTE in kinds,
    )
    add_document_properties(package, metadata, context.labels, _voices(publication))
    pages = Pages(reason="The contents show no page numbers, as the settings say.")
    if contents and options.page_numbers is PageNumbers.AUTO:
        pages = count(package, context)
    contents.fill(pages.bookmarks, pages.reason or "LibreOffice did not find every heading.")
    if pages.count and total is not None:
        add(total, "t", {"xml:space": "preserve"}, str(pages.count))
    context.progress(0.9)
    package.save(target)
    return WriteResult(findings=tuple(draft.findings))


def _add_section(package: Package, metadata: Metadata, labels: Labels, design: Design) -> Element | None:
    """Append the section: that of the model, or ours; give the run that shows how many pages there are."""
    body = package.document.element[0]
    if design.house is None:
        return add_section(body, package, metadata, labels, design.paper)
    section = add(body, "sectPr")
    total = None
    if design.house.framed:
        design.house.add_frames(section)
    else:
        total = add_frames(section, package, metadata, labels)
    design.house.add_properties(section, metadata)
    return total


def _write_body(draft: WriteState, package: Package, notes: Notes, options: Options) -> Contents:
    """Write title page, front, contents and text."""
    publication, metadata = draft.publication, draft.metadata
    pictures = Pictures(draft, package)
    inlines = InlineWriter(draft, pictures, notes)
    paragraphs = ParagraphWriter(draft, inlines)
    bound = has_title_page(metadata.kind)
    contents = Contents(draft, options.contents_depth, fewest=FEWEST if bound else FEWEST_SHORT)
    blocks = BlockWriter(draft, paragraphs, pictures, contents)
    notes.write_blocks = blocks.write_note
    front = FrontWriter(draft, paragraphs, pictures)

    story = Story(package.document)
    body = add(package.document.element, "body")
    place = draft.place()
    title_page = bool(contents) and bound
    front.add_title_block(story, body, place, page=title_page)
    if title_page:
        # A cover's picture fills the first page.
        story.pending.page_break = metadata.cover is not None
        front.add_imprint(story, body, place)
        story.pending.page_break = True
    blocks.write(story, body, publication.front, place)
    if contents:
        story.pending.page_break |= title_page
        contents.write(story, body, place, paragraphs)
        story.pending.page_break = title_page
        story.pending.space_before = 0 if title_page else AFTER_CONTENTS
    if publication.front:
        story.pending.bookmarks.append(draft.bookmarks.free("_Body"))
    draft.context.progress(0.1)
    blocks.write(story, body, publication.body, place)
    if not title_page:
        front.add_imprint(story, body, place)
    blocks.end(story, body, place)
    paragraphs.finish(story, body)
    notes.finish()
    inlines.finish()
    draft.finish()
    draft.numbering.finish()
    return contents


def _voices(publication: Publication) -> dict[str, str]:
    """Return the voices that speakers ask for in the audio edition."""
    turns = (node for node in walk(publication) if isinstance(node, Turn))
    return {turn.speaker.name: turn.speaker.voice for turn in turns if turn.speaker.voice}
