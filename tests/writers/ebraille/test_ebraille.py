"""eBraille: braille that adapts to any display, with its structure, its metadata and the pages of print."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree

from exporter import transforms
from exporter.braille.codes import CODES, Grade, braille_language, print_language
from exporter.errors import UnavailableError
from exporter.model import Contact, Metadata, PageBreak, Publication
from exporter.validate import ebraille as checks
from tests.trees import PUBLICATIONS, examples
from tests.writers.braille.made import needs_liblouis, tree
from tests.writers.ebraille.made import MadeBook, make, with_metadata

pytestmark = needs_liblouis
CELLS = re.compile(r"[\u2800-\u28ff\s\u00a0]*")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeBook:
    return make(tmp_path_factory.mktemp("ebraille"))


def test_the_package_and_the_entry_page_are_in_the_root(made: MadeBook) -> None:
    assert [entry.filename for entry in made.entries][:3] == ["mimetype", "META-INF/container.xml", "package.opf"]
    assert made.entries[0].compress_type == 0
    others = {name for name in made.data if "/" not in name}
    assert others == {"mimetype", "package.opf", "index.html"}
    assert 'href="package.opf"' in made.index
    assert "index.html" not in made.package.partition("<spine")[2]
    assert "toc=" not in made.package
    assert ".ncx" not in made.package


def test_metadata_say_what_the_transcription_is(made: MadeBook) -> None:
    assert made.values("dc:format") == ["eBraille 1.0"]
    assert made.values("dc:language") == ["en-Brai", "es-Brai"]
    assert made.values("a11y:brailleSystem") == ["UEB grade2", "Spanish grade1", "UEB grade1"]
    assert made.values("a11y:brailleCellType") == ["6"]
    assert made.values("a11y:tactileGraphics") == ["none"]
    assert made.values("a11y:completeTranscription") == ["true"]
    assert made.values("dcterms:dateCopyrighted") == ["2026"]
    assert made.values("dc:source") == [made.publication.metadata.identifier]
    assert made.values("dc:identifier") != made.values("dc:source")
    assert "not proofread" in made.values("schema:accessibilitySummary")[0]


def test_numbers_are_in_no_grade_of_their_own(tmp_path: Path) -> None:
    pages = {"labels": ["1"], "starts": [{"part": "cover"}]}
    made = make(tmp_path, "Text.", facts={"pdf.pages": msgspec.json.encode(pages)})
    assert made.values("a11y:brailleSystem") == ["UEB grade2"]


@pytest.mark.parametrize("text", ["A flower ✿", "![](img/a.png){alt}", "[xochitl]{lang=nah}"])
def test_a_transcription_with_gaps_is_not_called_complete(text: str, tmp_path: Path) -> None:
    made = make(tmp_path, f"# A\n\n{text}")
    assert made.values("a11y:completeTranscription") == ["false"]
    assert made.values("schema:accessModeSufficient") == []


def test_the_year_of_copyright_is_that_of_the_rights(tmp_path: Path) -> None:
    publication = with_metadata(tree("Text."), rights="Copyright 2019 by the Committee.", publisher="The Committee")
    made = make(tmp_path, publication, producer="The Braille Press")
    assert made.values("dcterms:dateCopyrighted") == ["2019"]
    assert made.values("a11y:producer") == ["The Braille Press"]


@pytest.mark.parametrize(("changes", "missing"), [
    ({"date": None}, "date"),
    ({"authors": ()}, "author"),
])  # fmt: skip
def test_required_metadata_are_not_invented(changes: dict[str, object], missing: str, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=f"missing: {missing}"):
        make(tmp_path, with_metadata(tree("Text."), **changes))


def test_an_organisation_without_authors_is_the_creator(tmp_path: Path) -> None:
    made = make(tmp_path, with_metadata(tree("Text."), authors=(), publisher="The Committee"))
    assert made.values("dc:creator") == ["The Committee"]


def test_all_text_is_in_cells(made: MadeBook) -> None:
    for name, data in made.data.items():
        if name.endswith((".xhtml", ".html")):
            root = etree.fromstring(data)
            texts = [*root.itertext(), *root.xpath("//@alt | //@aria-label | //@abbr | //@data-heads")]
            assert all(CELLS.fullmatch(text) for text in texts), name


def test_structure_is_that_of_the_manuscript_with_its_signs_as_text(made: MadeBook) -> None:
    text = made.text
    assert re.search(r"<em>⠨⠂⠏ ⠨⠂⠷</em>", text)
    assert re.search(r'<a href="https://example.org/x">⠙⠑⠉⠊⠨⠝</a>', text)
    assert re.search(r'role="doc-noteref">⠰⠔⠼⠁</a>', text)
    assert re.search(r'role="doc-backlink">⠰⠔⠼⠁</a></span> ⠠⠭', text)
    assert re.search(r"<li [^>]*><span [^>]*>⠼⠉⠲ ⠁⠇⠏⠓⠁</span></li>", text)
    assert re.search(r"<li [^>]*><p [^>]*>⠸⠲ ⠐⠕</p>", text)
    assert 'lang="es-Brai"' in text
    assert "<q>" not in text
    assert "<img" not in text
    assert "⠈⠨⠣⠠⠏⠊⠉⠞⠥⠗⠑⠒ ⠠⠁ ⠙⠕⠕⠗⠈⠨⠜" in text
    assert "<h2>" in text
    assert 'scope="col"' in text
    assert '<p class="aside-title">⠈⠨⠣⠠⠺⠜⠝⠬⠈⠨⠜</p>' in text
    assert "⠊⠋ ⠁⠒\n    ⠃" in text


def test_a_table_is_read_row_by_row_where_its_columns_do_not_fit(made: MadeBook) -> None:
    assert "by-row-13" in made.text
    assert "(max-width: 13ch)" in made.data["ebraille/styles/ebraille.css"].decode()
    assert 'data-heads="⠠⠉⠁⠎⠑⠎⠒ "' in made.text


def test_headers_of_rows_are_read_with_those_of_their_column(tmp_path: Path) -> None:
    made = make(tmp_path, "| Year | Cases |\n|---|---|\n| 2024 | 3 |\n\nTable: A {.row-headers}")
    assert re.search(r'<th [^>]*role="rowheader" data-heads="⠠⠽⠑⠜⠒ ">', made.text)


def test_notes_have_a_heading(made: MadeBook) -> None:
    assert '<p class="notes-heading">⠠⠝⠕⠞⠑⠎</p>' in made.text


def test_braille_is_written_from_left_to_right(tmp_path: Path) -> None:
    made = make(tmp_path, "# عنوان\n\nنص [text]{lang=en} آخر.", "ar")
    assert 'dir="rtl"' not in made.text + made.index
    assert 'page-progression-direction="ltr"' in made.package
    assert made.values("dc:language") == ["ar-Brai", "en-Brai"]


def test_pages_of_print_are_marked_and_listed(tmp_path: Path) -> None:
    before, after = tree("Before\n\nAfter").body
    body = (PageBreak(label="7", at=after.at), before, PageBreak(label="xii", at=before.at), after)
    body = tuple(
        msgspec.structs.replace(node, at=msgspec.structs.replace(node.at, id=f"n{index}"))
        for index, node in enumerate(body)
    )
    made = make(tmp_path, with_metadata(Publication(tree("A").metadata, body=body)))
    assert '<a href="ebraille/text-00.xhtml#n0" title="7">⠼⠛</a>' in made.index
    assert 'title="xii"' in made.index
    assert 'role="doc-pagebreak">⠼⠛</div>' in made.text
    assert {finding.rule for finding in checks.check(made.path)} == {"ebraille-recommended"}


def test_the_contents_have_the_pages_of_print(tmp_path: Path) -> None:
    publication = with_metadata(tree("# One\n\nText.\n\n# Two\n\nMore."))
    starts = [{"node": section.at.id} for section in publication.body]
    pages = {"labels": ["4", "9"], "starts": starts}
    made = make(tmp_path, publication, facts={"pdf.pages": msgspec.json.encode(pages)})
    contents = made.data["ebraille/contents.xhtml"].decode()
    assert re.findall(r'<span class="toc-page">(.*?)</span>', contents) == ["⠼⠙", "⠼⠊"]


def test_the_number_of_a_page_is_the_same_in_list_and_text(tmp_path: Path) -> None:
    (paragraph,) = tree("Text.").body
    page = PageBreak(label="still 4", at=msgspec.structs.replace(paragraph.at, id="page"))
    made = make(tmp_path, with_metadata(Publication(tree("A").metadata, body=(page, paragraph))))
    assert 'title="still 4">⠎⠞⠊⠇⠇⠀⠼⠙</a>' in made.index
    assert 'role="doc-pagebreak">⠎⠞⠊⠇⠇⠀⠼⠙</div>' in made.text
    assert {finding.rule for finding in checks.check(made.path)} == {"ebraille-recommended"}


def test_links_lead_to_what_braille_leaves_out(tmp_path: Path) -> None:
    made = make(tmp_path, "See [it](#ornament).\n\n![](img/a.png){#ornament .decorative}")
    assert 'href="#ornament"' in made.text
    assert 'id="ornament"' in made.text


@given(PUBLICATIONS)
@settings(max_examples=examples(3), suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_any_tree_becomes_a_file_without_findings_of_its_own(publication: Publication) -> None:
    with tempfile.TemporaryDirectory() as folder:
        publication = with_metadata(publication, language="en", publisher="A")
        made = make(Path(folder), transforms.apply(publication, "any"))
        found = {finding.rule for finding in checks.check(made.path) if finding.rule.startswith("ebraille-")}
        # Tables without headers are those of the tree.
        assert found <= {"ebraille-recommended", "ebraille-accessibility"}


def test_title_page_and_imprint_are_in_braille(tmp_path: Path) -> None:
    contact = Contact(name="Ana", email="ana@example.org", url="https://example.org/", phone="+1 2")
    made = make(tmp_path, with_metadata(tree("# A\n\nText."), contact=contact, place="Lima", rights="All rights."))
    assert "⠠⠇⠊⠍⠁" in made.data["ebraille/title.xhtml"].decode()
    assert 'href="mailto:ana@example.org"' in made.data["ebraille/about.xhtml"].decode()


@pytest.mark.parametrize("language", CODES)
def test_nothing_but_recommendations_is_found_in_any_language(language: str, tmp_path: Path) -> None:
    made = make(tmp_path, "# A 1\n\na[^1]\n\n1. b\n\n[^1]: c", language)
    assert {finding.rule for finding in checks.check(made.path)} == {"ebraille-recommended"}


def test_the_same_publication_gives_the_same_bytes(made: MadeBook, tmp_path: Path) -> None:
    assert make(tmp_path).path.read_bytes() == made.path.read_bytes()


def test_a_publication_without_headings_or_text(tmp_path: Path) -> None:
    made = make(tmp_path, with_metadata(Publication(Metadata(title="A", language="en", publisher="B"))))
    assert "ebraille/contents.xhtml" not in made.data


def test_uncontracted_braille_is_a_setting(tmp_path: Path) -> None:
    assert make(tmp_path, "A", grade=Grade.UNCONTRACTED).values("a11y:brailleSystem") == ["UEB grade1"]


@pytest.mark.parametrize(("tag", "in_braille", "in_print"), [
    ("en", "en-Brai", "en"),
    ("pt-BR", "pt-Brai-BR", "pt-BR"),
    ("sr-Latn-RS", "sr-Brai-RS", "sr-RS"),
    ("es-419", "es-Brai-419", "es-419"),
])  # fmt: skip
def test_tags_of_languages_name_the_script(tag: str, in_braille: str, in_print: str) -> None:
    assert braille_language(tag) == in_braille
    assert print_language(in_braille) == in_print


def test_a_wide_table_has_no_wrapper_that_scrolls(tmp_path: Path) -> None:
    columns = 7
    made = make(tmp_path, f"|{' a |' * columns}\n|{'---|' * columns}\n|{' 1 |' * columns}\n")
    documents = b"".join(data for name, data in made.data.items() if name.endswith("html"))
    assert b"<table" in documents
    assert b"tabindex" not in documents
