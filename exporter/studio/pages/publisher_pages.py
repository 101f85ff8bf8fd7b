"""Page of the settings of the publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from exporter import oklch
from exporter.errors import ExporterError
from exporter.studio.pages.page_frame import Pages, Studio, go_to
from exporter.studio.protection import CONTENT_POLICY
from exporter.studio.publisher import READABLE, Publisher
from exporter.studio.uploads import image_suffix

_COLOUR = re.compile("#[0-9a-f]{6}")
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_LOGO_SIZE = 2_000_000
"""Bytes of a logo."""
_FIELDS = ("name", "email", "url", "phone", "field", "accent")


class PublisherPages(Pages):
    """The page of the publisher."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._settings = studio.publisher

    def show(self, request: Request) -> Response:
        """Return the form."""
        return self._form(request, self._settings.load())

    def _form(
        self,
        request: Request,
        publisher: Publisher,
        *,
        errors: tuple[str, ...] = (),
        invalid: tuple[str, ...] = (),
        status: int = 200,
    ) -> Response:
        contrasts = {name: oklch.contrast(getattr(publisher, name), "#ffffff") for name in ("field", "accent")}
        return self._studio.render(
            request,
            "publisher.html",
            status=status,
            errors=errors,
            invalid=invalid,
            form=publisher,
            contrasts=contrasts,
            readable=READABLE,
            has_logo=self._settings.logo is not None,
        )

    async def save(self, request: Request) -> Response:
        """Store the settings."""
        before = self._settings.load()
        async with request.form(max_files=1, max_fields=12) as form:
            entered = {name: str(form.get(name, "")).strip() for name in _FIELDS}
            file = form.get("logo")
            data = await file.read(_LOGO_SIZE + 1) if isinstance(file, UploadFile) and file.filename else None
            keeps_logo = "remove" not in form
        colours = {name: entered[name].lower() or getattr(before, name) for name in ("field", "accent")}
        publisher = Publisher(**entered | colours, logo=before.logo if keeps_logo else "")
        problems = dict(self._problems(request, publisher))
        if data is not None:
            publisher = msgspec.structs.replace(publisher, logo=image_suffix(data) if len(data) <= _LOGO_SIZE else "")
            if not publisher.logo:
                problems["logo"] = self._studio.label(request, "publisher.logo_wrong")
        if problems:
            known = {name: "#14304a" for name in ("field", "accent") if name in problems}
            shown = msgspec.structs.replace(publisher, logo=before.logo, **known)
            return self._form(request, shown, errors=tuple(problems.values()), invalid=tuple(problems), status=422)
        try:
            await run_in_threadpool(self._settings.save, publisher, data)
        except ExporterError as error:
            return self._form(request, publisher, errors=(str(error),), status=422)
        return go_to("/publisher", done="publisher")

    def _problems(self, request: Request, publisher: Publisher) -> Iterator[tuple[str, str]]:
        label = self._studio.label
        if publisher.email and not _MAIL.fullmatch(publisher.email):
            yield "email", label(request, "publisher.email_wrong")
        if publisher.url and not _ADDRESS.fullmatch(publisher.url):
            yield "url", label(request, "publisher.url_wrong")
        for name in ("field", "accent"):
            if not _COLOUR.fullmatch(getattr(publisher, name)):
                yield name, label(request, "publisher.colour_wrong")

    def logo(self, _request: Request) -> Response:
        """Return the logo."""
        path = self._settings.logo
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, headers={"Content-Security-Policy": CONTENT_POLICY})
