"""Page numbers of headings, from a PDF that LibreOffice makes of the document."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec

from exporter import libreoffice
from exporter.contracts import WriteContext
from exporter.errors import ExporterError
from exporter.installation import install_command
from exporter.programs import run
from exporter.writers.docx.draft import Draft, DraftPart
from exporter.writers.docx.package import Package

_SECONDS = 180.0
_RESTART = 81
"""Exit code for a required restart, after its profile was created (sal/types: EXITHELPER_NORMAL_RESTART)."""
_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"false"},"ExportBookmarks":{"type":"boolean","value":"false"},'
    '"ExportFormFields":{"type":"boolean","value":"false"}}'
)
"""Only the destinations of bookmarks are needed (LibreOffice, "PDF Export Command Line Parameters")."""


class CountedPages(msgspec.Struct, frozen=True):
    """The pages of a document, or of a part of it."""

    count: int = 0
    """Number of pages; 0 if unknown."""
    bookmarks: Mapping[str, int] = {}
    """Page on which each bookmark begins, from 1."""
    reason: str = ""
    """Message why they are unknown."""


def count_pages(package: Package, context: WriteContext) -> CountedPages:
    """Return the pages of a document, laid out by LibreOffice; parts that are unchanged are not laid out again."""
    executable = libreoffice.program()
    if executable is None:
        return CountedPages(
            reason="No page numbers in the table of contents: LibreOffice not installed "
            f"({install_command(libreoffice.PROGRAM)})."
        )
    draft = Draft(package)
    keys = {part.bookmark: f"docx-pages:2:{libreoffice.state()}:{draft.key(part)}" for part in draft.parts}
    counted = {bookmark: pages for bookmark, key in keys.items() if (pages := _cached(context, key))}
    missing = [part for part in draft.parts if part.bookmark not in counted]
    if missing:
        # With the first one, since the first page of a document has other headers.
        parts = list(dict.fromkeys([draft.parts[0], *missing]))
        try:
            counted = _count(executable, draft, parts, context.scratch / "pages") | counted
        except ExporterError as error:
            return CountedPages(reason=f"No page numbers in the table of contents: LibreOffice failed: {error}")
        for part in missing:
            pages = counted[part.bookmark]
            context.memo.put(keys[part.bookmark], msgspec.json.encode(pages, order="deterministic"))
    total = 0
    bookmarks: dict[str, int] = {}
    for part in draft.parts:
        pages = counted[part.bookmark]
        bookmarks |= {bookmark: total + page for bookmark, page in pages.bookmarks.items()}
        total += pages.count
    return CountedPages(total, bookmarks)


def _cached(context: WriteContext, key: str) -> CountedPages | None:
    data = context.memo.get(key)
    return msgspec.json.decode(data, type=CountedPages) if data else None


def _count(executable: Path, draft: Draft, parts: list[DraftPart], folder: Path) -> dict[str, CountedPages]:
    """Return the pages of parts by the bookmarks at their beginnings."""
    folder.mkdir()
    file = folder / "draft.docx"
    draft.save(file, parts)
    whole = _lay_out(executable, file)
    shutil.rmtree(folder, ignore_errors=True)
    if not whole.bookmarks.keys() >= {part.bookmark for part in parts}:
        raise ExporterError("it did not find all parts.")
    starts = [whole.bookmarks[part.bookmark] for part in parts]
    ends = [*starts[1:], whole.count + 1]
    return {
        part.bookmark: CountedPages(
            end - start, {name: whole.bookmarks[name] - start + 1 for name in part.bookmarks if name in whole.bookmarks}
        )
        for part, start, end in zip(parts, starts, ends, strict=True)
    }


def _lay_out(executable: Path, draft: Path) -> CountedPages:
    import pikepdf

    folder = draft.parent
    command = libreoffice.command(executable, folder, "--convert-to", _FILTER, "--outdir", folder, draft)
    environment = _environment(folder)
    completed = run(command, seconds=_SECONDS, folder=folder, env=environment)
    if completed.returncode == _RESTART:
        completed = run(command, seconds=_SECONDS, folder=folder, env=environment)
    try:
        with pikepdf.open(draft.with_suffix(".pdf")) as pdf:
            numbers: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
            destinations = pdf.Root.get("/Dests", pikepdf.Dictionary())
            # LibreOffice writes the underscore as its code.
            bookmarks = {
                name.removeprefix("/").replace("5F", "_"): destination for name, destination in destinations.items()
            }
            return CountedPages(
                len(numbers), {name: numbers[destination[0].objgen] for name, destination in bookmarks.items()}
            )
    except (OSError, AttributeError, KeyError, TypeError, pikepdf.PdfError) as error:
        message = completed.stderr.decode(errors="replace").strip().splitlines()[-1:] or [type(error).__name__]
        raise ExporterError(message[0]) from error


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment with the bundled fonts and without user settings."""
    from exporter.writers import fonts

    folders = "".join(f"<dir>{escape(str(path))}</dir>" for path in fonts.folders())
    config = folder / "fonts.conf"
    system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    config.write_text(
        f'<?xml version="1.0"?><fontconfig>{system}{folders}<cachedir>{escape(str(folder / "cache"))}</cachedir>'
        "</fontconfig>",
        "utf-8",
    )
    inherited = {key: os.environ[key] for key in ("TMPDIR",) if key in os.environ}
    return {**libreoffice.environment(folder), **inherited, "FONTCONFIG_FILE": str(config)}
