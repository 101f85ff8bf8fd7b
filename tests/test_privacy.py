"""What a manuscript holds and nobody meant to publish reaches no edition."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pytest

from exporter import service
from exporter.config import GateLevel, Validators
from exporter.readers import html
from tests.readers.docx.files import PLANTED, p, package

EDITIONS = ("pdf", "html", "epub", "docx")


def contents(path: Path) -> bytes:
    """Return all that a file holds, unpacked, in lower case, with the texts of a PDF as UTF-8."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist()).lower()
    if path.suffix != ".pdf":
        return path.read_bytes().lower()
    with pikepdf.open(path) as pdf:
        streams = [each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream) and _is_text(each)]
        strings = [str(value) for each in pdf.objects for value in _strings(each)]
    return b"\n".join((*streams, "\n".join(strings).encode())).lower()


def _is_text(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") != "/Image"


def _strings(value: object) -> list[str]:
    if isinstance(value, pikepdf.Dictionary):
        return [str(each) for each in value.values() if isinstance(each, pikepdf.String)]
    return []


def test_file_properties_reach_no_edition(tmp_path: Path) -> None:
    folder = tmp_path / "input" / "one"
    folder.mkdir(parents=True)
    (folder / "manuscript.docx").write_bytes(package(p("A visible title", "Title") + p("Visible text."), parts=PLANTED))
    service.export(
        service.Request(
            sources=(folder,),
            output=tmp_path / "output",
            editions=EDITIONS,
            store=tmp_path / "store",
            gate=GateLevel.OFF,
            validators=Validators.OWN,
            options={"epub_audio": "off", "fonts": "false"},  # subsets of fonts take seconds
        ),
        lambda _event: None,
    )
    files = [path for path in (tmp_path / "output").rglob("*") if path.is_file()]
    assert {f"one{suffix}" for suffix in (".pdf", ".html", ".epub", ".docx")} <= {path.name for path in files}
    for path in files:
        assert b"planted" not in contents(path), path.name
    assert all(b"visible" in contents(tmp_path / "output" / "one" / f"one{suffix}") for suffix in (".html", ".epub"))
    assert b"a visible title" in contents(tmp_path / "output" / "one" / "one.pdf")


@pytest.mark.parametrize(
    ("generator", "is_taken"),
    [("Microsoft Word 15 (filtered)", False), ("LibreOffice 25.2.3 (Linux)", False), ("WordPress 6.6", True)],
)
def test_pages_saved_by_word_processors_carry_file_properties(generator: str, *, is_taken: bool) -> None:
    page = (
        f'<html lang="en"><head><title>A title</title><meta name="generator" content="{generator}">'
        '<meta name="author" content="Plantagenet"><meta name="description" content="A comment"></head>'
        "<body><h1>A title</h1><p>Text.</p></body></html>"
    )
    read = html.read(page.encode(), "manuscript.html")
    taken, suggested = (
        (each.description, [author.name for author in each.authors])
        for each in (read.publication.metadata, read.suggested)
    )
    known = ("A comment", ["Plantagenet"])
    assert (taken, suggested) == ((known, ("", [])) if is_taken else (("", []), known))
