"""What an EPUB says of itself goes into the catalogue, and no more."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from exporter.site.accessibility import read_accessibility
from exporter.site.entry import Accessibility

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="a b/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
SAID = """
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual, visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature" refines="#other">MathML</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">All of it
 is text.</meta>
"""


def book(path: Path, metadata: str, container: str = CONTAINER, head: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", container)
        package = f'{head}<package xmlns="http://www.idpf.org/2007/opf"><metadata>{metadata}</metadata></package>'
        archive.writestr("a b/package.opf", package)
    return path


def test_modes_features_hazards_and_the_summary_are_read(tmp_path: Path) -> None:
    assert read_accessibility(book(tmp_path / "a.epub", SAID)) == Accessibility(
        modes=("textual", "visual"),
        sufficient=(("textual", "visual"), ("textual",)),
        features=("alternativeText",),
        hazards=("none",),
        summary="All of it is text.",
    )


def test_conformance_stands_there_only_when_the_book_claims_it(tmp_path: Path) -> None:
    claim = (
        '<meta property="dcterms:conformsTo">https://example.org/other</meta>'
        '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'
        '<meta property="a11y:certifiedBy">A person</meta>'
        '<link rel="a11y:certifierReport" href="javascript:alert(1)"/>'
        '<link rel="a11y:certifierReport" href="https://example.org/report.html"/>'
    )
    found = read_accessibility(book(tmp_path / "a.epub", SAID + claim))
    assert found is not None
    assert (found.conforms_to, found.certifier) == ("EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "A person")
    assert found.certifier_report == "https://example.org/report.html"


def test_a_book_that_says_nothing_gives_nothing(tmp_path: Path) -> None:
    assert read_accessibility(book(tmp_path / "a.epub", "")) is None


@pytest.mark.parametrize(
    ("container", "head"),
    [
        ("<container/>", ""),
        ("no xml", ""),
        (CONTAINER.replace("package.opf", "none.opf"), ""),
        (CONTAINER.replace('full-path="a b/package.opf"', ""), ""),
        (CONTAINER, "<"),
    ],
)
def test_a_broken_package_gives_nothing(tmp_path: Path, container: str, head: str) -> None:
    assert read_accessibility(book(tmp_path / "a.epub", SAID, container, head)) is None


def test_an_entity_is_not_resolved(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    head = f'<!DOCTYPE package [<!ENTITY own SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    said = SAID.replace("All of it", "&own; all of it")
    found = read_accessibility(book(tmp_path / "a.epub", said, head=head))
    assert found is None or "secret" not in found.summary


def test_what_is_no_archive_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(b"PK\x03\x04 cut")
    assert read_accessibility(tmp_path / "a.epub") is None
    assert read_accessibility(tmp_path / "none.epub") is None
    assert read_accessibility(tmp_path) is None
