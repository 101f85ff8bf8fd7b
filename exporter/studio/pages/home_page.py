"""The home page: the publications with their states, and the ways to add another."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping
from typing import Literal, get_args

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from exporter.errors import ExporterError
from exporter.pipeline.manuscripts import Manuscript
from exporter.studio.database import PublicationRow, Task
from exporter.studio.pages.page_frame import Pages, check_again, go_to
from exporter.studio.tasks import verdict_of
from exporter.studio.uploads import ACCEPTED, read_upload

State = Literal["stopped", "unreadable", "changed", "ready", "exported", "checking", "exporting"]
"""States of publications, which are keys of labels."""
_TONES: Mapping[State, str] = {
    "stopped": "stop",
    "unreadable": "stop",
    "changed": "look",
    "ready": "good",
    "exported": "good",
    "checking": "busy",
    "exporting": "busy",
}
"""Names of the colours of states."""


class HomePage(Pages):
    """The list of publications, in which manuscripts are added and opened."""

    def show(self, request: Request) -> Response:
        """Return the list of publications."""
        return self._show(request)

    def _show(self, request: Request, *, errors: tuple[str, ...] = (), status: int = 200) -> Response:
        query, kind, language, state = (
            request.query_params.get(name, "").strip() for name in ("q", "kind", "language", "state")
        )
        publications = self._database.publications()
        states = {row.id: self._state(row) for row in publications}
        shown = [
            row
            for row in publications
            if query.casefold() in f"{row.name} {row.original_name}".casefold()
            and kind in ("", row.kind)
            and language in ("", row.language)
            and state in ("", states[row.id])
        ]
        return self._studio.render(
            request,
            "home.html",
            status=status,
            errors=errors,
            publications=[(row, states[row.id], self._stops(row), self._cover(row)) for row in shown],
            tones=_TONES,
            kinds=sorted({row.kind for row in publications if row.kind}),
            languages=sorted({row.language for row in publications if row.language}),
            states=[name for name in get_args(State) if name in states.values()],
            chosen={"kind": kind, "language": language, "state": state},
            is_filtered=bool(query or kind or language or state),
            is_empty=not publications,
            in_folder=self._in_folder(publications),
            query=query,
            accept=ACCEPTED,
        )

    async def close(self, request: Request) -> Response:
        """Close the studio, unless others use it too; return the last page."""
        if self._studio.is_shared:
            raise HTTPException(403)
        page = self._studio.render(request, "closed.html")
        page.background = BackgroundTask(_interrupt)
        return page

    def _in_folder(self, publications: list[PublicationRow]) -> list[Manuscript]:
        """Return the manuscripts of the opened folders that are not in the list yet."""
        try:
            manuscripts = self._studio.workspace.manuscripts()
        except ExporterError:
            return []  # the folder is empty
        known = {row.path for row in publications}
        return [manuscript for manuscript in manuscripts if str(manuscript.path.resolve()) not in known]

    def _cover(self, publication: PublicationRow) -> str:
        """Return the address of the cover that was made, or ""."""
        folder = self._studio.workspace.edition(publication, "").parent
        name = next((path.name for path in folder.glob("cover.*")), "")
        return f"/view/{publication.view_key}/{publication.slug}/{name}" if name else ""

    def _stops(self, publication: PublicationRow) -> int:
        return verdict_of(publication).stops

    def _state(self, publication: PublicationRow) -> State:
        """Return the state of a publication."""
        check = self._database.last_job(publication.id, Task.CHECK)
        export = self._database.last_job(publication.id, Task.EXPORT)
        if export and export.state.is_active:
            return "exporting"
        if check and check.state.is_active:
            return "checking"
        if not publication.tree:
            return "unreadable"
        if self._stops(publication):
            return "stopped"
        if publication.exported:
            return "exported" if publication.exported == self._studio.jobs.state(publication) else "changed"
        return "changed" if self._studio.workspace.has_changed(publication) else "ready"

    async def add(self, request: Request) -> Response:
        """Add an uploaded publication and check it."""
        try:
            upload = await read_upload(request)
            publication = await run_in_threadpool(self._studio.workspace.add, upload)
        except ExporterError as error:
            return self._show(request, errors=(str(error),), status=422)
        await check_again(self._studio, publication)
        return go_to(f"/p/{publication.id}")

    async def open(self, request: Request) -> Response:
        """Open a manuscript of an opened folder and check it."""
        async with request.form(max_files=0, max_fields=4) as form:
            slug = str(form.get("slug", ""))
        manuscripts = await run_in_threadpool(self._studio.workspace.manuscripts)
        manuscript = next((manuscript for manuscript in manuscripts if manuscript.slug == slug), None)
        if manuscript is None:
            return self._show(request, errors=(self._studio.label(request, "home.gone"),), status=422)
        publication = await run_in_threadpool(self._studio.workspace.open, manuscript)
        await check_again(self._studio, publication)
        return go_to(f"/p/{publication.id}")


async def _interrupt() -> None:
    """End the studio as Ctrl-C does, once the browser has loaded the style sheets of its last page."""
    await asyncio.sleep(2)
    signal.raise_signal(signal.SIGINT)
