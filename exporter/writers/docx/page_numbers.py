"""On which page a heading stands: LibreOffice lays out the finished document once, and its PDF tells."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec

from exporter.contracts import WriteContext
from exporter.errors import ExporterError
from exporter.programs import run
from exporter.writers.docx.libreoffice import INSTALL, program, state
from exporter.writers.docx.package import Package

_SECONDS = 180.0
_AGAIN = 81
"""Exit code that asks to be started again, once its profile is made (sal/types: EXITHELPER_NORMAL_RESTART)."""
_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"false"},"ExportBookmarks":{"type":"boolean","value":"false"},'
    '"ExportFormFields":{"type":"boolean","value":"false"}}'
)
"""Only the places of bookmarks are wanted (filter options of LibreOffice, "PDF Export Command Line Parameters")."""


class Pages(msgspec.Struct, frozen=True):
    """What was found out."""

    count: int = 0
    """Pages of the document; 0 when not known."""
    bookmarks: Mapping[str, int] = {}
    """Page on which each bookmark begins, from 1."""
    reason: str = ""
    """Why nothing is known, one sentence."""


def count(package: Package, context: WriteContext) -> Pages:
    """Lay out the document and give its pages; a document that was laid out before is not laid out again."""
    office = program()
    if office is None:
        return Pages(reason=f"The contents show no page numbers, as LibreOffice is not installed ({INSTALL}).")
    draft = context.scratch / "pages" / "draft.docx"
    draft.parent.mkdir()
    package.save(draft, pictures=False)
    key = f"docx-pages:1:{state()}:{hashlib.sha256(draft.read_bytes()).hexdigest()}"
    kept = context.memo.get(key)
    if kept is None:
        try:
            found = _lay_out(office, draft)
        except ExporterError as error:
            return Pages(reason=f"The contents show no page numbers, as LibreOffice could not count the pages: {error}")
        kept = msgspec.json.encode(found, order="deterministic")
        context.memo.put(key, kept)
    shutil.rmtree(draft.parent, ignore_errors=True)
    return msgspec.json.decode(kept, type=Pages)


def _lay_out(office: Path, draft: Path) -> Pages:
    import pikepdf

    folder = draft.parent
    command: list[str | Path] = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        # Else it marks where it is installed that it looked for extensions there.
        f"-env:UNO_SHARED_PACKAGES_CACHE={(folder / 'profile' / 'shared').as_uri()}",
        "--headless",
        "--norestore",
    ]
    command += ["--convert-to", _FILTER, "--outdir", folder, draft]
    environment = _environment(folder)
    done = run(command, seconds=_SECONDS, folder=folder, env=environment)
    if done.returncode == _AGAIN:
        done = run(command, seconds=_SECONDS, folder=folder, env=environment)
    try:
        with pikepdf.open(draft.with_suffix(".pdf")) as pdf:
            numbers: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
            places = pdf.Root.get("/Dests", pikepdf.Dictionary())
            # LibreOffice spells the underscore by its number.
            marks = {name.removeprefix("/").replace("5F", "_"): place for name, place in places.items()}
            return Pages(len(numbers), {name: numbers[place[0].objgen] for name, place in marks.items()})
    except (OSError, AttributeError, KeyError, TypeError, pikepdf.PdfError) as error:
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [type(error).__name__]
        raise ExporterError(said[0]) from error


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment in which our typefaces are found, and nothing of the user's."""
    from exporter.writers import fonts

    places = "".join(f"<dir>{escape(str(place))}</dir>" for place in fonts.folders())
    config = folder / "fonts.conf"
    system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    config.write_text(
        f'<?xml version="1.0"?><fontconfig>{system}{places}<cachedir>{escape(str(folder / "cache"))}</cachedir>'
        "</fontconfig>",
        "utf-8",
    )
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TMPDIR") if key in os.environ}
    return kept | {"HOME": str(folder), "LC_ALL": "C.UTF-8", "FONTCONFIG_FILE": str(config), "SAL_USE_VCLPLUGIN": "svp"}
