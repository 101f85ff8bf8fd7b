"""The web application: its addresses, and what stands before them."""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from exporter import service
from exporter.studio.pages.detail_pages import DetailPages
from exporter.studio.pages.edition_pages import EditionPages
from exporter.studio.pages.file_pages import FilePages
from exporter.studio.pages.home_page import HomePage
from exporter.studio.pages.page_frame import Studio, not_found
from exporter.studio.pages.picture_pages import PicturePages
from exporter.studio.pages.publication_pages import PublicationPages
from exporter.studio.pages.publisher_pages import PublisherPages
from exporter.studio.pages.reading_pages import ReadingPages
from exporter.studio.pages.table_pages import TablePages
from exporter.studio.password import PasswordPage
from exporter.studio.protection import ASKING, HOSTS, ICON, Protection, Sessions
from exporter.templates import TEMPLATES
from exporter.writers import fonts

_FONT_FILES = {
    "serif.ttf": "SourceSerif4[opsz,wght].ttf",
    "sans.ttf": "SourceSans3[wght].ttf",
}
"""Fonts of the pages by their address."""


_ICON_HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin"}


def create_application(studio: Studio, sessions: Sessions, hosts: Sequence[str] = HOSTS) -> Starlette:
    """Return the application.

    Args:
        studio: Workspace, jobs and styles.
        sessions: The sessions that may use it.
        hosts: Host names under which it answers.
    """
    password = PasswordPage(studio, sessions)
    home, publications, pictures = HomePage(studio), PublicationPages(studio), PicturePages(studio)
    details, editions, files = DetailPages(studio), EditionPages(studio), FilePages(studio)
    tables = TablePages(studio)
    reading, publisher = ReadingPages(studio), PublisherPages(studio)
    folder = "/p/{id}"
    routes = [
        Route("/", home.show),
        Route("/publications", home.add, methods=["POST"]),
        Route(folder, publications.tasks),
        Route(ASKING, password.show),
        Route(ASKING, password.enter, methods=["POST"]),
        Route("/open", home.open, methods=["POST"]),
        Route("/close", home.close, methods=["POST"]),
        Route("/publisher", publisher.show),
        Route("/publisher", publisher.save, methods=["POST"]),
        Route("/publisher/logo", publisher.logo),
        Route(f"{folder}/state", publications.state),
        Route(f"{folder}/check", publications.check, methods=["POST"]),
        Route(f"{folder}/replace", publications.replace, methods=["POST"]),
        Route(f"{folder}/fix", publications.fix, methods=["POST"]),
        Route(f"{folder}/manuscript", publications.manuscript),
        Route(f"{folder}/versions", publications.versions),
        Route(f"{folder}/versions/{{number:int}}", publications.restore, methods=["POST"]),
        Route(f"{folder}/delete", publications.confirm_deletion),
        Route(f"{folder}/delete", publications.delete, methods=["POST"]),
        Route(f"{folder}/pictures", pictures.pictures),
        Route(f"{folder}/pictures/table", pictures.table),
        Route(f"{folder}/pictures/table", pictures.take_table, methods=["POST"]),
        Route(f"{folder}/pictures/{{number:int}}", pictures.picture),
        Route(f"{folder}/pictures/{{number:int}}", pictures.save, methods=["POST"]),
        Route(f"{folder}/images/{{digest}}", pictures.image),
        Route(f"{folder}/tables", tables.show),
        Route(f"{folder}/tables", tables.save, methods=["POST"]),
        Route(f"{folder}/details", details.details),
        Route(f"{folder}/details", details.save, methods=["POST"]),
        Route(f"{folder}/editions", editions.editions),
        Route(f"{folder}/editions", editions.export, methods=["POST"]),
        Route(f"{folder}/publish", editions.publish, methods=["POST"]),
        Route(f"{folder}/sample.wav", editions.sample),
        Route("/themes/{name}.svg", editions.theme),
        Route(f"{folder}/cancel", editions.cancel, methods=["POST"]),
        Route(f"{folder}/progress", editions.progress),
        Route(f"{folder}/all.zip", files.archive),
        Route(f"{folder}/files/{{name:path}}", files.download),
        Route(f"{folder}/read", reading.read),
        Route(f"{folder}/pages/{{edition}}/{{number:int}}.png", reading.image),
        Route("/view/{key}/inside/{name:path}", reading.inside),
        Route("/view/{key}/{name:path}", files.view),
        Route("/static/{name}", _static_files(studio.styles)),
        Route(ICON, lambda _: FileResponse(studio.styles / "studio" / "icon.svg", headers=_ICON_HEADERS)),
    ]

    async def on_http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code != 404:
            return PlainTextResponse(error.detail, error.status_code)
        return await run_in_threadpool(not_found, studio, request)

    async def on_error(request: Request, error: Exception) -> Response:
        # In a file: a log may be read by others, and messages may quote the manuscript.
        service.report_bug("a page of the studio", "".join(traceback.format_exception(error)))
        return PlainTextResponse(studio.label(request, "errors.failed"), 500)

    @asynccontextmanager
    async def lifespan(_application: Starlette) -> AsyncIterator[None]:
        studio.jobs.resume()
        yield
        await run_in_threadpool(studio.jobs.close)

    return Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={HTTPException: on_http_error, Exception: on_error},
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(Protection, sessions=sessions),
        ],
    )


def _static_files(styles: Path) -> Callable[[Request], Response]:
    """Return the endpoint of style sheets, the script and the fonts."""
    theme = styles / "themes" / "house.css"
    paths = {
        "theme.css": theme,
        "studio.css": styles / "studio" / "studio.css",
        "icon.svg": styles / "studio" / "icon.svg",
        "studio.js": TEMPLATES / "studio" / "studio.js",
    }
    for path in (path for folder in fonts.folders() for path in folder.iterdir()):
        paths |= {name: path for name, file in _FONT_FILES.items() if path.name == file}

    def static(request: Request) -> Response:
        path = paths.get(request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, headers={"Cache-Control": "max-age=3600"})

    return static
