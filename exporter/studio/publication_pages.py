"""Pages of the list of publications, of the verdict on one, of its versions, and of its deletion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from exporter import service
from exporter.errors import ExporterError
from exporter.findings import Severity
from exporter.model import Publication, Source, Turn
from exporter.model.language_tags import problem as tag_problem
from exporter.model.text_keys import letters_key
from exporter.model.walk import walk
from exporter.pipeline.manuscripts import Manuscript
from exporter.revise import Change, HeaderRows, HeadingLevel, PassageLanguage, SpeakerName, TableCaption, history
from exporter.studio.database import JobState, PublicationRow, Task
from exporter.studio.detail_pages import language_names
from exporter.studio.page_frame import Studio, check_again, go_to
from exporter.studio.revising import apply_changes, keep_fixes, picture_rows
from exporter.studio.tasks import HEADINGS, MOST, Verdict, verdict_of
from exporter.studio.uploads import MANUSCRIPTS, MAXIMUM_FILES, Upload, read_files

State = Literal["stopped", "unreadable", "changed", "ready", "exported", "checking", "exporting"]
"""States of publications, which are keys of labels."""
_TONES: Mapping[State, str] = {
    **{"stopped": "stop", "unreadable": "stop", "changed": "look"},
    **{"ready": "good", "exported": "good", "checking": "busy", "exporting": "busy"},
}
"""Names of the colours of states."""


_LONGEST_CAPTION = 500
"""Characters."""


class PublicationPages:
    """Pages of publications."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._database = studio.workspace.database

    def home(self, request: Request) -> Response:
        """Return the list of publications."""
        return self._home(request)

    def _home(self, request: Request, *, errors: tuple[str, ...] = (), status: int = 200) -> Response:
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
            accept=",".join((*MANUSCRIPTS, ".zip", "image/*")),
        )

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
        return "changed" if self._has_changed(publication) else "ready"

    async def add(self, request: Request) -> Response:
        """Add an uploaded publication and check it."""
        try:
            async with request.form(max_files=MAXIMUM_FILES, max_fields=10) as form:
                upload = await read_files([file for file in form.getlist("files") if not isinstance(file, str)])
            publication = await run_in_threadpool(self._studio.workspace.add, upload)
        except ExporterError as error:
            return self._home(request, errors=(str(error),), status=422)
        await check_again(self._studio, publication)
        return go_to(f"/p/{publication.id}")

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
            has_changed=self._has_changed(publication),
            is_unreadable=is_unreadable,
            failure=check.message if check else "",
            addresses={asset.name: asset.digest for asset in tree.assets} if tree else {},
            most=MOST,
            language_names=language_names(self._studio.language(request), "")
            if any(group.rule == "language-unmarked" for group in verdict.groups)
            else (),
            accept=",".join((*MANUSCRIPTS, ".zip", "image/*")),
            step="fix",
        )

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
            async with request.form(max_files=MAXIMUM_FILES, max_fields=10) as form:
                upload = await read_files([file for file in form.getlist("files") if not isinstance(file, str)])
            publication, count = await run_in_threadpool(self._replaced, publication, upload)
        except ExporterError as error:
            return self._tasks(request, publication, errors=(str(error),), status=422)
        await check_again(self._studio, publication)
        return go_to(f"/p/{publication.id}", done="kept" if count else "replaced", count=count)

    def _replaced(self, publication: PublicationRow, upload: Upload) -> tuple[PublicationRow, int]:
        """Return a publication with a newer version of its manuscript, and the number of fixes that it keeps."""
        workspace = self._studio.workspace
        before, fixed = workspace.uploaded(publication), workspace.manuscript(publication).read_bytes()
        replaced = workspace.replace(publication, upload)
        # A copy of the corrected manuscript has the fixes already.
        if before is None or replaced.file != publication.file:
            return replaced, 0
        return replaced, keep_fixes(workspace.manuscript(replaced), before, fixed)

    def state(self, request: Request) -> Response:
        """Return whether the manuscript has changed since it was checked."""
        return JSONResponse({"changed": self._has_changed(self._studio.publication(request))})

    def _has_changed(self, publication: PublicationRow) -> bool:
        return bool(publication.checked) and publication.checked != self._studio.workspace.digest(publication)

    async def open(self, request: Request) -> Response:
        """Open a manuscript of an opened folder and check it."""
        async with request.form(max_files=0, max_fields=4) as form:
            slug = str(form.get("slug", ""))
        manuscripts = await run_in_threadpool(self._studio.workspace.manuscripts)
        manuscript = next((manuscript for manuscript in manuscripts if manuscript.slug == slug), None)
        if manuscript is None:
            return self._home(request, errors=(self._studio.label(request, "home.gone"),), status=422)
        publication = await run_in_threadpool(self._studio.workspace.open, manuscript)
        await check_again(self._studio, publication)
        return go_to(f"/p/{publication.id}")

    async def fix(self, request: Request) -> Response:
        """Fix a finding in the manuscript: a header row, or a heading."""
        publication = self._studio.publication(request)
        async with request.form(max_files=0, max_fields=10) as form:
            entries = dict(form)
        tree = service.stored_publication(publication.tree, self._studio.workspace.store(publication))
        change = _change(publication, entries, tree)
        if change is None:
            return go_to(f"/p/{publication.id}")
        problems = await run_in_threadpool(apply_changes, self._studio.workspace.manuscript(publication), [change])
        if problems:
            return self._tasks(request, publication, errors=problems, status=422)
        await check_again(self._studio, publication)
        return go_to(f"/p/{publication.id}", done="saved")

    def manuscript(self, request: Request) -> Response:
        """Return the manuscript with everything that was fixed in it."""
        publication = self._studio.publication(request)
        path = self._studio.workspace.manuscript(publication)
        return FileResponse(path, filename=publication.original_name, media_type="application/octet-stream")

    def versions(self, request: Request) -> Response:
        """Return the list of earlier versions of a manuscript."""
        publication = self._studio.publication(request)
        states = history.states(self._studio.workspace.manuscript(publication))
        return self._studio.render(
            request, "versions.html", publication=publication, states=states[::-1], step="versions"
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


def _change(publication: PublicationRow, form: dict[str, Any], tree: Publication | None) -> Change | None:
    """Return the change of a form: of the finding with a number, so that no form names a position of its own."""
    number, level = str(form.get("finding", "")), str(form.get("level", "2"))
    findings = publication.all_findings
    if not number.isdecimal() or int(number) >= len(findings) or (source := findings[int(number)].source) is None:
        return None
    match findings[int(number)].rule:
        case "table-headless":
            return HeaderRows(source, 1)
        case "table-caption" if caption := " ".join(str(form.get("caption", "")).split())[:_LONGEST_CAPTION]:
            return TableCaption(source, caption)
        case "language-unmarked" if (tag := str(form.get("language", ""))) and not tag_problem(tag):
            return PassageLanguage(source, tag)
        case "speaker-spelling" if tree is not None:
            return _first_spelling(tree, source)
        case rule if rule in HEADINGS and level in ("1", "2", "3", "4"):
            return HeadingLevel(source, int(level))
        case _:
            return None


def _first_spelling(tree: Publication, source: Source) -> SpeakerName | None:
    """Return the change of a speaker's name to the spelling of that speaker's first turn, or None."""
    turns = [node for node in walk(tree) if isinstance(node, Turn)]
    name = next((turn.speaker.name for turn in turns if turn.at.source == source), "")
    first = next((turn.speaker.name for turn in turns if letters_key(turn.speaker.name) == letters_key(name)), "")
    return SpeakerName(source, name, first) if name and first != name else None
