"""Every edition of every publication in `input/`: made, opened by other programs, and compared with the tree."""

from __future__ import annotations

import json
import shutil

import page
import pikepdf
import pytest

from exporter import programs
from exporter.findings import Severity
from exporter.model import Decorative, Described, serialisation, walk
from exporter.validate import pdf as checks_of_pdf
from exporter.validate.epub import check_overlays
from exporter.validate.external.epubcheck import EpubCheck
from exporter.validate.lint import lint
from tests.parity.compared import compare
from tests.publications import LONG, SHORT, SLUGS, Edition, Editions, all_of, manuscript

pytestmark = pytest.mark.slow
each_publication = pytest.mark.parametrize("slug", SLUGS)
each_short_one = pytest.mark.parametrize("slug", all_of(set(SLUGS) - LONG))


@each_publication
def test_a_manuscript_is_read_without_errors_and_its_tree_comes_back_from_json(slug: str) -> None:
    publication, _, findings = manuscript(slug)
    assert serialisation.decode(serialisation.encode(publication)) == publication
    assert [found for found in (*findings, *lint(publication)) if found.severity is Severity.ERROR] == []


def says_what_the_tree_says(edition: Edition, name: str) -> None:
    script = edition.written.sidecars.get("clips")
    scripts = {name: script} if script else None
    assert compare(edition.publication, {name: edition.path}, scripts) == []
    assert [found for found in edition.written.findings if found.severity is Severity.ERROR] == []


@pytest.mark.parametrize("slug", all_of({"committee-submission"}))
def test_a_book_keeps_the_standard_and_every_word_is_heard_once(slug: str, editions: Editions, java: str) -> None:
    edition = editions.of(slug, "epub")
    says_what_the_tree_says(edition, "epub")
    assert check_overlays(edition.path) == ()
    checked = EpubCheck(java).check(edition.path)
    assert (checked.ran, [str(found) for found in checked.findings if found.severity is not Severity.NOTE]) == (
        True,
        [],
    )


@each_short_one
def test_a_word_file_says_what_the_tree_says(slug: str, editions: Editions) -> None:
    says_what_the_tree_says(editions.of(slug, "docx"), "docx")


@each_short_one
def test_a_pdf_keeps_the_standard_and_our_own_checks_find_nothing(slug: str, editions: Editions) -> None:
    is_accessible(editions.of(slug, "pdf"), "pdf")


@pytest.mark.parametrize("slug", all_of(SHORT))
def test_large_print_keeps_the_standard_and_our_own_checks_find_nothing(slug: str, editions: Editions) -> None:
    is_accessible(editions.of(slug, "large-print"), "large-print")


def is_accessible(edition: Edition, name: str) -> None:
    """Check a PDF against PDF/UA-1 (ISO 14289-1)."""
    says_what_the_tree_says(edition, name)
    assert checks_of_pdf.check(edition.path) == []
    assert [f"{f.rule_id}: {f.message}" for f in page.validate_pdf(str(edition.path), profile="ua1").failures] == []


@pytest.mark.parametrize("slug", all_of(["arabic-brief"]))
def test_the_print_edition_is_as_a_printing_house_wants_it(slug: str, editions: Editions) -> None:
    """Nothing can be clicked, and the file is PDF/X-4 (ISO 15930-7) where Ghostscript is there to make it."""
    edition = editions.of(slug, "print")
    says_what_the_tree_says(edition, "print")
    with pikepdf.open(edition.path) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
        if shutil.which("gs") is None:
            pytest.skip("Ghostscript is not installed: apt install ghostscript colord-data")
        assert edition.written.findings == ()
        assert pdf.docinfo["/GTS_PDFXVersion"] == "PDF/X-4"


@pytest.mark.parametrize("slug", all_of(["asylum-dispatch"]))
def test_a_recording_says_what_the_tree_says_and_other_programs_find_its_chapters(
    slug: str, editions: Editions
) -> None:
    """ffprobe lists a chapter for each heading, and each picture is described or passed over as the tree says."""
    edition = editions.of(slug, "audio")
    says_what_the_tree_says(edition, "audio")
    headings = [heading.text for heading in walk.headings(edition.publication)]
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed: apt install ffmpeg")
    command = ["ffprobe", "-v", "error", "-print_format", "json", "-show_chapters", str(edition.path)]
    chapters = json.loads(programs.run(command, seconds=60).stdout)["chapters"]
    titles = [chapter["tags"]["title"] for chapter in chapters]
    first = titles.index(headings[0])
    assert titles[first : first + len(headings)] == headings
    # An alt text of several sentences is several clips.
    said = " ".join(" ".join(clip["text"] for clip in json.loads(edition.written.sidecars["clips"])).split())
    for image in walk.images(edition.publication):
        match image.alt:
            case Described(text):
                assert " ".join(text.split()) in said
            case Decorative():
                pass
