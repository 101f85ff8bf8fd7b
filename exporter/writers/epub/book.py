"""The book put together: its documents, its pictures and its voice, and what is known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from exporter.contracts import WriteContext
from exporter.errors import MissingToolError
from exporter.findings import Finding, Severity
from exporter.model import Metadata, Publication
from exporter.speech.engines import EngineError
from exporter.writers import missing_images
from exporter.writers.epub import Options, Sound, metadata, navigation, stylesheets
from exporter.writers.epub.package import Meta, Package, SpineItem
from exporter.writers.epub.rules import CERTIFIED_WITH_GAPS, SILENT
from exporter.writers.epub.size_limits import MEGABYTE
from exporter.writers.xhtml import accessibility, images, page_list, required_metadata
from exporter.writers.xhtml.documents import ABOUT, COVER, NAV, TITLE, Documents
from exporter.writers.xhtml.inventory import BookInventory, inspect

if TYPE_CHECKING:
    from exporter.writers.epub.narration import BookNarration


def build_package(
    publication: Publication, context: WriteContext, options: Options
) -> tuple[Package, tuple[Finding, ...]]:
    """Make all files of the book, and say what it could not hold.

    Where nobody can read it aloud, it is made without a voice.

    Raises:
        SourceError: A picture cannot be read.
        SettingsError: A style sheet is missing, or there is no such voice.
    """
    publication = required_metadata.complete(publication, context.labels)
    if options.epub_audio is Sound.OFF:
        return _bind(publication, context, options, speak=False)
    try:
        return _bind(publication, context, options, speak=True)
    except (EngineError, MissingToolError) as error:
        package, findings = _bind(publication, context, options, speak=False)
        message = f"There is no recording in the EPUB. {error.message}"
        return package, (*findings, SILENT.finding(message, publication.metadata.source, edition="epub"))


def _voice(publication: Publication, context: WriteContext, options: Options) -> BookNarration:
    from exporter.writers.epub.narration import BookNarration  # all that speaks comes with it

    return BookNarration(publication, context, options.bitrate)


def _bind(
    publication: Publication, context: WriteContext, options: Options, *, speak: bool
) -> tuple[Package, tuple[Finding, ...]]:
    about = publication.metadata
    shown = images.prepare(publication.assets, context, options.pixels)
    context.progress(0.3)
    publication, findings = missing_images.replace(publication, shown, "epub")
    paging = page_list.lay(publication, context.sidecars)
    voice = _voice(publication, context, options) if speak else None
    if voice:
        paging = msgspec.structs.replace(paging, publication=voice.mark(paging.publication))
    book = Documents(paging, context, shown)
    files = [*book.front(), *book.text()]
    context.progress(0.7)
    nav, ncx = navigation.write(book, lists=options.lists)
    files += [nav, *(picture.file for picture in shown.values()), ncx]
    sheet = stylesheets.load(context)
    content = inspect([*files, sheet], {picture.file.name: picture.moving for picture in shown.values()})
    if voice:
        content = msgspec.structs.replace(content, sound=True, in_step=True)
    findings += tuple(book.markup.findings)
    if about.certifier and (gap := _gap(about, content, findings)):
        message = f"“{about.certifier}” is named as certifier, but {gap}."
        findings += (CERTIFIED_WITH_GAPS.finding(message, about.source, edition="epub"),)
        about = msgspec.structs.replace(about, certifier="")
    files.append(book.imprint(accessibility.summary(about, content, context.labels)))
    files += stylesheets.with_faces(sheet, context, files) if options.fonts else [sheet]
    texts = [file.name for file in files if file.name in book.texts]
    # The contents stand behind what stands before them in the manuscript.
    front = [chapter.name for chapter in book.chapters if chapter.matter == "frontmatter"]
    order = [COVER, TITLE, *front, NAV, *(name for name in texts if name not in front), ABOUT]
    about_voice: tuple[Meta, ...] = ()
    if voice:
        bound = voice.attach(files, (name for name in order if name != NAV), options.megabytes * MEGABYTE)
        files, about_voice = list(bound.files), bound.metadata
        findings += bound.findings
    ids = {file.name: file.id for file in files}
    package = Package(
        identifier=about.identifier,
        language=book.language,
        direction=about.direction,
        metadata=(
            *metadata.describe(
                about, content, context.labels, language=book.language, own_pages=bool(book.paging.marks)
            ),
            *about_voice,
        ),
        files=tuple(files),
        spine=tuple(SpineItem(ids[name]) for name in order),
        modified=metadata.modified(about),
    )
    return package, findings


def _gap(about: Metadata, content: BookInventory, findings: tuple[Finding, ...]) -> str:
    """Return what belies a certificate, as the end of a sentence; empty when nothing does."""
    if content.undescribed:
        return "not every picture is described"
    if about.language == required_metadata.UNKNOWN_LANGUAGE:
        return "the language is not known"
    serious = [finding for finding in findings if finding.severity is not Severity.NOTE]
    if serious:
        return f"the edition lacks something: {serious[0].message.rstrip('.')}"
    if accessibility.certified(about, content):
        return ""
    return "its style sheet or its contents keep readers from what they need"
