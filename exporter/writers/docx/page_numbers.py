"""Page numbers of headings, from a PDF that LibreOffice makes of the document."""

from __future__ import annotations

import hashlib
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
    """The pages of a document."""

    count: int = 0
    """Number of pages; 0 if unknown."""
    bookmarks: Mapping[str, int] = {}
    """Page on which each bookmark begins, from 1."""
    reason: str = ""
    """Message why they are unknown."""


def count_pages(package: Package, context: WriteContext) -> CountedPages:
    """Return the pages of a document, laid out by LibreOffice or from the cache."""
    executable = libreoffice.program()
    if executable is None:
        return CountedPages(
            reason="No page numbers in the table of contents: LibreOffice not installed "
            f"({install_command(libreoffice.PROGRAM)})."
        )
    draft = context.scratch / "pages" / "draft.docx"
    draft.parent.mkdir()
    package.save(draft, images=False)
    key = f"docx-pages:1:{libreoffice.state()}:{hashlib.sha256(draft.read_bytes()).hexdigest()}"
    cached = context.memo.get(key)
    if cached is None:
        try:
            pages = _lay_out(executable, draft)
        except ExporterError as error:
            return CountedPages(reason=f"No page numbers in the table of contents: LibreOffice failed: {error}")
        cached = msgspec.json.encode(pages, order="deterministic")
        context.memo.put(key, cached)
    shutil.rmtree(draft.parent, ignore_errors=True)
    return msgspec.json.decode(cached, type=CountedPages)


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
