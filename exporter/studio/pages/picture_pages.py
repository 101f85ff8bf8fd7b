"""Pages of the images of a manuscript: all in a list, and each in its place in the text."""

from __future__ import annotations

import io

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from exporter import service
from exporter.errors import ExporterError
from exporter.model import Asset, Described, Undescribed
from exporter.readers import docx, markdown
from exporter.revise import AltText, CaptionParagraph, Change, DecorativeImage, FigureCaption, LongDescription
from exporter.service.descriptions import export_descriptions, import_descriptions
from exporter.service.pictures import PictureRow
from exporter.studio.database import PublicationRow
from exporter.studio.pages.page_frame import Pages, check_again, go_to
from exporter.studio.protection import CONTENT_POLICY
from exporter.studio.revising import picture_rows
from exporter.studio.tasks import picture_problems

KINDS = ("photo", "chart", "map", "diagram", "document", "ornament")
"""Kinds of images, each with its own questions."""
_BROWSER_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"})
_LARGEST = 4_000
"""Pixels of a side of an image that is converted."""
_TABLE_SIZE = 5_000_000
"""Bytes of a table of descriptions."""


class PictureForm(msgspec.Struct, frozen=True):
    """Entries of the form of an image."""

    lost: str = ""
    """`something`, `nothing`, or empty if nothing was chosen."""
    text: str = ""
    long: str = ""
    caption: str = ""
    line: str = ""
    """Not empty if the line beside it becomes its caption."""


