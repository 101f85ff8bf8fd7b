"""Pages of one publication: the verdict on its manuscript with the tasks, its earlier versions, and its deletion."""

from __future__ import annotations

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from exporter import service
from exporter.errors import ExporterError
from exporter.findings import Severity
from exporter.revise import history
from exporter.studio.database import JobState, PublicationRow, Task
from exporter.studio.pages.detail_pages import language_names
from exporter.studio.pages.page_frame import Pages, check_again, go_to
from exporter.studio.revising import KeptFixes, changes_of, keep_fixes, picture_rows
from exporter.studio.tasks import LEVELS, MOST, Verdict, verdict_of
from exporter.studio.uploads import ACCEPTED, Upload, read_upload


class PublicationPages(Pages):
    """Pages of a publication."""

    def tasks(self, request: Request) -> Response:
        """Return the verdict on a manuscript and its tasks."""
        return self._tasks(request, self._studio.publication(request))

    def _tasks(
        self, request: Request, publication: PublicationRow, *, errors: tuple[str, ...] = (), status: int = 200
    ) -> Response:
        workspace = self._studio.workspace
        check = self._database.last_job(publication.id, Task.CHECK)
        is_checking = check is not None and check.state.is_active
        tree = service.stored_publication(publication.tree, workspace.store(publication))
        rows = picture_rows(workspace.manuscript(publication)) if tree else ()
        verdict = verdict_of(publication, tree, rows)
        is_unreadable = not publication.tree or (check is not None and check.state is JobState.FAILED)
        return self._studio.render(
            request,
            "tasks.html",
            status=status,
            errors=errors,
            publication=publication,
            verdict=verdict,
            sentence=self._sentence(request, verdict, is_unreadable=is_unreadable),
            severities=(
                (Severity.ERROR, "heading_stops"),
                (Severity.WARNING, "heading_look"),
                (Severity.NOTE, "heading_notes"),
            ),
            is_checking=is_checking,
            has_changed=self._studio.workspace.has_changed(publication),
            is_unreadable=is_unreadable,
            failure=check.message if check else "",
            addresses={asset.name: asset.digest for asset in tree.assets} if tree else {},
            most=MOST,
            at=at if (at := request.query_params.get("at", "")) in {group.anchor for group in verdict.groups} else "",
            levels=LEVELS,
            language_names=language_names(self._studio.language(request), "", self._studio.styles)
            if any(group.rule == "language-unmarked" for group in verdict.groups)
            else {},
            accept=ACCEPTED,
            carried=self._carried(request, publication),
            step="fix",
        )

    def _carried(self, request: Request, publication: PublicationRow) -> KeptFixes | None:
        """Return the fixes that a newer version was given, if it was just brought."""
        path = self._studio.workspace.kept_fixes(publication)
        if request.query_params.get("done") != "kept" or not path.exists():
            return None
        return msgspec.json.decode(path.read_bytes(), type=KeptFixes)

    def _sentence(self, request: Request, verdict: Verdict, *, is_unreadable: bool) -> str:
        label = self._studio.label
        if is_unreadable:
            return label(request, "verdict.unreadable")
        if verdict.stops:
            stops = label(request, "verdict.stops", count=verdict.stops)
            return label(request, "verdict.stops_and", stops=stops, count=verdict.looks) if verdict.looks else stops
        return label(request, "verdict.look", count=verdict.looks) if verdict.looks else label(request, "verdict.good")

    async def check(self, request: Request) -> Response:
        """Check a manuscript again."""
        publication = self._studio.publication(request)
        await check_again(self._studio, publication)
        return go_to(f"/p/{publication.id}", done="checked")

    async def replace(self, request: Request) -> Response:
        """Replace a manuscript by a newer version and check it."""
        publication = self._studio.publication(request)
        try:
            upload = await read_upload(request)
            publication, fixes = await run_in_threadpool(self._replaced, publication, upload)
        except ExporterError as error:
            return self._tasks(request, publication, errors=(str(error),), status=422)
        await check_again(self._studio, publication)
        return go_to(f"/p/{publication.id}", done="kept" if fixes.counts or fixes.lost else "replaced")

    def _replaced(self, publication: PublicationRow, upload: Upload) -> tuple[PublicationRow, KeptFixes]:
        """Return a publication with a newer version of its manuscript, and the fixes that it was given."""
        workspace = self._studio.workspace
        before, fixed = workspace.uploaded(publication), workspace.manuscript(publication).read_bytes()
        replaced = workspace.replace(publication, upload)
        fixes = KeptFixes()
        if before is not None:
            fixes = keep_fixes(workspace.manuscript(replaced), before, fixed, publication.file)
        workspace.kept_fixes(publication).write_bytes(msgspec.json.encode(fixes))
        return replaced, fixes

    def state(self, request: Request) -> Response:
        """Return whether the manuscript has changed since it was checked."""
        return JSONResponse({"changed": self._studio.workspace.has_changed(self._studio.publication(request))})

    async def fix(self, request: Request) -> Response:
        """Fix a finding in the manuscript: a header row, or a heading."""
        publication = self._studio.publication(request)
        async with request.form(max_files=0, max_fields=10) as form:
            entries = dict(form)
        tree = service.stored_publication(publication.tree, self._studio.workspace.store(publication))
        manuscript = self._studio.workspace.manuscript(publication)
        anchors = verdict_of(publication).anchors_from(str(entries.get("finding", "")))
        changes = await run_in_threadpool(changes_of, publication, entries, tree, manuscript)
        if not changes:
            return go_to(f"/p/{publication.id}")
        problems = await self._apply(request, manuscript, changes)
        if request.state.saved:
            await check_again(self._studio, publication)
        if problems:
            return self._tasks(request, self._studio.publication(request), errors=problems, status=422)
        left = {group.anchor for group in verdict_of(self._studio.publication(request)).groups}
        anchor = next((anchor for anchor in anchors if anchor in left), "")
        at = {"at": anchor} if anchor else {}
        return go_to(f"/p/{publication.id}", fragment=anchor, done="saved", **at)

    def manuscript(self, request: Request) -> Response:
        """Return the manuscript with everything that was fixed in it."""
        publication = self._studio.publication(request)
        path = self._studio.workspace.manuscript(publication)
        return FileResponse(path, filename=publication.original_name, media_type="application/octet-stream")

    def versions(self, request: Request) -> Response:
        """Return the list of earlier versions of a manuscript."""
        publication = self._studio.publication(request)
        manuscript = self._studio.workspace.manuscript(publication)
        states = history.states(manuscript)
        return self._studio.render(
            request,
            "versions.html",
            publication=publication,
            states=states[::-1],
            # What was changed in a version is with the one that it replaced, which is no longer kept after 100 others.
            replaced={state.number + 1: state for state in states},
            modified=history.last_modified(manuscript),
            step="versions",
        )

    async def restore(self, request: Request) -> Response:
        """Return a manuscript to an earlier version."""
        publication = self._studio.publication(request)
        path = self._studio.workspace.manuscript(publication)
        try:
            await run_in_threadpool(history.restore, path, request.path_params["number"])
        except ExporterError as error:
            return self._tasks(request, publication, errors=(str(error),), status=422)
        await check_again(self._studio, publication)
        return go_to(f"/p/{publication.id}/versions", done="restored")

    def confirm_deletion(self, request: Request) -> Response:
        """Return the question whether to delete a publication."""
        return self._studio.render(request, "delete.html", publication=self._studio.publication(request), step="")

    def delete(self, request: Request) -> Response:
        """Delete a publication."""
        publication = self._studio.publication(request)
        self._studio.jobs.cancel_all(publication)
        self._studio.workspace.delete(publication)
        return go_to("/", done="deleted")
