"""Publications for the catalogue: as structs, and as folders with files of the right length."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path
from typing import Any

import msgspec

from exporter.model import Contributor, Direction, Family, Form, Kind, Metadata, Related
from exporter.pipeline.registry import discover
from exporter.site.entry import ENTRY, Accessibility, CatalogueEntry, CoverImage, EditionFile, encode

INSTALLED = discover().descriptions
ROOT = Path(__file__).parents[2]
STYLES = ROOT / "styles"
SUFFIXES = {
    "html": (".html", "text/html"),
    "pdf": (".pdf", "application/pdf"),
    "large-print": ("-large-print.pdf", "application/pdf"),
    "epub": (".epub", "application/epub+zip"),
    "docx": (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "audio": (".m4b", "audio/mp4"),
    "mp3": ("-mp3.zip", "application/zip"),
    "daisy": ("-daisy.zip", "application/zip"),
    "audiobook": (".lpf", "application/lpf+zip"),
    "transcript": (".vtt", "text/vtt"),
    "chapters": ("-chapters.json", "application/json+chapters"),
    "print": ("-print.pdf", "application/pdf"),
}
ALL = tuple(SUFFIXES)
LENGTHS = {"audio": 3_900.25}


def file(slug: str, name: str, size: int = 1_234_567) -> EditionFile:
    suffix, media_type = SUFFIXES[name]
    return EditionFile(
        name=name,
        file=f"{slug}{suffix}",
        media_type=media_type,
        size=size,
        sha256=hashlib.sha256(f"{slug} {name}".encode()).hexdigest(),
        pages=24 if media_type == "application/pdf" else 0,
        seconds=LENGTHS.get(name, 0.0),
    )


def entry(slug: str = "corridor", editions: tuple[str, ...] = ALL, **said: Any) -> CatalogueEntry:
    """A report in English, unless something else is said."""
    metadata = Metadata(
        **{
            "title": "The Long Corridor",
            "subtitle": "Access to justice",
            "kind": Kind.REPORT,
            "authors": (Contributor("Inés Cañedo"), Contributor("Tom Ardley", "edt")),
            "publisher": "Open Record",
            "date": datetime.date(2026, 1, 27),
            "language": "en-GB",
            "identifier": "urn:uuid:6b0f1a58-2f0c-5b7e-9d53-0c1f7a44d2e1",
            "description": "What happens to a person who reports a crime.",
            "subjects": ("justice", "Mexico"),
            "series": "Reports, No. 7",
        }
        | said
    )
    return CatalogueEntry(
        slug=slug,
        metadata=metadata,
        files=tuple(file(slug, name) for name in editions),
        cover=CoverImage(file="cover.jpg", media_type="image/jpeg", width=800, height=1200, alt="A stairway."),
        accessibility=Accessibility(
            modes=("textual", "visual"),
            sufficient=(("textual",), ("textual", "visual")),
            features=("alternativeText", "structuralNavigation"),
            hazards=("none",),
            summary="Everything is there as text.",
        ),
        page="index.html",
    )


def brief(**said: Any) -> CatalogueEntry:
    """One in Arabic, written from right to left."""
    values = {
        "title": "العدالة البعيدة",
        "subtitle": "موجز",
        "kind": Kind.BRIEF,
        "language": "ar",
        "direction": Direction.RTL,
        "date": datetime.date(2026, 1, 20),
        "series": "",
        "description": "كيف تضيع الشكوى.",
        "identifier": "urn:uuid:ff23ed2f-fdea-5db3-8e89-e3d441ccd024",
        "authors": (Contributor("ليان الحدّاد"),),
        "translations": (Related("The Long Corridor", "corridor", "en-GB"),),
    }
    return entry("brief", ("pdf", "epub"), **(values | said))


def comment(**said: Any) -> CatalogueEntry:
    """One in Spanish, without editions that are heard."""
    values = {
        "title": "Elegir a quien juzga",
        "subtitle": "",
        "kind": Kind.COMMENTARY,
        "language": "es-MX",
        "date": datetime.date(2026, 1, 14),
        "identifier": "urn:uuid:abb75132-20b3-53e4-9cc3-27533cf39529",
    }
    return entry("comentario", ("pdf", "epub", "docx"), **(values | said))


VIDEO = Related("The Long Corridor, signed", "https://example.org/signed", "ase", Form.SIGN_LANGUAGE)


def family() -> tuple[CatalogueEntry, ...]:
    """A report in English, its translation into Arabic, an easy-read version, and a video elsewhere."""
    easy = Related("A long wait", "easy", "en-GB", Form.EASY_READ)
    arabic = Related("العدالة البعيدة", "brief", "ar", Form.TRANSLATION)
    original = Related("The Long Corridor", "corridor", "en-GB", Form.ORIGINAL)
    return (
        entry(family=Family(Form.ORIGINAL, members=(arabic, easy, VIDEO))),
        brief(translations=(), family=Family(Form.TRANSLATION, "corridor", (original, easy, VIDEO))),
        entry("easy", ("pdf",), title=easy.title, family=Family(Form.EASY_READ, "corridor", (original, arabic, VIDEO))),
    )


def stand(output: Path, one: CatalogueEntry, *, page: bool = True) -> Path:
    """Put a publication into an output folder: its entry, and files of the length that it names."""
    folder = output / one.slug
    folder.mkdir(parents=True)
    small = tuple(msgspec.structs.replace(each, size=10 + place) for place, each in enumerate(one.files))
    for each in small:
        (folder / each.file).write_bytes(b"x" * each.size)
    if one.cover:
        (folder / one.cover.file).write_bytes(b"picture")
    if page:
        (folder / "index.html").write_bytes(b"page")
    (folder / ENTRY).write_bytes(encode(msgspec.structs.replace(one, files=small)))
    return folder
