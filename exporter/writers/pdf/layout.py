"""Layout of a publication on pages, for all paged editions."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from exporter.contracts import WriteContext
from exporter.findings import NOT_CARRIED, Finding, Rule, Severity
from exporter.model import Publication
from exporter.writers import missing_images
from exporter.writers.pdf.design import Design
from exporter.writers.pdf.options import Notes, PageOptions

if TYPE_CHECKING:
    from weasyprint import Document

    from exporter.writers.pdf.images import Prints
    from exporter.writers.pdf.parts.layout_session import Session

PICTURE_MISSING = Rule(
    id="picture-not-printed",
    severity=Severity.ERROR,
    sentence="Every picture of the manuscript is printed.",
    advice="Open the picture in an image program and save it again as PNG or JPEG.",
)
STYLE_IGNORED = Rule(
    id="style-ignored",
    severity=Severity.WARNING,
    sentence="The stylesheets have only CSS that WeasyPrint supports.",
    advice="Fix or remove the line in the stylesheets.",
)
NOTES_MOVED = Rule(
    id="notes-moved",
    severity=Severity.NOTE,
    sentence="Notes are at the foot of the page.",
    advice="Nothing to do: all notes are printed after the text. Shorter notes would fit on their pages.",
)

_PIXELS = 96 / 25.4
"""CSS pixels of a millimetre."""
_WITHOUT_GLYPH = re.compile(r"^\.notdef glyph .*\(U\+([0-9A-F]+)\)$", re.DOTALL)
_PICTURE = re.compile(r"Failed to load image at 'asset:(.*?)': (.*?)\.?$", re.DOTALL)

# Subsetting names every table it passes over: of no use to anybody.
logging.getLogger("fontTools").setLevel(logging.ERROR)


class Pages(NamedTuple):
    """A publication on pages, not yet written."""

    document: Document
    findings: tuple[Finding, ...]
    session: Session | None
    """Its parts, if parts are kept."""
    prints: Prints
    """Its pictures."""


def lay_out(
    publication: Publication,
    context: WriteContext,
    options: PageOptions,
    design: Design,
    warnings: list[str],
    *,
    caches_parts: bool = False,
) -> Pages:
    """Return the publication laid out on pages.

    Args:
        publication: The tree.
        context: What may be used besides it.
        options: Settings that all editions of pages share.
        design: What is this edition's own.
        warnings: The list of `engine.warnings`; afterwards, the warnings of the final layout.
        caches_parts: Whether pages are taken from the cache that were laid out for the same text before.

    Raises:
        SettingsError: The theme that the options name does not exist.
        MissingToolError: A font is not installed.
    """
    from exporter.writers.pdf import document as pdf_document
    from exporter.writers.pdf import engine, images, lost_notes, sidecars, stylesheets
    from exporter.writers.pdf.parts.layout_session import Session

    publication, lost = missing_images.replace(
        publication, [asset.name for asset in publication.assets], design.edition
    )
    prints = images.Prints(publication, context, options, design.paper)
    moved: list[Finding] = []
    # Where the settings ask for them; if notes are on no page then, after the text.
    for notes in dict.fromkeys((options.notes, Notes.END)):
        warnings.clear()
        markup, findings = pdf_document.document(publication, context, options, design, notes=notes)
        context.progress(0.1)
        session = None
        if caches_parts:
            page = (design.paper.width * _PIXELS, design.paper.height * _PIXELS)
            known = {engine.asset_address(name): identity for name, identity in prints.identities()}
            session = Session(
                context.memo,
                context.version,
                warnings=warnings,
                page=page,
                images=known,
                processes=context.processes,
            )
        document = engine.render(
            markup,
            stylesheets.load(context.styles, publication.metadata, options, design),
            styles=context.styles,
            asset=prints,
            scratch=context.scratch,
            drawings=prints.drawings(),
            session=session,
        )
        context.progress(0.7)
        is_laid_out = session.is_laid_out if session else None
        if not sidecars.missing_notes(document, publication) and not lost_notes.has_lost_notes(document, is_laid_out):
            break
        if notes is not Notes.END:
            message = "Not every note fits at the foot of its page."
            moved.append(NOTES_MOVED.finding(message, edition=design.edition))
    # The engine would divide subjects at their commas, and leave out repeated parts.
    document.metadata.keywords = list(publication.metadata.subjects)
    return Pages(document, (*lost, *findings, *moved), session, prints)


def findings_of_warnings(warnings: list[str], design: Design, publication: Publication) -> tuple[Finding, ...]:
    """Return the warnings of the page engine as findings, once the pages are drawn."""
    from exporter.writers import fonts

    characters: list[str] = []
    findings: list[Finding] = []
    for text in dict.fromkeys(warnings):
        if without_glyph := _WITHOUT_GLYPH.search(text):
            characters.append(chr(int(without_glyph[1], 16)))
        elif "required alt" not in text:  # the lint says it, with its place in the manuscript
            findings.append(_finding(text, design))
    # Only what was drawn without a glyph is looked for: most publications have nothing of the kind.
    return (*findings, *(fonts.missing(publication, "".join(characters), edition=design.edition) if characters else ()))


def _finding(text: str, design: Design) -> Finding:
    if picture := _PICTURE.match(text):
        name, reason = unquote(picture[1]), picture[2]
        if reason.startswith("KeyError"):
            message = f"Image not found: “{name}”; its description is used instead."
            advice = "Save the file where the manuscript expects it."
            return NOT_CARRIED.finding(message, advice=advice, edition=design.edition)
        return PICTURE_MISSING.finding(f"The picture “{name}” cannot be printed: {reason}.", edition=design.edition)
    rule = PICTURE_MISSING if "image" in text else STYLE_IGNORED
    return rule.finding(f"WeasyPrint reports: {text}.", edition=design.edition)
