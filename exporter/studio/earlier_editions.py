"""Editions in the output folder that are of an earlier version of the manuscript than the last export."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from exporter.pipeline.report import REPORT
from exporter.report.model import Report
from exporter.studio.database import PublicationRow
from exporter.studio.workspace import Workspace


def report_of(workspace: Workspace, publication: PublicationRow) -> Report | None:
    """Return the report of the last export; None if it is missing, half written or of another version."""
    path = workspace.output(publication) / publication.slug / REPORT
    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def earlier_editions(publication: PublicationRow, report: Report | None) -> Mapping[str, str]:
    """Return the names of the files of earlier versions among all files, by edition."""
    editions = report.of_earlier_versions if report else ()
    return {edition.name: f"{publication.slug}/{edition.file}" for edition in editions}


def current_files(workspace: Workspace, publication: PublicationRow, report: Report | None) -> Mapping[str, Path]:
    """Return the files of the last export by name, without those of earlier versions."""
    earlier = set(earlier_editions(publication, report).values())
    return {name: path for name, path in workspace.files(publication).items() if name not in earlier}
