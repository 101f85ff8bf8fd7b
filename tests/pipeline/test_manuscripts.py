"""From what is named to manuscripts and slugs."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import UsageError
from exporter.pipeline.manuscripts import Manuscript, UnresolvedManuscript, find, slug_of

SUFFIXES = (".md", ".docx")


def put(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return root


def found(*sources: Path) -> dict[str, str]:
    """Slug and file name of each manuscript; for one that cannot be told, the sentence."""
    return {
        one.slug: one.path.name if isinstance(one, Manuscript) else str(one.error) for one in find(sources, SUFFIXES)
    }


def test_a_folder_with_a_manuscript_is_a_publication_of_its_name(tmp_path: Path) -> None:
    put(tmp_path, "report/manuscript.md", "report/notes.md", "report/drafts/old.md")
    assert found(tmp_path / "report") == {"report": "manuscript.md"}


def test_a_file_called_after_its_folder_is_its_manuscript(tmp_path: Path) -> None:
    put(tmp_path, "report/report.md", "report/notes.md")
    assert found(tmp_path / "report") == {"report": "report.md"}


def test_the_only_file_that_can_be_read_is_the_manuscript(tmp_path: Path) -> None:
    put(tmp_path, "report/text.md", "report/README.md", "report/img.png", "report/.hidden.md", "report/~$text.docx")
    assert found(tmp_path / "report") == {"report": "text.md"}


def test_a_folder_of_folders_gives_each_publication(tmp_path: Path) -> None:
    put(tmp_path, "b/manuscript.md", "a/a.docx", "c/only.md", "img/x.png", ".git/x.md", "README.md")
    assert found(tmp_path) == {"a": "a.docx", "b": "manuscript.md", "c": "only.md"}


def test_a_loose_file_beside_publications_is_one_itself(tmp_path: Path) -> None:
    put(tmp_path, "a/manuscript.md", "loose.md")
    assert found(tmp_path) == {"loose": "loose.md", "a": "manuscript.md"}


def test_two_manuscripts_in_one_folder_are_a_sentence_and_the_rest_is_found(tmp_path: Path) -> None:
    put(tmp_path, "a/one.md", "a/two.md", "b/manuscript.md")
    result = found(tmp_path)
    assert result["b"] == "manuscript.md"
    assert "More than one manuscript in this folder: “one.md” and “two.md”. Name the one to export" in result["a"]


def test_a_file_that_is_named_has_the_slug_of_its_name_or_of_its_folder(tmp_path: Path) -> None:
    put(tmp_path, "a/one.md", "a/manuscript.md")
    assert found(tmp_path / "a" / "one.md") == {"one": "one.md"}
    assert found(tmp_path / "a" / "manuscript.md") == {"a": "manuscript.md"}


def test_a_manuscript_that_is_named_twice_is_exported_once(tmp_path: Path) -> None:
    put(tmp_path, "a/manuscript.md")
    assert len(find([tmp_path / "a", tmp_path / "a" / "manuscript.md", tmp_path], SUFFIXES)) == 1


def test_two_publications_of_one_name_are_never_written_over_each_other(tmp_path: Path) -> None:
    put(tmp_path, "x/same/manuscript.md", "y/Same/manuscript.md")
    first, second = find([tmp_path / "x", tmp_path / "y"], SUFFIXES)
    assert isinstance(first, Manuscript)
    assert isinstance(second, UnresolvedManuscript)
    assert "would be written to the same folder" in str(second.error)


def test_a_manuscript_that_is_a_link_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "secret.md")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "manuscript.md").symlink_to(tmp_path / "secret.md")
    assert "a link that points outside its folder" in found(tmp_path / "a")["a"]


def test_a_folder_that_is_a_link_out_of_the_one_that_was_named_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/manuscript.md", "input/b/manuscript.md")
    (tmp_path / "input" / "a").symlink_to(tmp_path / "elsewhere")
    result = found(tmp_path / "input")
    assert result["b"] == "manuscript.md"
    assert "a link that points outside its folder" in result["a"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("My Report (final)", "My-Report-final"),
        ("informe-año", "informe-año"),
        ("تقرير", "تقرير"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\x00b\nc", "a-b-c"),
        ("...", ""),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_slug_is_safe_wherever_it_stands(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_name_without_letters_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "---/manuscript.md")
    assert "no letter or digit" in found(tmp_path / "---" / "manuscript.md")["manuscript"]


def test_a_folder_without_manuscripts_says_how_to_begin(tmp_path: Path) -> None:
    put(tmp_path, "a/img.png")
    with pytest.raises(UsageError, match="exporter new"):
        find([tmp_path], SUFFIXES)


def test_a_misspelled_source_names_the_nearest(tmp_path: Path) -> None:
    put(tmp_path, "report/manuscript.md")
    with pytest.raises(UsageError, match=r"Did you mean .*report"):
        find([tmp_path / "reprot"], SUFFIXES)


def test_a_manuscript_in_word_and_one_in_markdown_are_two(tmp_path: Path) -> None:
    put(tmp_path, "report/manuscript.md", "report/manuscript.docx", "report/other.md")
    (only,) = find([tmp_path / "report"], (".md", ".docx"))
    assert isinstance(only, UnresolvedManuscript)
    assert "“manuscript.docx” and “manuscript.md”" in only.error.message
    assert "move the others away" in only.error.advice


def test_a_manuscript_in_a_format_that_nobody_reads_is_not_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "one/manuscript.md", "two/Manuscript.pages", "three/photo.png")
    told = found(tmp_path)
    assert set(told) == {"one", "two"}
    assert "Manuscript.pages: Unsupported manuscript format." in told["two"]


@pytest.mark.parametrize(
    ("name", "advice"),
    [("a.mdx", "save it as .html"), ("a.pages", "Export To, Word"), ("a.xyz", "supported formats: .md")],
)
def test_a_file_in_another_format_is_refused_with_what_helps(tmp_path: Path, name: str, advice: str) -> None:
    put(tmp_path, name, f"two/manuscript{Path(name).suffix}")
    with pytest.raises(UsageError, match="Unsupported manuscript format") as error:
        find([tmp_path / name], SUFFIXES)
    assert advice in error.value.advice
    (inside,) = find([tmp_path], SUFFIXES)
    assert isinstance(inside, UnresolvedManuscript)
    assert advice in inside.error.advice
