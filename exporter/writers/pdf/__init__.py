"""The PDF edition: tagged, with bookmarks, real page notes and our own typefaces (ISO 14289-1)."""

from __future__ import annotations

import logging
from pathlib import Path

from exporter.contracts import Workshop, Written
from exporter.findings import Finding, Rule, Severity
from exporter.model import Publication
from exporter.writers.pdf.options import Notes, Options

NAME = "pdf"
SUFFIX = ".pdf"
MEDIA_TYPE = "application/pdf"
NEEDS: tuple[str, ...] = ()

__all__ = ["MEDIA_TYPE", "NAME", "NEEDS", "SUFFIX", "Options", "write"]

PICTURE_MISSING = Rule(
    id="picture-not-printed",
    severity=Severity.ERROR,
    sentence="Every picture of the manuscript is printed.",
    advice="Open the picture in an image program and save it again as PNG or JPEG.",
)
STYLE_IGNORED = Rule(
    id="style-ignored",
    severity=Severity.WARNING,
    sentence="The style sheets say only what the page engine understands.",
    advice="Mend or remove the line in the style sheets.",
)
NOTES_MOVED = Rule(
    id="notes-moved",
    severity=Severity.NOTE,
    sentence="Notes stand at the foot of the page.",
    advice="Nothing to do: all notes stand together behind the text. Shorter notes would find room on their pages.",
)

# Subsetting names every table it passes over: of no use to anybody.
logging.getLogger("fontTools").setLevel(logging.ERROR)


def write(publication: Publication, workshop: Workshop, options: Options, target: Path) -> Written:
    """Write the PDF.

    Raises:
        SettingsError: The theme that the options name does not exist.
        MissingToolError: A typeface is not installed.
    """
    from exporter.writers import fonts
    from exporter.writers.pdf import engine, facts, finish, frame, pictures, sheets

    prints = pictures.Prints(publication, workshop, options)
    moved: list[Finding] = []
    with engine.complaints() as complaints:
        for place in dict.fromkeys((options.notes, Notes.END)):
            complaints.clear()
            markup, findings = frame.document(publication, workshop, options, notes=place)
            workshop.progress(0.1)
            document = engine.render(
                markup,
                sheets.load(workshop.styles, publication.metadata, options),
                styles=workshop.styles,
                asset=prints,
                scratch=workshop.scratch,
            )
            workshop.progress(0.7)
            # No page engine is trusted with a source: a note that did not reach a page is printed behind the text.
            if not facts.missing_notes(document, publication):
                break
            moved.append(NOTES_MOVED.finding("Not every note found room at the foot of its page.", edition=NAME))
        finish.one_annotation_for_each_link(document)
        engine.write(document, target, finish.keep_only_used_names)
    workshop.progress(1)
    return Written(
        findings=(
            *findings,
            *moved,
            *fonts.missing(publication, frame.words(publication.metadata, workshop.labels)),
            *(_complaint(text) for text in dict.fromkeys(complaints) if not _told_elsewhere(text)),
        ),
        facts={"pages": facts.pages(document)},
    )


def _told_elsewhere(complaint: str) -> bool:
    """Whether the lint (alt texts) or `fonts.missing` (characters) says it, with its place in the manuscript."""
    return "required alt" in complaint or ".notdef glyph" in complaint


def _complaint(text: str) -> Finding:
    rule = PICTURE_MISSING if "image" in text else STYLE_IGNORED
    return rule.finding(f"The page engine says: {text}", edition=NAME)
