"""Each defect that is planted in a good book is found, and nothing is found in the good one."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.validate import epub
from exporter.validate.epub import rules
from tests.validate.epub.planted import DEFECTS, Defect, plant, sub
from tests.writers.epub.books import SILENT, Bench, kitchen_sink


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bench = Bench(tmp_path_factory.mktemp("good"))
    return bench.write(kitchen_sink(bench), options=SILENT)[0]


def test_nothing_is_found_in_a_good_book(good: Path) -> None:
    assert [str(finding) for finding in epub.check(good)] == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda each: each.name)
def test_a_planted_defect_is_found(defect: Defect, good: Path, tmp_path: Path) -> None:
    found = epub.check(plant(good, defect, tmp_path / "bad.epub"))
    assert defect.rule in {finding.rule for finding in found}
    assert {finding.rule for finding in found} <= {defect.rule, *defect.follows}
    assert all(finding.place.startswith("EPUB/") for finding in found)


def test_every_rule_has_a_planted_defect() -> None:
    # Those of overlays have theirs in test_overlays; what cannot be read is tried there and in test_verify.
    elsewhere = {rule.id for rule in rules.RULES}
    assert {rule.id for rule in epub.RULES} - elsewhere == {defect.rule for defect in DEFECTS} - elsewhere


def test_a_claim_of_a_standard_that_is_not_kept_is_named(good: Path, tmp_path: Path) -> None:
    missing = next(each for each in DEFECTS if each.name == "a picture without an alt text")
    claim = (
        "</metadata>",
        '<link rel="dcterms:conformsTo" href="http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-aa"/>',
    )
    certified = '<meta property="a11y:certifiedBy">Somebody</meta></metadata>'
    bad = plant(good, missing, tmp_path / "one.epub")
    claiming = Defect("", "", "content.opf", lambda text: text.replace(claim[0], claim[1] + certified))
    found = epub.check(plant(bad, claiming, tmp_path / "two.epub"))
    (finding,) = [each for each in found if each.rule == "epub-claim-conformance"]
    assert "markup-alt-missing" in finding.message


def test_a_document_that_is_no_xml_is_a_finding_and_the_rest_is_judged(good: Path, tmp_path: Path) -> None:
    missing = next(each for each in DEFECTS if each.name == "a picture without an alt text")
    bad = plant(good, missing, tmp_path / "one.epub")
    torn = Defect("", "", "text-02.xhtml", lambda text: text.replace("</h1>", ""))
    found = {finding.rule for finding in epub.check(plant(bad, torn, tmp_path / "two.epub"))}
    assert {"epub-malformed", "markup-alt-missing"} <= found
    assert "epub-unreadable" not in found


def test_entities_of_html_are_no_mistake(good: Path, tmp_path: Path) -> None:
    space = Defect("", "", "text-02.xhtml", lambda text: text.replace("Again<", "Again&nbsp;<"))
    assert epub.check(plant(good, space, tmp_path / "a.epub")) == ()


def test_the_contents_need_not_repeat_the_note_references_of_headings(good: Path, tmp_path: Path) -> None:
    reference = '<a epub:type="noteref" role="doc-noteref" href="#x" aria-label="Note 3">3</a>'
    marked = Defect("", "", "text-02.xhtml", sub("Two point one</h", f"Two {reference} point one</h"))
    assert "epub-toc" not in {finding.rule for finding in epub.check(plant(good, marked, tmp_path / "a.epub"))}


_CONFORMANCE = (
    '<meta property="dcterms:conformsTo" id="conf">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'
    '<meta property="a11y:certifiedBy" refines="#conf">Somebody</meta></metadata>'
)
_DRAWN = '<svg xmlns="http://www.w3.org/2000/svg"><text id="t">Map</text></svg>'


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("content.opf", sub("</metadata>", _CONFORMANCE)),
        ("text-02.xhtml", sub("Two point one</h", 'Two <sup><a href="#two-one">1</a></sup> point one</h')),
    ],
)
def test_what_is_right_though_unusual(
    part: str, change: Callable[[str], str | None], good: Path, tmp_path: Path
) -> None:
    unusual = Defect("", "", part, change)
    assert [str(finding) for finding in epub.check(plant(good, unusual, tmp_path / "a.epub"))] == []


def test_documents_of_the_spine_may_be_drawings_and_pages_whole_documents(good: Path, tmp_path: Path) -> None:
    item = '<item id="map" href="map.svg" media-type="image/svg+xml"/></manifest>'
    listed = Defect("", "", "content.opf", sub("</manifest>", item))
    drawn = Defect("", "", "content.opf", sub("</spine>", '<itemref idref="map"/></spine>'))
    page = Defect("", "", "nav.xhtml", sub(r'(epub:type="page-list".*?<ol>)', r'\1<li><a href="map.svg">0</a></li>'))
    path = good
    for number, change in enumerate((listed, drawn, page)):
        path = plant(path, change, tmp_path / f"{number}.epub")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("EPUB/map.svg", _DRAWN)
    assert [str(finding) for finding in epub.check(path)] == []