class PicturePages(Pages):
    """Pages of images."""

    def pictures(self, request: Request) -> Response:
        """Return the list of all images."""
        return self._list(request, self._studio.publication(request))

    def _list(
        self, request: Request, publication: PublicationRow, *, errors: tuple[str, ...] = (), status: int = 200
    ) -> Response:
        rows = picture_rows(self._studio.workspace.manuscript(publication))
        problems = picture_problems(publication.all_findings, rows)
        return self._studio.render(
            request,
            "pictures.html",
            status=status,
            errors=errors,
            publication=publication,
            rows=[(row, type(row.alt).__name__.lower(), self._address(publication, row)) for row in rows],
            problems=problems,
            missing=[row.number for row in rows if isinstance(row.alt, Undescribed) or row.number in problems],
            step="pictures",
        )

    def picture(self, request: Request) -> Response:
        """Return an image in its place in the text, with the form of its description."""
        publication = self._studio.publication(request)
        row, _ = self._row(request, publication)
        form = PictureForm(
            {"Described": "something", "Decorative": "nothing"}.get(type(row.alt).__name__, ""),
            row.alt.text if isinstance(row.alt, Described) else "",
            caption=row.caption,
            line="1" if row.line and row.line.is_likely else "",
        )
        return self._picture(request, publication, form)

    def _picture(
        self,
        request: Request,
        publication: PublicationRow,
        form: PictureForm,
        *,
        errors: tuple[str, ...] = (),
        status: int = 200,
    ) -> Response:
        row, count = self._row(request, publication)
        return self._studio.render(
            request,
            "picture.html",
            status=status,
            errors=errors,
            publication=publication,
            row=row,
            count=count,
            form=form,
            address=self._address(publication, row),
            kinds=KINDS,
            may_float=publication.file.lower().endswith(docx.SUFFIXES),
            has_long=publication.file.lower().endswith(markdown.SUFFIXES),
            state=self._studio.workspace.digest(publication),
            step="pictures",
        )

    async def save(self, request: Request) -> Response:
        """Write the description of an image into the manuscript."""
        publication = self._studio.publication(request)
        async with request.form(max_files=0, max_fields=12) as fields:
            entered = {name: str(value) for name, value in fields.items()}
        form = PictureForm(**{name: entered.get(name, "").strip() for name in PictureForm.__struct_fields__})
        row, count = self._row(request, publication)
        problem = self._problem(request, publication, row, form, entered)
        if problem:
            return self._picture(request, publication, form, errors=(problem,), status=422)
        manuscript = self._studio.workspace.manuscript(publication)
        problems = await self._apply(request, manuscript, tuple(_changes(row, form)))
        await check_again(self._studio, publication, seconds=3)
        if problems:
            return self._picture(request, publication, form, errors=problems, status=422)
        is_last = row.number == count or "next" not in entered
        return go_to(f"/p/{publication.id}/pictures{'' if is_last else f'/{row.number + 1}'}", done="saved")

    def _problem(
        self,
        request: Request,
        publication: PublicationRow,
        row: PictureRow,
        form: PictureForm,
        entered: dict[str, str],
    ) -> str:
        label = self._studio.label
        if entered.get("state") != self._studio.workspace.digest(publication):
            return label(request, "errors.changed")
        if form.lost not in ("something", "nothing"):
            return label(request, "picture.choose")
        if row.caption and "caption" in entered and not form.caption:
            return label(request, "picture.caption_gone")
        if row.line and form.line and form.caption:
            return label(request, "picture.line_twice")
        if form.lost == "nothing" and (form.caption or form.line) and not row.caption:
            return label(request, "picture.caption_decorative")
        return label(request, "picture.write") if form.lost == "something" and not form.text else ""

    def table(self, request: Request) -> Response:
        """Return all images with their descriptions as a table."""
        publication = self._studio.publication(request)
        table = export_descriptions(self._studio.workspace.manuscript(publication))
        disposition = f'attachment; filename="{publication.slug}-descriptions.csv"'
        return Response(table, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})

    async def take_table(self, request: Request) -> Response:
        """Write the descriptions of a table into the manuscript."""
        publication = self._studio.publication(request)
        manuscript = self._studio.workspace.manuscript(publication)
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get("table")
            data = await file.read(_TABLE_SIZE) if isinstance(file, UploadFile) else b""
        try:
            imported = await run_in_threadpool(import_descriptions, manuscript, data)
        except ExporterError as error:
            return self._list(request, publication, errors=(str(error),), status=422)
        problems = await self._apply(request, manuscript, imported.changes)
        if imported.changes:
            await check_again(self._studio, publication, seconds=3)
        if problems := (*imported.problems, *problems):
            return self._list(request, publication, errors=problems, status=422)
        return go_to(f"/p/{publication.id}/pictures", done="imported", count=len(imported.changes))

    def image(self, request: Request) -> Response:
        """Return the bytes of an image of the manuscript, in a format that browsers show."""
        publication = self._studio.publication(request)
        asset = self._asset(publication, request.path_params["digest"])
        data = service.stored_image(asset.digest, self._studio.workspace.store(publication)) if asset else None
        if asset is None or data is None:
            raise HTTPException(404)
        kind = asset.media_type
        if kind not in _BROWSER_TYPES:
            data, kind = _as_png(data), "image/png"
        return Response(data, media_type=kind, headers={"Content-Security-Policy": CONTENT_POLICY})

    def _row(self, request: Request, publication: PublicationRow) -> tuple[PictureRow, int]:
        rows = picture_rows(self._studio.workspace.manuscript(publication))
        number = request.path_params["number"]
        if not 1 <= number <= len(rows):
            raise HTTPException(404)
        return rows[number - 1], len(rows)

    def _asset(self, publication: PublicationRow, digest: str) -> Asset | None:
        return next((asset for asset in self._assets(publication) if asset.digest == digest), None)

    def _assets(self, publication: PublicationRow) -> tuple[Asset, ...]:
        tree = service.stored_publication(publication.tree, self._studio.workspace.store(publication))
        return tree.assets if tree else ()

    def _address(self, publication: PublicationRow, row: PictureRow) -> str:
        """Return the address of an image, or "" if it cannot be shown."""
        asset = next((asset for asset in self._assets(publication) if asset.name == row.name), None)
        return f"/p/{publication.id}/images/{asset.digest}" if asset else ""


def _changes(row: PictureRow, form: PictureForm) -> list[Change]:
    caption = " ".join(form.caption.split())
    changes: list[Change] = []
    if form.lost == "nothing":
        changes.append(DecorativeImage(row.source, row.index))
    else:
        changes.append(AltText(row.source, " ".join(form.text.split()), row.index))
        if form.long:
            changes.append(LongDescription(row.source, form.long, row.index))
    if row.line and (form.line or caption == " ".join(row.line.text.split())):
        changes.append(CaptionParagraph(row.line.source, row.line.owner))
    elif caption and caption != " ".join(row.caption.split()):
        changes.append(FigureCaption(row.source, caption, row.index, row.caption))
    return changes


def _as_png(data: bytes) -> bytes:
    """Return an image as PNG.

    Raises:
        HTTPException: It cannot be decoded (404).
    """
    from PIL import Image

    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.thumbnail((_LARGEST, _LARGEST))
            image.convert("RGBA").save(out, "PNG")
    except Exception as error:  # decoders raise any
        raise HTTPException(404) from error
    return out.getvalue()
