"""The files of the editions: to be saved, one by one or all together, and to be looked at."""

from __future__ import annotations

import mimetypes
import tempfile
import zipfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from exporter import service
from exporter.pipeline.context import REPORT_PAGE
from exporter.studio.advice import advice_of
from exporter.studio.database import PublicationRow
from exporter.studio.earlier_editions import current_files, report_of
from exporter.studio.pages.page_frame import Pages
from exporter.studio.protection import PREVIEW_HEADERS, REPORT_HEADERS
from exporter.studio.tasks import verdict_of


class FilePages(Pages):
    """Files of editions."""

    def download(self, request: Request) -> Response:
        """Return a file of the editions to be saved."""
        publication = self._studio.publication(request)
        path = self._file(publication, request.path_params["name"])
        return FileResponse(path, filename=path.name, media_type="application/octet-stream")

    def archive(self, request: Request) -> Response:
        """Return all files of the editions as a ZIP archive."""
        publication = self._studio.publication(request)
        workspace = self._studio.workspace
        files = current_files(workspace, publication, report_of(workspace, publication))
        if not files:
            raise HTTPException(404)
        # In the folder of the publication, which is deleted with it.
        with tempfile.NamedTemporaryFile(dir=workspace.folder(publication), suffix=".zip", delete=False) as file:
            path = Path(file.name)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                for name, content in files.items():
                    archive.write(content, name)
        name = f"{publication.slug}.zip"
        return FileResponse(path, filename=name, background=BackgroundTask(path.unlink, missing_ok=True))

    def view(self, request: Request) -> Response:
        """Return a file of the editions to be shown, without rights: no scripts, no forms, no session."""
        publication = self._database.publication_of_view(request.path_params["key"])
        if publication is None:
            raise HTTPException(404)
        path = self._file(publication, request.path_params["name"])
        if path.name == REPORT_PAGE and (page := self._report(publication)):
            return HTMLResponse(page, headers=dict(REPORT_HEADERS))
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return FileResponse(path, media_type=kind, headers=dict(PREVIEW_HEADERS))

    def _report(self, publication: PublicationRow) -> bytes | None:
        """Return the report with what to do in the studio; None if it cannot be made any more."""
        report = report_of(self._studio.workspace, publication)
        if report is None:
            return None
        advice = advice_of(publication, verdict_of(publication), report.findings)
        return service.report_page(report, publication.tree, self._studio.workspace.store(publication), advice)

    def _file(self, publication: PublicationRow, name: str) -> Path:
        """Return a file by its name in the list of files: the name itself is never used as a path.

        Raises:
            HTTPException: There is none (404).
        """
        path = self._studio.workspace.files(publication).get(name)
        if path is None:
            raise HTTPException(404)
        return path
