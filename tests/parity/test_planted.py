"""Whatever is spoilt in a finished EPUB is found, and under the rule that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.parity import EditionComparer, epub, rules
from tests.parity.compared import compare
from tests.parity.made import make
from tests.parity.planted import DEFECTS, DISPATCH, ELSEWHERE, HTML, OPS_TYPE, Book, Defect
from tests.publications import Editions, tree
from tests.sampling import sampled


@pytest.fixture(scope="module")
def shelf(editions: Editions, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[EditionComparer, Path]]:
    """The publications, and the EPUB of each."""
    made = {}
    for slug in {defect.slug for defect in DEFECTS}:
        edition = editions.of(slug, "epub")
        comparer = EditionComparer(edition.publication)
        before = Book(edition.path).save(tmp_path_factory.mktemp(slug) / "before.epub")
        assert comparer.compare("epub", before, epub.EXTRACTOR).findings == ()
        made[slug] = comparer, edition.path
    return made


@pytest.mark.parametrize("defect", sampled(DEFECTS), ids=lambda defect: defect.what)
def test_a_planted_defect_is_found(
    defect: Defect, shelf: dict[str, tuple[EditionComparer, Path]], tmp_path: Path
) -> None:
    measure, path = shelf[defect.slug]
    book = Book(path)
    defect.plant(book)
    found = measure.compare("epub", book.save(tmp_path / "after.epub"), epub.EXTRACTOR).findings
    assert {finding.rule for finding in found} >= defect.rules
    assert all(finding.edition == "epub" for finding in found)


TOLD = (
    *(rules.UNREADABLE, rules.TITLE, rules.LANGUAGE, rules.HEADINGS, rules.LEVELS, rules.OUTLINE, rules.PICTURES),
    *(rules.DECORATIVE, rules.TEXT, rules.ORDER, rules.KINDS, rules.NESTING, rules.TABLES, rules.PASSAGES, rules.LINKS),
    *(rules.NOTES, rules.MARKS, rules.CONTENTS, rules.METADATA, rules.SPEAKERS, rules.PAGES),
)
"""Rules of what is read; those of what is heard have tests of their own."""


def test_every_rule_has_a_planted_defect() -> None:
    planted = {rule for defect in DEFECTS for rule in defect.rules}
    assert planted | ELSEWHERE == {rule.id for rule in TOLD}


def test_an_epub_marks_the_pages_of_the_pdf(tmp_path: Path) -> None:
    publication, blobs = tree(DISPATCH)
    pdf, facts = make("pdf", publication, tmp_path, blobs)
    path, _ = make("epub", publication, tmp_path, blobs, facts)
    assert [str(finding) for finding in compare(publication, {"pdf": pdf, "epub": path})] == []
    lists = "page-list"
    book = Book(path)
    (pages,) = (nav for nav in book.nav.iter(f"{HTML}nav") if nav.get(OPS_TYPE) == lists)
    list(pages.iter(f"{HTML}a"))[1].text = "77"
    spoilt = book.save(tmp_path / "spoilt.epub")
    assert {each.rule for each in compare(publication, {"pdf": pdf, "epub": spoilt})} == {"parity-pages"}
    # The label is right, and the mark stands elsewhere.
    book = Book(path)
    mark = next(each for each in book.all("div", class_="page-mark"))
    heading = list(book.all("h1"))[-1]
    heading.addnext(mark)
    moved = book.save(tmp_path / "moved.epub")
    assert {each.rule for each in compare(publication, {"pdf": pdf, "epub": moved})} == {"parity-pages"}
