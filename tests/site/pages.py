"""Pages of publications made for tests, with editions that are there by name alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
from lxml import html

from exporter import model as m
from exporter import transforms
from exporter.contracts.sidecars import Chapter, PageParts
from exporter.labels import Labels
from exporter.site import publication
from exporter.site.entry import EditionFile
from exporter.writers import web
from tests.write_context import STYLES, Pictures, write_context
from tests.writers import sample

SHEET = (STYLES / publication.STYLESHEET).read_text("utf-8")
CHAPTERS = (
    Chapter("Waiting for a Judge", 0.0, 12.5),
    Chapter("Executive summary", 12.5, 3700.0, 1, "summary"),
    Chapter("Method <1>", 3700.0, 3912.0, 2, "method"),
)


def file(name: str, suffix: str, media_type: str, **more: Any) -> EditionFile:
    values: dict[str, Any] = {"size": 1_234_567, "sha256": "ab" * 32, **more}
    return EditionFile(name=name, file=f"waiting{suffix}", media_type=media_type, **values)


FILES = (
    file("pdf", ".pdf", "application/pdf", pages=12),
    file("epub", ".epub", "application/epub+zip"),
    file("audio", ".m4b", "audio/mp4", seconds=3912.4),
    file("odt", ".odt", "application/vnd.oasis.opendocument.text"),
)


def text_of(folder: Path, tree: m.Publication | None = None, **options: Any) -> tuple[m.Publication, PageParts]:
    """Return a publication, the sample that holds everything when none is given, and what its HTML edition hands on."""
    pictures = Pictures(folder / "pictures")
    tree = transforms.apply(tree or sample.everything(pictures), "waiting")
    place = write_context(folder, tree.metadata.language, pictures=pictures)
    written = web.write(tree, place, web.Options(fonts=False, **options), folder / "waiting.html")
    return tree, msgspec.json.decode(written.sidecars["page"], type=PageParts)


def page_of(folder: Path, tree: m.Publication | None = None, **changes: Any) -> publication.Page:
    """Return what a page is made of."""
    tree, text = text_of(folder, tree)
    values: dict[str, Any] = {"files": FILES, "chapters": CHAPTERS, "clips": clips(), "report": "report.html"}
    return publication.Page(metadata=tree.metadata, text=text, **{**values, **changes})


def render(page: publication.Page, language: str = "") -> str:
    labels = Labels.load(STYLES, language or page.metadata.language)
    return publication.render(page, labels, SHEET).decode("utf-8")


def read(text: str) -> Any:
    return html.document_fromstring(text)


def clips() -> bytes:
    said = (
        ("", "opening", "Waiting for a Judge."),
        ("summary", "heading", "Executive summary"),
        ("p1", "text", "Two people in three wait longer than a year for a hearing."),
        ("i1", "alt", "Bar chart: waiting time rose from 90 to 310 days."),
    )
    return json.dumps(
        [
            {"node": node, "begin": number, "end": number + 0.9, "text": words, "kind": kind, "language": "en"}
            for number, (node, kind, words) in enumerate(said)
        ]
    ).encode()
