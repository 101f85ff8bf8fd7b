"""The page of the tables of a manuscript: their captions and header rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.requests import Request
from starlette.responses import Response

from exporter.revise import Change, HeaderRows, TableCaption
from exporter.service.tables import TableRow
from exporter.studio.database import PublicationRow
from exporter.studio.pages.page_frame import Pages, check_again, go_to
from exporter.studio.revising import LONGEST_CAPTION, table_rows

_MOST = 2_000
"""Fields of the form."""


class TablePages(Pages):
    """The page of tables."""

    def show(self, request: Request) -> Response:
        """Return all tables with the form of their captions."""
        return self._show(request, self._studio.publication(request), {})

    def _show(
        self,
        request: Request,
        publication: PublicationRow,
        entered: Mapping[str, str],
        *,
        errors: tuple[str, ...] = (),
        status: int = 200,
    ) -> Response:
        rows = table_rows(self._studio.workspace.manuscript(publication))
        return self._studio.render(
            request,
            "tables.html",
            status=status,
            errors=errors,
            publication=publication,
            rows=rows,
            entered=entered,
            longest=LONGEST_CAPTION,
            state=self._studio.workspace.digest(publication),
            step="tables",
        )

    async def save(self, request: Request) -> Response:
        """Write the captions and header rows that were changed into the manuscript."""
        publication = self._studio.publication(request)
        async with request.form(max_files=0, max_fields=_MOST) as fields:
            entered = {name: " ".join(str(value).split()) for name, value in fields.items()}
        manuscript = self._studio.workspace.manuscript(publication)
        label = self._studio.label
        if entered.get("state") != self._studio.workspace.digest(publication):
            problems: tuple[str, ...] = (label(request, "errors.changed"),)
            return self._show(request, publication, entered, errors=problems, status=422)
        rows = table_rows(manuscript)
        problems = tuple(
            label(request, "tables.caption_gone", number=row.number)
            for row in rows
            if row.caption and not entered.get(f"caption{row.number}", row.caption)
        )
        changes = [change for row in rows for change in _changes(row, entered)]
        if not problems and changes:
            problems = await self._apply(request, manuscript, changes)
            await check_again(self._studio, publication, seconds=3)
        if problems:
            return self._show(request, publication, entered, errors=problems, status=422)
        return go_to(f"/p/{publication.id}/tables", **({"done": "saved"} if changes else {}))


def _changes(row: TableRow, entered: Mapping[str, str]) -> Iterator[Change]:
    caption = entered.get(f"caption{row.number}", "")
    if caption and caption != " ".join(row.caption.split()):
        yield TableCaption(row.source, caption, row.caption, row.index)
    if entered.get(f"header{row.number}") and not row.header_rows:
        yield HeaderRows(row.source, row.names, row.index)
