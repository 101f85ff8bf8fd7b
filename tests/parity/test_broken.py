"""A file that is broken, hostile or no edition at all is a finding, in seconds; nothing is raised."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from exporter.parity import EditionComparer
from tests.parity.compared import extractor_of
from tests.parity.made import make
from tests.pipeline import tasks
from tests.publications import tree

SLUG = "asylum-dispatch"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="p.opf"/></rootfiles></container>'
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)
DEEP = "<div>" * 5000 + "x" + "</div>" * 5000
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><html><body>&b;&b;</body></html>'
BROKEN = {
    "nothing in it": {},
    "no package": {"META-INF/container.xml": "<container/>"},
    "a package that is not there": {"META-INF/container.xml": CONTAINER},
    "no spine": {"META-INF/container.xml": CONTAINER, "p.opf": PACKAGE.replace("itemref", "x")},
    "a spine of what is not there": {"META-INF/container.xml": CONTAINER, "p.opf": PACKAGE.replace('idref="a"', "")},
    "no document": {"META-INF/container.xml": CONTAINER, "p.opf": PACKAGE},
    "rubbish": {"META-INF/container.xml": CONTAINER, "p.opf": PACKAGE, "a.xhtml": "<html><p>"},
    "deep": {"META-INF/container.xml": CONTAINER, "p.opf": PACKAGE, "a.xhtml": f"<html><body>{DEEP}</body></html>"},
    "entities": {"META-INF/container.xml": CONTAINER, "p.opf": PACKAGE, "a.xhtml": BOMB},
}


@pytest.fixture(scope="module")
def measure() -> EditionComparer:
    return EditionComparer(tree(SLUG)[0])


@pytest.mark.parametrize("files", [pytest.param(files, id=name) for name, files in BROKEN.items()])
def test_a_broken_epub_is_a_finding(files: dict[str, str], measure: EditionComparer, tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    assert measure.compare("epub", path, extractor_of(path)).findings != ()


def test_a_lack_of_memory_does_not_make_an_edition_unreadable(
    measure: EditionComparer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.epub"
    extractor = extractor_of(path)
    monkeypatch.setattr(extractor, "extract", lambda *_: tasks.starve())
    with pytest.raises(MemoryError):
        measure.compare("epub", path, extractor)


@pytest.mark.parametrize("text", ["", "<html><body><p>No main element</p>", f"<main>{DEEP}</main>", "\0\0\0"])
def test_a_broken_page_is_a_finding(text: str, measure: EditionComparer, tmp_path: Path) -> None:
    path = tmp_path / "book.html"
    path.write_text(text, "utf-8")
    assert measure.compare("html", path, extractor_of(path)).findings != ()


def test_a_document_that_grows_out_of_all_bounds_is_not_unpacked(measure: EditionComparer, tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("p.opf", PACKAGE)
        archive.writestr("a.xhtml", b" " * (65 * 2**20))
    compared = measure.compare("epub", path, extractor_of(path))
    assert [finding.rule for finding in compared.findings] == ["parity-unreadable"]
    assert "too large" in compared.findings[0].message
    assert compared.counts is None


@pytest.mark.parametrize("name", ["epub", "html"])
def test_chance_breaks_nothing_but_the_file(name: str, measure: EditionComparer, tmp_path: Path) -> None:
    publication, blobs = tree(SLUG)
    path, _ = make(name, publication, tmp_path, blobs)
    data = path.read_bytes()
    dice = random.Random(7)
    for _ in range(40):
        spoilt = bytearray(data)
        for _ in range(dice.randint(1, 30)):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        target = tmp_path / f"spoilt{path.suffix}"
        target.write_bytes(bytes(spoilt[: dice.randint(1, len(spoilt))]) if dice.random() < 0.3 else bytes(spoilt))
        compared = measure.compare(name, target, extractor_of(target))
        # What cannot be read is told as such, and what is lost is missed.
        assert all(found.rule.startswith("parity-") and found.edition == name for found in compared.findings)
        assert compared.counts is not None or [found.rule for found in compared.findings] == ["parity-unreadable"]


def test_chance_inside_the_documents_breaks_nothing(measure: EditionComparer, tmp_path: Path) -> None:
    publication, blobs = tree(SLUG)
    path, _ = make("epub", publication, tmp_path, blobs)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    texts = [name for name in files if name.endswith((".xhtml", ".opf"))]
    words = [b'colspan="-1"', b'rowspan="99999999999"', b'start="x"', b'lang=""', b'href="//["', b'id="a"']
    dice = random.Random(11)
    for _ in range(60):
        name = dice.choice(texts)
        data = files[name]
        place = dice.choice([at for at in range(len(data)) if data[at : at + 1] in {b" ", b"<", b">", b'"'}])
        spoilt = data[:place] + dice.choice([b" " + dice.choice(words), b"</p>", b"<table>", b"&nbsp;"]) + data[place:]
        target = tmp_path / "spoilt.epub"
        with zipfile.ZipFile(target, "w") as archive:
            for each, content in files.items():
                archive.writestr(each, spoilt if each == name else content)
        compared = measure.compare("epub", target, extractor_of(target))
        assert all(found.rule.startswith("parity-") and found.edition == "epub" for found in compared.findings)
        assert compared.counts is not None or [found.rule for found in compared.findings] == ["parity-unreadable"]
