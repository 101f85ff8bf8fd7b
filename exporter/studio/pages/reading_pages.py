"""Pages that show the manuscript and its editions side by side with what a screen reader meets in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from exporter import service
from exporter.errors import ExporterError
from exporter.inspect.pdf import open_pdf
from exporter.parity.content import comparison_key
from exporter.studio.database import JobState, PublicationRow, Task
from exporter.studio.earlier_editions import earlier_editions, report_of
from exporter.studio.look import book_view, page_images
from exporter.studio.look.manuscript_view import Passage, passages
from exporter.studio.look.page_parts import around_text
from exporter.studio.look.screen_reader import ROLES, Announcement, announcements, with_pages
from exporter.studio.pages.page_frame import Pages, Studio
from exporter.studio.protection import CONTENT_POLICY, PREVIEW_HEADERS

PAGED = ("pdf", "large-print", "print", "docx")
"""Editions that are shown as pages."""
SHOWN = ("html", *PAGED, "epub", "audio")
_NO_VIEW: Mapping[str, Any] = {
    **{"sheets": (), "frame": "", "chapters": (), "chapter": 0, "cues": (), "sound": "", "here": None},
    **{"is_laying_out": False, "failure": ""},
}
_CUE = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3}).*\n((?:.+\n?)+)")


class Sheet(msgspec.Struct, frozen=True):
    """A page or a chapter with what a screen reader meets on it."""

    number: int
    """From 1."""
    items: tuple[Announcement, ...]


class Cue(msgspec.Struct, frozen=True):
    """A line of a recording."""

    begin: float
    """Seconds."""
    end: float
    text: str


class ReadingPages(Pages):
    """Pages for reading."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._workspace = studio.workspace
        _, rows, _ = service.formats()
        self._suffixes = {row.name: row.suffix for row in rows}

    def read(self, request: Request) -> Response:
        """Return the manuscript, or an edition, with what is met in it."""
        publication = self._studio.publication(request)
        earlier = earlier_editions(publication, report_of(self._workspace, publication))
        shown = (name for name in SHOWN if name in self._suffixes and name not in earlier)
        available = [name for name in shown if self._file(publication, name).exists()]
        edition = request.query_params.get("edition", "")
        if edition and edition not in available:
            edition = ""
        tree = service.stored_publication(publication.tree, self._workspace.store(publication))
        findings = publication.all_findings
        finding_number = _number(request.query_params.get("finding", ""))
        finding = findings[finding_number] if 0 <= finding_number < len(findings) else None
        text = passages(tree, findings) if tree else ()
        passage = next((passage for passage in text if finding_number in passage.findings), None) if finding else None
        view = self._edition(request, publication, edition, passage) if edition else {}
        return self._studio.render(
            request,
            "reading.html",
            publication=publication,
            edition=edition,
            available=available,
            passages=text,
            findings=findings,
            finding=finding,
            finding_number=finding_number,
            place=passage,
            roles=ROLES,
            can_draw=page_images.can_draw(),
            **{**_NO_VIEW, **view},
            step="read",
        )

    def _file(self, publication: PublicationRow, edition: str) -> Path:
        return self._workspace.edition(publication, self._suffixes[edition])

    def _edition(
        self, request: Request, publication: PublicationRow, edition: str, passage: Passage | None
    ) -> dict[str, Any]:
        """Return the variables of the view of an edition."""
        path = self._file(publication, edition)
        address = f"/view/{publication.view_key}"
        whole = f"{address}/{publication.slug}/{path.name}"
        if edition == "audio":
            cues = _cues(self._workspace.edition(publication, ".vtt"))
            return {"cues": cues, "sound": whole, "here": _here_spoken(cues, passage)}
        if edition == "docx":
            laid_out = page_images.laid_out(self._workspace.page_images(publication), path)
            if laid_out is None:
                return self._lay_out(publication)
            items = with_pages(_items(edition, path), _items("pdf", laid_out))
            return {"sheets": _sheets(laid_out, items), "here": _here(items, passage)}
        items = _items(edition, path)
        here = _here(items, passage)
        if edition in PAGED:
            return {"sheets": _sheets(path, items), "here": here}
        if edition == "html":
            before, after = around_text(path.read_text("utf-8", "replace"))
            return {"frame": whole, "sheets": (Sheet(1, (*before, *items, *after)),), "here": here}
        chapters = book_view.chapters(path)
        names = [chapter.member for chapter in chapters]
        chosen = _number(request.query_params.get("chapter", "")) - 1
        if not 0 <= chosen < len(chapters):
            chosen = next((names.index(name) for name in map(_member, [here] if here else []) if name in names), 0)
        if not chapters:
            return {}
        own = tuple(item for item in items if _member(item) == names[chosen])
        if not own and (member := book_view.member(path, names[chosen])):
            own, _ = around_text(member[0].decode("utf-8", "replace"))  # title page, contents
        sheet = Sheet(chosen + 1, own)
        frame = f"{address}/inside/{names[chosen]}"
        return {"chapters": chapters, "chapter": chosen, "frame": frame, "sheets": (sheet,), "here": here}

    def _lay_out(self, publication: PublicationRow) -> dict[str, Any]:
        """Start to lay the Word file out, unless that has failed for this file."""
        job = self._workspace.database.last_job(publication.id, Task.PAGES)
        export = self._workspace.database.last_job(publication.id, Task.EXPORT)
        has_failed = bool(job and job.state is JobState.FAILED and not (export and export.id > job.id))
        if not has_failed and not (job and job.state.is_active):
            self._studio.jobs.add(publication, Task.PAGES)
        return {"is_laying_out": not has_failed, "failure": job.message if job and has_failed else ""}

    def image(self, request: Request) -> Response:
        """Return a page as an image."""
        publication, edition = self._studio.publication(request), request.path_params["edition"]
        if edition not in PAGED or not (path := self._file(publication, edition)).exists():
            raise HTTPException(404)
        folder = self._workspace.page_images(publication)
        pdf = page_images.laid_out(folder, path) if edition == "docx" else path
        if pdf is None or not 1 <= request.path_params["number"] <= _page_count(pdf):
            raise HTTPException(404)
        try:
            image = page_images.page_image(folder, pdf, request.path_params["number"])
        except ExporterError as error:
            raise HTTPException(404) from error
        return FileResponse(image, headers={"Content-Security-Policy": CONTENT_POLICY})

    def inside(self, request: Request) -> Response:
        """Return a member of the EPUB, to be shown without rights."""
        publication = self._workspace.database.publication_of_view(request.path_params["key"])
        path = self._file(publication, "epub") if publication else None
        member = book_view.member(path, request.path_params["name"]) if path and path.exists() else None
        if member is None:
            raise HTTPException(404)
        data, kind = member
        return Response(data, media_type=kind, headers=dict(PREVIEW_HEADERS))


