"""Pages of the editions: choice, progress, downloads and previews."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from exporter import service
from exporter.errors import ExporterError
from exporter.findings import Severity
from exporter.pipeline.context import REPORT_PAGE
from exporter.site.formatting import format_duration
from exporter.studio.advice import advice_of, without_commands
from exporter.studio.database import JobRow, JobState, PublicationRow, Task
from exporter.studio.earlier_editions import current_files, earlier_editions, report_of
from exporter.studio.own_settings import has_theme, tables
from exporter.studio.pages.page_frame import Pages, Studio, go_to
from exporter.studio.public_gaps import public_gaps
from exporter.studio.publisher import OWN
from exporter.studio.tasks import verdict_of
from exporter.studio.voices import offered, own_name, sample
from exporter.writers.stylesheets import DEFAULT_THEME
from exporter.writers.web.theme import load as load_theme

SOUND = frozenset({"audio", "mp3", "audiobook", "daisy", "transcript", "chapters"})
"""Editions that take minutes; the others are published before them."""
_WORDS = "transcript"
"""Edition with the words of a recording and their times, which are marked while it is played."""
_SHORT = 5.0
"""Seconds that are not worth to be told."""
_INTERVAL = 0.5
"""Seconds between two looks at a job."""


class EditionPages(Pages):
    """Pages of editions."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        _, rows, _ = service.formats()
        self._suffixes = {row.name: row.suffix for row in rows}
        self._for_all = {row.name for row in rows if row.suits_all}
        self._settings = {row.name: {setting.name for setting in row.settings} for row in rows}

    def editions(self, request: Request) -> Response:
        """Return the choice of editions, the progress of their export, and the downloads."""
        return self._editions(request, self._studio.publication(request))

    def _editions(
        self, request: Request, publication: PublicationRow, *, errors: tuple[str, ...] = (), status: int = 200
    ) -> Response:
        verdict = verdict_of(publication)
        job = self._database.last_job(publication.id, Task.EXPORT)
        publishing = self._database.last_job(publication.id, Task.PUBLISH)
        active = next((last for last in (job, publishing) if last and last.state.is_active), None)
        options = job.all_options if job else {}
        report = report_of(self._studio.workspace, publication)
        files = current_files(self._studio.workspace, publication, report)
        chosen = set(job.editions.split(",")) if job else set(self._suffixes) - SOUND - {"print"}
        offered_here = self._for_all | self._suffixes.keys() & tables(self._studio.workspace.manuscript(publication))
        order = [name for name in _ORDER if name in self._suffixes]
        order += [name for name in sorted(self._suffixes) if name not in order]
        # The name of a braille file has its code and the size of its pages.
        written = {edition.name: edition.file for edition in report.editions if edition.file} if report else {}
        usual = {name: f"{publication.slug}{self._suffixes[name]}" for name in order}
        names = {name: f"{publication.slug}/{written.get(name, usual[name])}" for name in order}
        downloads = [(name, file, files[file].stat().st_size) for name, file in names.items() if file in files]
        available = {name for name, _, _ in downloads}
        earlier = earlier_editions(publication, report)
        sizes = {name: path.stat().st_size for name, path in self._studio.workspace.files(publication).items()}
        missing = chosen - available if job and job.state is JobState.DONE and downloads else set()
        is_current = publication.exported == self._studio.jobs.state(publication)
        # While recordings are made, the other editions are ready.
        is_new = job is not None and job.state.is_active and report is not None and report.tree == publication.tree
        return self._studio.render(
            request,
            "editions.html",
            status=status,
            errors=errors,
            publication=publication,
            stops=verdict.stops,
            looks=verdict.looks,
            groups=(
                ("text", [name for name in order if name in offered_here - SOUND]),
                ("sound", [name for name in order if name in offered_here & SOUND]),
            ),
            chosen=chosen,
            job=job,
            is_active=active is not None,
            is_publishing=active is not None and active is publishing,
            percent=_percent(active),
            progress_text=self._progress_text(request, active) if active else "",
            downloads=downloads,
            earlier=[(name, file, sizes[file]) for name, file in earlier.items() if file in sizes],
            missing=[(name, _errors_of(publication, name)) for name in order if name in missing],
            is_old=bool(downloads) and not is_current and not is_new,
            pages=[
                (key, f"{publication.slug}/{name}") for key, name in _PAGES if f"{publication.slug}/{name}" in files
            ],
            themes=self._themes(),
            has_own_theme=has_theme(self._studio.workspace.manuscript(publication)),
            chosen_theme=options.get("theme", self._usual_theme(publication)),
            voices=offered(publication.language),
            name_of=own_name,
            chosen_voice=options.get("voice", ""),
            published=self._studio.workspace.published,
            gaps=public_gaps(advice_of(publication, verdict, report.findings), available) if report else None,
            publishing=publishing if publishing and not (job and job.id > publishing.id) else None,
            step="editions",
        )

    async def export(self, request: Request) -> Response:
        """Start the export of the chosen editions."""
        publication = self._studio.publication(request)
        async with request.form(max_files=0, max_fields=60) as form:
            names = {str(value) for value in form.getlist("edition")}
            options = self._options(publication, names, str(form.get("theme", "")), str(form.get("voice", "")))
        if "audio" in names:
            names.add(_WORDS)
        editions = tuple(name for name in self._suffixes if name in names)
        if not editions:
            problem = self._studio.label(request, "edition.none")
            return self._editions(request, publication, errors=(problem,), status=422)
        await run_in_threadpool(self._studio.jobs.add, publication, Task.EXPORT, editions, options)
        return go_to(f"/p/{publication.id}/editions")

    def _options(self, publication: PublicationRow, names: set[str], theme: str, voice: str) -> dict[str, str]:
        """Return the options that some chosen edition has, with values that were offered."""
        having = {setting for name in names for setting in self._settings.get(name, ())}
        options = {"theme": theme} if "theme" in having and theme in self._themes() else {}
        if voice in {known.name for known in offered(publication.language)} and names & SOUND and "voice" in having:
            options["voice"] = voice
        return options

    def _usual_theme(self, publication: PublicationRow) -> str:
        """Return the theme that is chosen at first; "" for that of the settings of the publication."""
        if has_theme(self._studio.workspace.manuscript(publication)):
            return ""
        return OWN if self._studio.publisher.has_colours else DEFAULT_THEME

    def _themes(self) -> list[str]:
        names = {path.stem for path in (self._studio.publisher.styles / "themes").glob("*.css")}
        return sorted(names, key=lambda name: (name != OWN, name != DEFAULT_THEME, name))

    def theme(self, request: Request) -> Response:
        """Return a small picture of a theme."""
        name = request.path_params["name"]
        if name not in self._themes():
            raise HTTPException(404)
        colours = load_theme(self._studio.publisher.styles, name, "").light
        picture = self._studio.templates.get_template("theme.svg").render(colours=colours)
        return Response(picture, media_type="image/svg+xml")

    def sample(self, request: Request) -> Response:
        """Return the beginning of the publication, spoken by a voice."""
        publication = self._studio.publication(request)
        tree = service.stored_publication(publication.tree, self._studio.workspace.store(publication))
        voices = offered(publication.language)
        name = request.query_params.get("voice", "")
        voice = next((voice for voice in voices if voice.name == name), voices[0] if voices and not name else None)
        if tree is None or voice is None:
            raise HTTPException(404)
        try:
            folder = self._studio.workspace.page_images(publication)
            path = sample(folder, tree, voice, self._studio.publisher.styles)
        except ExporterError as error:
            return self._editions(request, publication, errors=(str(error),), status=422)
        return FileResponse(path, media_type="audio/wav", content_disposition_type="inline")

    async def publish(self, request: Request) -> Response:
        """Start the export of the editions that were made into the output folder."""
        publication = self._studio.publication(request)
        job = self._database.last_job(publication.id, Task.EXPORT)
        if self._studio.workspace.published is None or job is None or job.state is not JobState.DONE:
            raise HTTPException(404)
        editions = tuple(job.editions.split(","))
        await run_in_threadpool(self._studio.jobs.add, publication, Task.PUBLISH, editions, job.all_options)
        return go_to(f"/p/{publication.id}/editions")

    def cancel(self, request: Request) -> Response:
        """Stop the export."""
        publication = self._studio.publication(request)
        for task in (Task.EXPORT, Task.PUBLISH):
            job = self._database.last_job(publication.id, task)
            if job and job.state.is_active:
                self._studio.jobs.cancel(job)
                self._studio.jobs.wait(job.id, 10)
        return go_to(f"/p/{publication.id}/editions", done="cancelled")

    def progress(self, request: Request) -> Response:
        """Return the progress of the jobs of a publication as server-sent events (HTML, 9.2)."""
        from sse_starlette import EventSourceResponse

        return EventSourceResponse(self._events(request, self._studio.publication(request)))

    async def _events(self, request: Request, publication: PublicationRow) -> AsyncIterator[dict[str, Any]]:
        last = ""
        while not await request.is_disconnected():
            jobs = [await run_in_threadpool(self._database.last_job, publication.id, task) for task in Task]
            active = next((job for job in reversed(jobs) if job and job.state.is_active), None)
            data = json.dumps(self._event(request, publication, active))
            if data != last:
                last = data
                yield {"event": "progress" if active else "end", "data": data}
            if active is None:
                return
            await asyncio.sleep(_INTERVAL)

    def _event(self, request: Request, publication: PublicationRow, job: JobRow | None) -> dict[str, Any]:
        if job is None:
            return {}
        count = len(self._studio.workspace.files(publication)) if job.task is Task.EXPORT else 0
        return {"percent": _percent(job), "text": self._progress_text(request, job), "files": count}

    def _progress_text(self, request: Request, job: JobRow) -> str:
        """Return the progress of a job in words, with the time that is left if that is known."""
        label = self._studio.label
        if job.state is not JobState.RUNNING:
            return label(request, "edition.waiting")
        done = label(request, "edition.running_step", percent=_percent(job))
        if job.left is None or job.left < _SHORT:
            return done
        duration = format_duration(job.left, self._studio.language(request))
        left = label(request, "edition.left", duration=duration)
        return f"{done}, {left}"


_ORDER = ("html", "pdf", "large-print", "epub", "docx", "print")
"""Editions in the order in which they are offered; others follow by name."""
_PAGES = (("report", REPORT_PAGE), ("page", "index.html"))
"""Pages about the editions, by the key of their label."""


def _errors_of(publication: PublicationRow, edition: str) -> tuple[str, ...]:
    """Return why an edition was not published, and what to do about it."""
    findings = (finding for finding in publication.all_findings if finding.edition == edition)
    errors = (finding for finding in findings if finding.severity is Severity.ERROR)
    return tuple(f"{finding.message} {without_commands(finding.advice)}" for finding in errors)


def _percent(job: JobRow | None) -> int:
    return min(99, int(job.share * 100)) if job else 0
