"""The PDF edition: tagged, with bookmarks, real page notes and our own typefaces (ISO 14289-1)."""

from __future__ import annotations

from pathlib import Path

from exporter.contracts import Workshop, Written
from exporter.model import Publication
from exporter.writers.pdf.options import Options

NAME = "pdf"
SUFFIX = ".pdf"
MEDIA_TYPE = "application/pdf"
NEEDS: tuple[str, ...] = ()

__all__ = ["MEDIA_TYPE", "NAME", "NEEDS", "SUFFIX", "Options", "write"]


def write(publication: Publication, workshop: Workshop, options: Options, target: Path) -> Written:
    """Write the PDF.

    Raises:
        SettingsError: The theme that the options name does not exist.
        MissingToolError: A typeface is not installed.
    """
    from exporter.writers.pdf import engine, facts, finish, layout

    design = layout.screen(options)
    with engine.complaints() as complaints:
        document, findings = layout.lay_out(publication, workshop, options, design, complaints)
        finish.one_annotation_for_each_link(document)
        engine.write(document, target, finish.keep_only_used_names)
    workshop.progress(1)
    return Written(findings=(*findings, *layout.complained(complaints, design)), facts={"pages": facts.pages(document)})