def _items(edition: str, path: Path) -> tuple[Announcement, ...]:
    content = service.edition_content(edition, path)
    return announcements(content, 2 if edition == "html" else 1) if content else ()


def _here(items: tuple[Announcement, ...], passage: Passage | None) -> Announcement | None:
    """Return the item of an edition that is a passage of the manuscript, or contains it."""
    key = passage.key if passage else ""
    if not key:
        return None
    return next((item for item in items if item.key == key), next((item for item in items if key in item.key), None))


def _here_spoken(cues: tuple[Cue, ...], passage: Passage | None) -> Cue | None:
    """Return the first line of a recording that belongs to a passage of the manuscript."""
    key = passage.key if passage else ""
    return next((cue for cue in cues if key and (comparison_key(cue.text).rstrip(".") in key)), None)


def _page_count(pdf: Path) -> int:
    return _page_count_of(pdf, pdf.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _page_count_of(pdf: Path, _changed: int) -> int:
    with open_pdf(pdf) as file:
        return len(file.pages)


def _sheets(pdf: Path, items: tuple[Announcement, ...]) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(number, tuple(item for item in items if item.page == number - 1))
        for number in range(1, _page_count(pdf) + 1)
    )


def _member(item: Announcement) -> str:
    return item.location.partition(",")[0]


def _cues(path: Path) -> tuple[Cue, ...]:
    """Return the lines of a WebVTT file (WebVTT, 4.1)."""
    if not path.exists():
        return ()
    text = path.read_text("utf-8").replace("\r\n", "\n")
    return tuple(
        Cue(_seconds(*match.groups()[:3]), _seconds(*match.groups()[3:6]), " ".join(match[7].split()))
        for match in _CUE.finditer(text)
    )


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 8 else -1
