"""The book as it is bound: from which side, and how many pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest

from exporter import model as m
from tests.writers import sample
from tests.writers.print.made import Made, columns, make, short
from tests.writers.print.made import chapters as chapters_of

POINTS = 72 / 25.4


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Ghostscript: the pages are the same."""
    monkeypatch.setattr(shutil, "which", lambda name: None)


def words_on(path: Path) -> list[bool]:
    with pikepdf.open(path) as pdf:
        return [
            any(str(each.operator) in {"Tj", "TJ"} for each in pikepdf.parse_content_stream(page)) for page in pdf.pages
        ]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("multiple", [1, 2, 4])
def test_empty_pages_at_the_end_fill_the_last_sheet(multiple: int, tmp_path: Path) -> None:
    made = make(tmp_path, short(kind=m.Kind.REPORT), page_multiple=multiple)
    said = words_on(made.path)
    assert len(said) % multiple == 0
    assert len(said) - max(number for number, words in enumerate(said, 1) if words) == {1: 0, 2: 0, 4: 2}[multiple]
    with pikepdf.open(made.path) as pdf:
        for name in ("/TrimBox", "/BleedBox", "/MediaBox"):
            assert len({tuple(map(float, page.obj[name])) for page in pdf.pages}) == 1


@pytest.mark.usefixtures("quick")
def test_a_book_in_arabic_is_bound_on_the_right(tmp_path: Path) -> None:
    text = sample.p("كلمات كثيرة في سطر واحد " * 30)
    body = tuple(sample.section(name, words, *[text] * 9) for name, words in (("a", "فصل"), ("b", "فصل ثان")))
    metadata = m.Metadata(title="كتاب", language="ar", direction=m.Direction.RTL, kind=m.Kind.REPORT)
    made = make(tmp_path, m.Publication(metadata, body=body), chapters="odd-page")
    lefts: dict[bool, list[float]] = {True: [], False: []}
    with pikepdf.open(made.path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            if number > 2 and (found := list(columns(page))):
                lefts[number % 2 == 1].append(min(found))
    # Odd pages lie to the left of the spine, and the wider margin is at the spine. Lines end raggedly on the left.
    assert 8 * POINTS - 3 < min(lefts[False]) - min(lefts[True]) < 8 * POINTS + 15
    found = chapters_of(made.path, ["فصل", "فصل ثان"])
    assert len(found) == 2
    assert all(number % 2 for number in found.values())


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("chapters", "blank"), [("next-page", 0), ("odd-page", 1)])
def test_pages_are_blank_only_where_chapters_begin_on_odd_pages(chapters: str, blank: int, tmp_path: Path) -> None:
    body = tuple(sample.section(name, name, *[sample.p(sample.PARAGRAPH)] * 9) for name in ("a", "b", "c"))
    publication = m.Publication(m.Metadata(title="T", language="en", kind=m.Kind.REPORT), body=body)
    written = words_on(make(tmp_path, publication, chapters=chapters, page_multiple=1).path)
    assert written.count(False) == blank
    if blank:
        assert all(number % 2 for number in chapters_of(tmp_path / "print.pdf", ["a", "b", "c"]).values())


@pytest.mark.proof
def test_the_file_says_on_which_side_it_is_bound(printed: Made, tmp_path: Path) -> None:
    made = make(tmp_path, short(language="ar", direction=m.Direction.RTL))
    with pikepdf.open(made.path) as pdf, pikepdf.open(printed.path) as other:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert other.Root.ViewerPreferences.Direction == "/L2R"
