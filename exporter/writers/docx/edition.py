"""The Word edition from beginning to end."""

from __future__ import annotations

from pathlib import Path

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from exporter.contracts import Workshop, Written
from exporter.model import NoteKind, Publication
from exporter.writers.docx import Options
from exporter.writers.docx.blocks import BlockWriter
from exporter.writers.docx.contents import AFTER_CONTENTS, FEWEST, FEWEST_SHORT, Contents
from exporter.writers.docx.draft import Draft, Story
from exporter.writers.docx.front import FrontWriter, has_title_page
from exporter.writers.docx.inlines import InlineWriter
from exporter.writers.docx.notes import Notes
from exporter.writers.docx.numbering import Numbering
from exporter.writers.docx.package import Package
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.pictures import Pictures
from exporter.writers.docx.sections import PAPERS, add_section
from exporter.writers.docx.settings import add_document_properties, add_settings
from exporter.writers.docx.stylesheet import Stylesheet
from exporter.writers.docx.xml import add


def write_edition(publication: Publication, workshop: Workshop, options: Options, target: Path) -> Written:
    """Write the publication as a Word document; see `exporter.writers.docx.write`."""
    metadata = publication.metadata
    paper = PAPERS[options.page_size]
    package = Package(workshop.styles)
    styles = package.add_style_file("styles.xml", "/word/styles.xml", CT.WML_STYLES, RT.STYLES)
    package.add_style_file("theme.xml", "/word/theme/theme1.xml", CT.OFC_THEME, RT.THEME)
    package.add_style_file("fonts.xml", "/word/fontTable.xml", CT.WML_FONT_TABLE, RT.FONT_TABLE)
    numbers = package.add_story("/word/numbering.xml", CT.WML_NUMBERING, RT.NUMBERING, "numbering")
    stylesheet = Stylesheet(styles.element)
    stylesheet.fit(language=metadata.language, direction=metadata.direction, width=paper.text_width)
    numbering = Numbering(numbers.element)

    draft = Draft(publication, workshop, paper=paper, stylesheet=stylesheet, numbering=numbering)
    pictures = Pictures(draft, package)
    notes = Notes(draft, package)
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
        front.add_imprint(story, body, place)
        story.pending.page_break = True
    blocks.write(story, body, publication.front, place)
    if contents:
        story.pending.page_break |= title_page
        contents.write(story, body, place, paragraphs)
        story.pending.page_break = title_page
        story.pending.space_before = 0 if title_page else AFTER_CONTENTS
    workshop.progress(0.2)
    blocks.write(story, body, publication.body, place)
    if not title_page:
        front.add_imprint(story, body, place)
    blocks.end(story, body, place)
    paragraphs.finish(story, body)
    notes.finish()
    inlines.finish()
    draft.finish()
    numbering.finish()
    workshop.progress(0.8)

    add_section(body, package, metadata, paper)
    kinds = notes.kinds
    add_settings(package, metadata, footnotes=NoteKind.FOOTNOTE in kinds, endnotes=NoteKind.ENDNOTE in kinds)
    add_document_properties(package, metadata, workshop.labels)
    package.save(target, workshop.scratch)
    return Written(findings=tuple(draft.findings))
