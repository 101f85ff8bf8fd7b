"""eBraille compared with the tree: what is spoilt in text or structure is found."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import msgspec
import pytest

from exporter.braille.codes import Grade
from exporter.model import Paragraph
from exporter.model.walk import walk
from exporter.parity.braille.ebraille import EXTRACTOR, compare
from exporter.parity.compare import EditionComparer
from tests.publications import SHORT, Editions, all_of
from tests.write_context import STYLES
from tests.writers.braille.made import needs_liblouis, tree
from tests.writers.ebraille.made import MadeBook, make, with_metadata

pytestmark = needs_liblouis
DEFECTS = {
    "a missing word": ("parity-text", "⠧⠊⠇⠇⠁⠛⠑ ", ""),
    "another word": ("parity-text", "⠛⠕⠧⠻⠝⠰⠞", "⠭⠭⠭⠭⠭"),
    "a missing passage in another language": ("parity-text", "⠝⠁⠙⠊⠑ ⠝⠕⠎ ⠓⠁ ⠏⠗⠑⠛⠥⠝⠞⠁⠙⠕", ""),
    "a missing description": ("parity-text", "⠠⠁ ⠙⠕⠕⠗", ""),
    "another level of a heading": ("parity-levels", r"<(/?)h2>", r"<\1h3>"),
    "a heading that is a paragraph": ("parity-kinds", r"<(/?)h2>", r"<\1p>"),
    "an item that is a paragraph": ("parity-kinds", r"<li ([^>]*)>(<p [^>]*>⠸⠲ ⠐⠕</p>)</li>", r"<div \1>\2</div>"),
    "a header cell that is data": ("parity-tables", r'<th ([^>]*)scope="col"(.*?)</th>', r"<td \1\2</td>"),
    "another target of a link": ("parity-links", "https://example.org/x", "https://example.org/y"),
    "a broken link": ("parity-links", 'href="text-02.xhtml#two"', 'href="text-02.xhtml#three"'),
    "a lost reference to a note": ("parity-notes", r'<a class="noteref".*?</a>', ""),
    "another number of an item": ("parity-nesting", "⠼⠉⠲ ⠁⠇⠏", "⠼⠙⠲ ⠁⠇⠏"),
    "an item without its bullet": ("parity-nesting", "⠸⠲ ⠐⠕", "⠐⠕"),
    "another number in a cell": ("parity-text", "⠼⠃⠚⠃⠙</span>", "⠼⠃⠚⠃⠑</span>"),
    "another word of a description": ("parity-text", "⠠⠁ ⠙⠕⠕⠗⠈", "⠠⠁ ⠙⠕⠛⠈"),
    "another sign of a heading": ("parity-text", "⠠⠮ ⠋⠌ ⠓⠂⠙⠬</h1>", "⠮ ⠋⠌ ⠓⠂⠙⠬</h1>"),
    "a hidden paragraph": ("parity-text", '<p id="p12">', '<p id="p12" hidden="">'),
    "another place of a link": ("parity-links", "text-02.xhtml#two", "text-02.xhtml#below-it"),
    "a link back to nothing": ("parity-notes", 'href="#ref-1-1"', 'href="#p1"'),
    "a lost language": ("parity-languages", ' lang="es-Brai" xml:lang="es-Brai"', ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeBook:
    return make(tmp_path_factory.mktemp("ebraille"))


@pytest.mark.parametrize("grade", Grade)
def test_nothing_is_found_in_a_good_file(grade: Grade, tmp_path: Path) -> None:
    good = make(tmp_path, grade=grade)
    assert [str(finding) for finding in compare(good.publication, good.path).findings] == []


def test_scripts_and_spans_that_a_table_has_no_room_for_are_no_differences(tmp_path: Path) -> None:
    table = '<table><tr><th scope="col" rowspan="3" colspan="9">A</th></tr><tr><td>b</td></tr></table>'
    made = make(tmp_path, f"They said [nihao]{{lang=zh-Hant}}.\n\n{table}")
    assert [str(finding) for finding in compare(made.publication, made.path).findings] == []


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(defect: str, made: MadeBook, tmp_path: Path) -> None:
    rule, pattern, by = DEFECTS[defect]
    spoilt = plant(made, "ebraille/text-0", pattern, by, tmp_path)
    assert rule in {finding.rule for finding in EXTRACTOR.diff(made.publication, spoilt)}


OUTSIDE = {
    "no title": ("parity-title", "package.opf", "<dc:title>.*?</dc:title>", ""),
    "no creator": ("parity-metadata", "package.opf", "<dc:creator.*?</dc:creator>", ""),
    "another language": ("parity-language", "package.opf", "(?<=<dc:language>)en", "fr"),
    "another style sheet": ("parity-kinds", "ebraille/styles", "h2 { padding-inline-start: 4ch; }", "h2 { }"),
    "contents that lead elsewhere": ("parity-contents", "index.html", "#two", "#below-it"),
    "a lost entry of the contents": (
        "parity-outline",
        "index.html",
        r'<li><a href="ebraille/text-02.xhtml#[^<]*</a>',
        "<li>",
    ),
}


@pytest.mark.parametrize("defect", OUTSIDE)
def test_what_is_outside_of_the_text_is_compared(defect: str, made: MadeBook, tmp_path: Path) -> None:
    rule, part, pattern, by = OUTSIDE[defect]
    spoilt = plant(made, part, pattern, by, tmp_path)
    result = EditionComparer(made.publication, STYLES).compare("ebraille", spoilt, EXTRACTOR)
    assert rule in {finding.rule for finding in result.findings}


def plant(made: MadeBook, part: str, pattern: str, by: str, folder: Path) -> Path:
    """Write the book with something changed once in the first matching file."""
    path = folder / made.path.name
    is_planted = False
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in made.data.items():
            text = data
            if name.startswith(part) and not is_planted:
                count = 2 if "(/?)" in pattern else 1
                changed, times = re.subn(pattern, by, data.decode(), count=count, flags=re.DOTALL)
                text, is_planted = changed.encode(), bool(times)
            archive.writestr(name, text)
    assert is_planted
    return path


def test_nothing_is_found_where_pages_of_print_begin_in_paragraphs(tmp_path: Path) -> None:
    text = "Nobody answered the women for many years.\n\n3. They waited in the rain until the evening.\n"
    publication = with_metadata(tree(text, "en"))
    starts = [{"node": node.at.id, "characters": 15} for node in walk(publication) if isinstance(node, Paragraph)]
    facts = {"pdf.pages": msgspec.json.encode({"labels": ["1", "2"], "starts": starts})}
    made = make(tmp_path, publication, facts=facts)
    assert b"pagebreak" in b"".join(made.data.values())
    assert [str(finding) for finding in compare(publication, made.path).findings] == []


@pytest.mark.slow
@pytest.mark.parametrize("slug", all_of(SHORT))
def test_a_publication_comes_back(slug: str, editions: Editions, tmp_path: Path) -> None:
    edition = editions.of(slug, "ebraille")
    path = tmp_path / f"{slug}.ebrl"
    path.write_bytes(edition.path.read_bytes())
    compared = compare(edition.publication, path)
    assert [str(finding) for finding in compared.findings] == []
    assert compared.translated_back / compared.words > 0.7
