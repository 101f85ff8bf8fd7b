"""The print edition: pages for a printer, as PDF/X-4 in the inks of the press (ISO 15930-7).

Bleed and crop marks, mirrored margins, addresses of links in notes, no annotations. The
text is untagged on purpose: this file is for paper, the `pdf` edition for people who read on a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.cycle_collector import without_cycle_collector
from exporter.errors import StepError
from exporter.model import Publication
from exporter.writers import fonts
from exporter.writers.pdf import options as pages
from exporter.writers.print.conditions import Stock, condition

if TYPE_CHECKING:
    from exporter.writers.pdf.design import Design

NAME = "print"
SUFFIX = "-print.pdf"
MEDIA_TYPE = "application/pdf"
TITLE = "Print"
KIND = EditionKind.PRINT
ORDER = 120
FILE_TYPE = "-print.pdf"
EXTRACTOR = "exporter.parity.pdf:PRINT_EXTRACTOR"
STYLES = ("pdf",)
"""Folders of styles that it shares."""


class ChapterStart(StrEnum):
    """Pages on which chapters begin."""

    NEXT_PAGE = "next-page"
    """The next, on either side of the spine, or none where that leaves a gap: no page is empty."""
    ODD_PAGE = "odd-page"
    """The next one with an odd number, after the spine; the page before it may be empty."""


class Options(pages.PageOptions, frozen=True):
    """Settings of the print edition."""

    paper: Stock = Stock.AUTO
    """What it is printed on: this decides the profile of the inks."""
    profile: Annotated[str, msgspec.Meta(min_length=1)] | None = None
    """Colour profile (.icc) from the printer, a file beside the manuscript or among the styles; wins over
    `paper`."""
    ink_limit: Annotated[int, msgspec.Meta(ge=150, le=400)] | None = None
    """Most ink in one place, the four inks together, in per cent; not set, it is the limit of the paper."""
    chapters: ChapterStart = ChapterStart.NEXT_PAGE
    page_multiple: Annotated[int, msgspec.Meta(ge=1, le=32)] = 2
    """The number of pages is a multiple of this: empty ones are added at the end; 4 for a stitched booklet."""
    bleed: Annotated[float, msgspec.Meta(ge=0, le=10)] = 3
    """Millimetres by which colours reach beyond the edge."""
    marks: bool = True
    """Whether crop marks are drawn."""


def external_state(options: Options) -> Mapping[str, str]:
    """Return what decides this edition and lies outside exporter: fonts, Ghostscript, the profile of the inks."""
    chosen = condition(options)
    programs = {name: _state(path) for name, path in (("ghostscript", chosen.program), ("profile", chosen.profile))}
    return {**fonts.supplements.versions(), **programs}


def option_files(options: Options) -> Mapping[str, str]:
    """Return the files that the options name."""
    return {"profile": options.profile} if options.profile else {}


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the PDF for print; in RGB and with a finding where Ghostscript or the profile is missing, or fails."""
    from exporter.writers.print.design import design

    return write_as(design(options), publication, context, options, target)


@without_cycle_collector()
def write_as(
    look: Design, publication: Publication, context: WriteContext, options: Options, target: Path
) -> WriteResult:
    """Write the PDF for print of a design: this edition or one of facing pages."""
    from exporter.writers.pdf import engine, layout, standards
    from exporter.writers.print import ghostscript, ink_coverage, page_boxes, separation

    chosen = condition(options, context.files)
    with engine.warnings() as warnings:
        document, findings, *_ = layout.lay_out(publication, context, options, look, warnings)
        page_boxes.without_annotations(document)

        def draw_boxes(pdf: object) -> None:
            page_boxes.divide_spreads(pdf, look.paper, publication.metadata.direction)
            page_boxes.draw(pdf, marks=options.marks, multiple=options.page_multiple)

        def in_rgb(_document: object, pdf: object) -> None:
            draw_boxes(pdf)
            page_boxes.name_as_rgb(pdf, publication.metadata)

        def in_inks(_document: object, pdf: object) -> None:
            draw_boxes(pdf)
            separation.separate(pdf, chosen)
            ghostscript.name_glyphs(pdf)

        why = ghostscript.missing(chosen)
        if not why:
            flat = context.scratch / "flat.pdf"
            engine.write_untagged(document, flat, in_inks)
            context.progress(0.85)
            try:
                ghostscript.separate(flat, target, chosen, publication.metadata, standards.about(document))
                findings = (*findings, *ink_coverage.limit_ink(target, chosen))
            except StepError as error:
                why = error.message
        if why:
            engine.write_untagged(document, target, in_rgb)
            findings = (*findings, ghostscript.not_separated(why))
    context.progress(1)
    findings = (*findings, *layout.findings_of_warnings(warnings, look, publication))
    return WriteResult(findings=findings, cacheable=fonts.are_complete(findings))


def _state(path: Path | None) -> str:
    """Return what changes when a file is exchanged, without reading it; empty when it is not there."""
    if path is None:
        return ""
    real = path.resolve()
    state = real.stat()
    return f"{real.name} {state.st_size} {state.st_mtime_ns}"
