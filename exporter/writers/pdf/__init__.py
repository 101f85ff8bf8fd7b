"""The PDF edition: tagged, with bookmarks, footnotes and embedded fonts (ISO 14289-1)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.cycle_collector import free_later, without_cycle_collector
from exporter.model import Publication
from exporter.writers import fonts
from exporter.writers.pdf.options import Options

if TYPE_CHECKING:
    from exporter.writers.pdf.design import Design

NAME = "pdf"
SUFFIX = ".pdf"
MEDIA_TYPE = "application/pdf"
TITLE = "PDF"
KIND = EditionKind.PDF
ORDER = 20
SHOWN_FIRST = True
EXTRACTOR = "exporter.parity.pdf:EXTRACTOR"
NEEDS: tuple[str, ...] = ()

__all__ = ["MEDIA_TYPE", "NAME", "NEEDS", "SUFFIX", "Options", "external_state", "write", "write_as"]


def external_state(_options: object) -> Mapping[str, str]:
    """Return the versions of fonts that are installed on demand."""
    return fonts.supplements.versions()


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the PDF.

    Raises:
        SettingsError: The theme that the options name does not exist.
        MissingToolError: A font is not installed.
    """
    from exporter.writers.pdf import design

    return write_as(design.screen(options), publication, context, options, target)


@without_cycle_collector()
def write_as(
    design: Design, publication: Publication, context: WriteContext, options: Options, target: Path
) -> WriteResult:
    """Write a tagged PDF of a design: this edition or one for other readers."""
    from exporter.writers.pdf import engine, layout, postprocess, sidecars, standards
    from exporter.writers.pdf.parts.drawing import Drawing, PartConflictError

    version = standards.STANDARDS[options.pdf_standard].version
    finisher = postprocess.finisher(options.pdf_standard)
    with engine.warnings() as warnings:
        for caches_parts in (True, False) if context.version else (False,):
            document, findings, session, prints = layout.lay_out(
                publication, context, options, design, warnings, caches_parts=caches_parts
            )
            postprocess.one_annotation_for_each_link(document)
            drawing = Drawing(session, document) if session else None
            try:
                engine.write(document, target, finisher, version=version, drawing=drawing)
                break
            except PartConflictError:
                if drawing and drawing.undo(document):
                    engine.write(document, target, finisher, version=version)
                    break
    free_later(document, session, drawing)
    context.progress(1)
    findings = (*findings, *layout.findings_of_warnings(warnings, design, publication))
    return WriteResult(
        findings=findings,
        sidecars={"pages": sidecars.pages(document)} | prints.placed().sidecars(),
        cacheable=fonts.are_complete(findings),
    )
