"""The book: its content documents, images, style sheet and narration, and its metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from exporter.contracts import Sound, WriteContext
from exporter.errors import MissingToolError
from exporter.findings import Finding, Severity
from exporter.model import Kind, Metadata, Publication
from exporter.speech.engines import EngineError
from exporter.writers import missing_images, stylesheets
from exporter.writers.epub import Options, metadata, navigation
from exporter.writers.epub.rules import CERTIFIED_WITH_GAPS, MEGABYTE, SILENT
from exporter.writers.xhtml import (
    accessibility,
    embedded_fonts,
    images,
    package_metadata,
    page_list,
    required_metadata,
    stacked_tables,
)
from exporter.writers.xhtml.documents import ABOUT, COVER, NAV, TITLE, Documents
from exporter.writers.xhtml.files import CSS, XHTML, File
from exporter.writers.xhtml.inventory import BookInventory, inspect
from exporter.writers.xhtml.package import Meta, Package, SpineItem

if TYPE_CHECKING:
    from exporter.writers.epub.narration import BookNarration

SHEET, TABLE_SHEET, FONT_SHEET = "epub.css", "epub-tables.css", "epub-fonts.css"
EASY_READ_SHEET = "epub-easy-read.css"


def build_package(
    publication: Publication, context: WriteContext, options: Options
) -> tuple[Package, tuple[Finding, ...], Mapping[str, bytes]]:
    """Return the package with all files of the book, the findings, and the sounds of its recording.

    If no voice can read it aloud, it has no recording.

    Raises:
        SourceError: An image cannot be read.
        SettingsError: A style sheet is missing, or the voice is unknown.
    """
    publication = required_metadata.complete(publication, context.labels)
    if options.epub_audio is Sound.OFF:
        return _build(publication, context, options, has_sound=False)
    try:
        return _build(publication, context, options, has_sound=True)
    except (EngineError, MissingToolError) as error:
        package, findings, sidecars = _build(publication, context, options, has_sound=False)
        message = f"No recording in the EPUB. {error.message}"
        return package, (*findings, SILENT.finding(message, publication.metadata.source, edition="epub")), sidecars


def _narration(publication: Publication, context: WriteContext, options: Options) -> BookNarration:
    from exporter.writers.epub.narration import BookNarration  # imports all of speech

    return BookNarration(publication, context, options.bitrate)


def _build(
    publication: Publication, context: WriteContext, options: Options, *, has_sound: bool
) -> tuple[Package, tuple[Finding, ...], Mapping[str, bytes]]:
    about = publication.metadata
    pictures = images.prepare(publication.assets, context, options.pixels)
    context.progress(0.05 if has_sound else 0.3)
    publication, findings = missing_images.replace(publication, pictures, "epub")
    paging = page_list.mark_pages(publication, context.sidecars)
    narration = _narration(publication, context, options) if has_sound else None
    if narration:
        paging = msgspec.structs.replace(paging, publication=narration.mark(paging.publication))
    documents = Documents(paging, context, pictures)
    files = [*documents.front(), *documents.text()]
    context.progress(0.1 if has_sound else 0.7)
    nav, ncx = navigation.write(documents, lists=options.lists)
    files += [nav, *(picture.file for picture in pictures.values()), ncx]
    sheet = _stylesheet(context, documents.markup.stacked_widths, about.kind)
    inventory = inspect([*files, sheet], {picture.file.name: picture.moving for picture in pictures.values()})
    if narration:
        inventory = msgspec.structs.replace(inventory, sound=True, in_step=True)
    findings += tuple(documents.markup.findings)
    if about.certifier and (gap := _gap(about, inventory, findings)):
        message = f"“{about.certifier}” is named as certifier, but {gap}."
        findings += (CERTIFIED_WITH_GAPS.finding(message, about.source, edition="epub"),)
        about = msgspec.structs.replace(about, certifier="")
    files.append(documents.imprint(accessibility.summary(about, inventory, context.labels)))
    files += _with_fonts(sheet, context, files) if options.fonts else [sheet]
    texts = [file.name for file in files if file.name in documents.texts]
    # The table of contents follows the front matter.
    front = [chapter.name for chapter in documents.chapters if chapter.matter == "frontmatter"]
    order = [COVER, TITLE, *front, NAV, *(name for name in texts if name not in front), ABOUT]
    narration_metadata: tuple[Meta, ...] = ()
    sidecars = images.placed(publication.assets, pictures).sidecars()
    if narration:
        narrated = narration.attach(files, (name for name in order if name != NAV), options.megabytes * MEGABYTE)
        files, narration_metadata = list(narrated.files), narrated.metadata
        sidecars |= narrated.sounds.sidecars()
        findings += narrated.findings
    ids = {file.name: file.id for file in files}
    package = Package(
        identifier=about.identifier,
        language=documents.language,
        direction=about.direction,
        metadata=(
            *metadata.describe(
                about,
                inventory,
                context.labels,
                language=documents.language,
                own_pages=bool(paging.marks),
                certifier_report=context.links.conformance,
            ),
            *narration_metadata,
        ),
        files=tuple(files),
        spine=tuple(SpineItem(ids[name]) for name in order),
        modified=package_metadata.modified(about),
    )
    return package, findings, sidecars


def _gap(about: Metadata, inventory: BookInventory, findings: tuple[Finding, ...]) -> str:
    """Return what contradicts a certificate, as the end of a sentence; empty if nothing does."""
    if inventory.undescribed:
        return "not every image has an alt text"
    if about.language == required_metadata.UNKNOWN_LANGUAGE:
        return "the language is unknown"
    serious = [finding for finding in findings if finding.severity is not Severity.NOTE]
    if serious:
        return f"the edition is incomplete: {serious[0].message.rstrip('.')}"
    if accessibility.certified(about, inventory):
        return ""
    return "its style sheet fixes the size of text, or it has no table of contents"


def _stylesheet(context: WriteContext, widths: set[int], kind: Kind | None) -> File:
    css = stylesheets.read(context.styles, SHEET, stylesheets.LISTS)
    css += stacked_tables.style_sheet(stylesheets.read(context.styles, TABLE_SHEET), widths)
    if kind is Kind.EASY_READ:
        css += stylesheets.read(context.styles, EASY_READ_SHEET)
    return File(f"styles/{SHEET}", "style", CSS, css.encode())


def _with_fonts(sheet: File, context: WriteContext, files: Iterable[File]) -> list[File]:
    """Return the style sheet with fonts, and the font files for the characters of the documents."""
    from lxml import etree

    families = stylesheets.read(context.styles, FONT_SHEET)
    roots = (etree.fromstring(file.data) for file in files if file.media_type == XHTML)
    characters = "".join(sorted(set("".join(text for root in roots for text in map(str, root.itertext())))))
    rules, font_files = embedded_fonts.embed(families, characters, context.memo)
    return [msgspec.structs.replace(sheet, data=f"{rules}{families}\n".encode() + sheet.data), *font_files]
