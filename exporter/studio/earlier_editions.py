"""Editions of earlier versions of a manuscript that were not made again: they are beside the output folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from exporter.pipeline.file_writing import remove_tree
from exporter.pipeline.report import REPORT
from exporter.report.model import Report
from exporter.studio.database import PublicationRow
from exporter.studio.workspace import Workspace

FOLDER = "earlier"
"""Beginning of the names of their files."""


def read_report(path: Path) -> Report | None:
    """Return the report of editions; None if it is missing, half written or of another version."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def files_by_edition(report: Report | None) -> dict[str, str]:
    """Return the files of a report by edition: the name of a braille file has its code and the size of its pages."""
    return {edition.name: edition.file for edition in report.editions if edition.file} if report else {}


def set_aside(workspace: Workspace, publication: PublicationRow) -> None:
    """Empty the output folder before another version is exported, and keep its editions beside it."""
    output = workspace.output(publication)
    if output == workspace.sources(publication):
        return  # a manuscript of this name, which was brought when it was accepted
    written = files_by_edition(read_report(output / publication.slug / REPORT))
    for name, file in written.items():
        path, target = output / publication.slug / file, _folder(workspace, publication) / name
        if path.is_file():
            remove_tree(target)
            target.mkdir(parents=True)
            path.rename(target / file)
    if written:
        remove_tree(output)


def earlier_editions(workspace: Workspace, publication: PublicationRow) -> Mapping[str, Path]:
    """Return the files of editions of earlier versions, by edition; without those that were made again."""
    output = workspace.output(publication) / publication.slug
    current = {
        name for name, file in files_by_edition(read_report(output / REPORT)).items() if (output / file).is_file()
    }
    files = sorted(_folder(workspace, publication).glob("*/*"))
    return {path.parent.name: path for path in files if path.parent.name not in current}


def _folder(workspace: Workspace, publication: PublicationRow) -> Path:
    return workspace.folder(publication) / "earlier_editions"  # no slug, which is the folder of the manuscript
