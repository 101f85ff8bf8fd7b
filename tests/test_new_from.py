"""`exporter new --from`: settings for a manuscript that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.config import PUBLICATION_FILE, metadata_settings, read_toml
from exporter.errors import OutputError, UsageError
from exporter.model import Contact, Contributor, Kind, Metadata
from exporter.service import new_from
from exporter.service.new import settings_text, slug_of_title
from tests.command_line import run_here
from tests.readers.docx.files import PLANTED, PNG, p, package, r


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    path = tmp_path / "Report.docx"
    path.write_bytes(package(p('A "quoted" title', "Title") + p("By Ana Pérez", "Author") + p("Text")))
    return path


def test_settings_stand_beside_the_manuscript_with_what_was_found(manuscript: Path) -> None:
    path = new_from(manuscript)
    assert path == manuscript.with_name(PUBLICATION_FILE)
    text = path.read_text("utf-8")
    for line in ('title = "A \\"quoted\\" title"', 'authors = ["Ana Pérez"]', 'lang = "en-US"', "kind = "):
        assert f"\n# {line}" in text


def test_a_title_that_is_corrected_in_the_manuscript_later_is_that_of_the_editions(manuscript: Path) -> None:
    path = new_from(manuscript)
    said = metadata_settings(read_toml(path, PUBLICATION_FILE))
    assert said.over(Metadata(title="The right title", language="es")) == Metadata(
        title="The right title", language="es"
    )


def test_a_name_after_the_title_is_suggested(manuscript: Path) -> None:
    manuscript = manuscript.rename(manuscript.with_name("Report FINAL v2.docx"))
    text = new_from(manuscript).read_text("utf-8")
    assert "have the name of what is exported: “Report-FINAL-v2”, or that of its folder." in text
    assert "exporter new a-quoted-title --from" in text
    assert "name of what is exported" not in new_from(manuscript, "mine", manuscript.parent / "input").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(("style", "name"), [("", "who-pays-for-water"), ("Title", "water-watch")])
def test_the_title_or_else_the_line_that_looks_like_it_gives_the_name(manuscript: Path, style: str, name: str) -> None:
    large = p(r("Who pays for water", '<w:b/><w:sz w:val="56"/>'))
    manuscript.write_bytes(package(p("Water Watch", style) + large + p("Nobody knows when it will come back.")))
    text = new_from(manuscript).read_text("utf-8")
    assert f"exporter new {name} --from" in text
    title = "Water Watch" if style else "Who pays for water"
    assert f'# title = "{title}"  # the title; from the manuscript' in text


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Without Notice", "without-notice"),
        ("L’eau: à qui? 2021–2025", "leau-à-qui-2021-2025"),
        ("من يدفع الثمن", "من-يدفع-الثمن"),
        (
            "Forced evictions and the right to housing in Talvera province",
            "forced-evictions-and-the-right-to-housing-in",
        ),
        ("…", ""),
    ],
)
def test_a_name_after_a_title_is_its_first_words(title: str, slug: str) -> None:
    assert slug_of_title(title) == slug


def test_kind_and_language_that_are_given_are_written(manuscript: Path) -> None:
    run_here(manuscript.parent, "new", "--from", manuscript.name, "--kind", "brief", "--lang", "es-MX")
    said = metadata_settings(read_toml(manuscript.with_name(PUBLICATION_FILE), PUBLICATION_FILE))
    assert (said.lang, said.kind) == ("es-MX", Kind.BRIEF)


def test_a_language_that_is_none_is_refused(manuscript: Path) -> None:
    with pytest.raises(UsageError, match="The language “spanish!”"):
        new_from(manuscript, language="spanish!")
    assert not manuscript.with_name(PUBLICATION_FILE).exists()


def test_a_publication_begins_with_a_copy(manuscript: Path, tmp_path: Path) -> None:
    path = new_from(manuscript, "my-report", tmp_path / "input")
    assert sorted(each.name for each in path.parent.iterdir()) == ["manuscript.docx", PUBLICATION_FILE]
    with pytest.raises(OutputError, match="already exists"):
        new_from(manuscript, "my-report", tmp_path / "input")


def test_pictures_beside_the_manuscript_come_along(tmp_path: Path) -> None:
    page = tmp_path / "in" / "Page saved.html"
    (page.parent / "Page saved_files").mkdir(parents=True)
    (page.parent / "Page saved_files" / "Foto 1.png").write_bytes(PNG)
    (page.parent / "other.png").write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)
    page.write_text(
        '<p>Text <img src="./Page%20saved_files/Foto 1.png"> <img src="none.png"> <img src="../secret.png">'
        '<img src="https://example.org/a.png"></p>'
    )
    made = new_from(page, "page", tmp_path / "input").parent
    files = sorted(str(each.relative_to(made)) for each in made.rglob("*") if each.is_file())
    assert files == ["Page saved_files/Foto 1.png", "manuscript.html", PUBLICATION_FILE]


def test_settings_are_not_put_where_they_would_speak_of_other_manuscripts_too(manuscript: Path) -> None:
    manuscript.with_name("Other one.md").write_text("Text")
    with pytest.raises(UsageError, match=r"Give it a folder of its own: exporter new report --from '?/") as refused:
        new_from(manuscript)
    assert "“Other one.md” is in the same folder as “Report.docx”" in str(refused.value)
    assert not manuscript.with_name(PUBLICATION_FILE).exists()


def test_settings_that_are_there_are_never_overwritten(manuscript: Path) -> None:
    new_from(manuscript)
    with pytest.raises(OutputError, match="already exists"):
        new_from(manuscript)


@pytest.mark.parametrize(("name", "slug"), [("none.docx", ""), ("Report.xyz", ""), ("Report.docx", "a/b")])
def test_what_cannot_be_begun_is_refused(manuscript: Path, name: str, slug: str) -> None:
    manuscript.with_name("Report.xyz").write_text("x")
    with pytest.raises(UsageError):
        new_from(manuscript.with_name(name), slug)


def test_names_of_the_file_properties_are_offered_and_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "Report.docx"
    path.write_bytes(package(p("A title", "Title") + p("Text"), parts=PLANTED))
    text = new_from(path).read_text("utf-8")
    said = metadata_settings(read_toml(tmp_path / PUBLICATION_FILE, PUBLICATION_FILE))
    assert (said.authors, said.publisher, said.description) == (None, None, None)
    assert '# authors = ["Plantagenet Planted"]' in text
    assert '# publisher = "Planted Ministry"' in text
    assert '# description = "Planted comment"' in text
    assert '# keywords = ["planted keyword"]' in text


def test_a_title_that_only_the_file_properties_say_is_offered(tmp_path: Path) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Planted template</dc:title></cp:coreProperties>'
    )
    path = tmp_path / "Report.docx"
    path.write_bytes(package(p("Text"), parts={"/docProps/core.xml": core}))
    assert '# title = "Planted template"  # the title; from the properties of the file' in new_from(path).read_text()


def test_everything_that_is_known_comes_back_from_the_settings(tmp_path: Path) -> None:
    known = Metadata(
        title="T\\x7f \\\\ \\n",
        authors=(Contributor("Ana"), Contributor("Ben", "trl")),
        subjects=("a", 'b"c'),
        contact=Contact(name="Desk", email="a@example.org"),
        language="es-MX",
    )
    path = tmp_path / PUBLICATION_FILE
    path.write_text(settings_text(known, "x.docx"), "utf-8")
    assert metadata_settings(read_toml(path, PUBLICATION_FILE)).over(Metadata()) == known
