"""What a braille file shows by where its lines begin is that which it promises, and spoilt lines are found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from exporter import model as m
from exporter.braille import files
from exporter.braille.liblouis import SPACE
from exporter.parity.braille import line_layout
from exporter.parity.tree_content import extract_content
from tests.writers.braille.made import Made, make, needs_liblouis, tree

pytestmark = needs_liblouis
WORDS = "The people of the village waited many years for the decision of the court and its clerks."
TEXT = f"""# The first of all headings

{WORDS} They went home in the evening when the rain had stopped.

## The heading of the second level

Nobody told the women why their letters were lost, and nobody answered any of them in the years after.

### A heading of the third level

- The first item of the list is longer than a line, so that it goes on in the next one.
- The second item of the list.

> Somebody said this once and went away without another word to anybody.

::: warning
Here are descriptions of violence.
:::

# Another heading of the first level

The government should answer every one of these questions in the coming year, and publish the answers.

"""
Page = list[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("layout"), TEXT, "en")


def _found(made: Made, path: Path) -> list[str]:
    items = extract_content(made.publication).items
    return [str(finding.message) for finding in line_layout.check(made.publication, items, path)]


def test_nothing_is_found_in_a_good_file(made: Made) -> None:
    assert _found(made, made.path) == []


@pytest.mark.parametrize("language", ["es", "ar", "ru", "fr", "de"])
def test_nothing_is_found_in_other_codes(language: str, tmp_path: Path) -> None:
    other = make(tmp_path, TEXT, language)
    assert _found(other, other.path) == []


def test_nothing_is_found_in_lines_of_verse(tmp_path: Path) -> None:
    verse = "| The river took the bridge away,\n|     and nobody has built another one.\n"
    listed = (
        "- Somebody wrote this on the wall:\n\n  | The water knows the names of all,\n  | and nobody asks for them.\n"
    )
    other = make(tmp_path, f"{TEXT}\n{verse}\n{listed}")
    assert _found(other, other.path) == []


def test_nothing_is_found_in_long_titles_and_volumes(tmp_path: Path) -> None:
    text = "".join(f"# Chapter {number}\n\n{WORDS}\n\n" for number in range(120))
    other = make(tmp_path, f"---\ntitle: {WORDS}\nlang: en\n---\n{text}", volume_pages=10)
    assert _found(other, other.path) == []


def test_nothing_is_found_where_a_page_of_print_begins_in_a_paragraph(tmp_path: Path) -> None:
    publication = tree(f"Before.\n\n{WORDS}", "en")
    first, paragraph = publication.body
    for characters in (20, 40):
        begins = {"node": paragraph.at.id, "characters": characters}
        pages = {"labels": ["1", "2"], "starts": [{"node": first.at.id}, begins]}
        untitled = msgspec.structs.replace(publication, metadata=m.Metadata(language="en"))
        for text in (publication, untitled):
            other = make(tmp_path, text, facts={"pdf.pages": msgspec.json.encode(pages)})
            assert any(line.startswith("⠤" * 5) for line in other.text)
            assert _found(other, other.path) == []


def test_nothing_is_found_where_a_page_of_print_begins_with_one_of_braille(tmp_path: Path) -> None:
    lines = "\n".join(f"| {number}" for number in range(20))
    publication = tree(f"{lines}\n\n{WORDS} They went home in the evening and came again in the morning.", "en")
    first, paragraph = publication.body
    starts = [{"node": first.at.id}, {"node": paragraph.at.id, "characters": 74}]
    pages = msgspec.json.encode({"labels": ["1", "2"], "starts": starts})
    other = make(tmp_path, publication, facts={"pdf.pages": pages}, lines=25)
    assert not any(line.startswith("⠤" * 5) for line in other.text)
    assert _found(other, other.path) == []


def _line(pages: list[Page], start: str) -> tuple[Page, int]:
    """Return the page of the text, and the index of the line in it, that begins with as many spaces and cells."""
    return next(
        (page, index)
        for page in pages
        if not page[-1].strip(SPACE).startswith(files.PRELIMINARY)
        for index, line in enumerate(page)
        if 0 < index < len(page) - 1 and line.startswith(start) and line[len(start) : len(start) + 1] not in {"", SPACE}
    )


def _moved(start: int, cells: int, after: int = 0) -> Callable[[list[Page]], None]:
    """Return a change of the spaces before the first line with as many, or of one after it."""

    def change(pages: list[Page]) -> None:
        page, index = _line(pages, SPACE * start)
        line = page[index + after].lstrip(SPACE)
        page[index + after] = SPACE * cells + line

    return change


def _top_heading(pages: list[Page]) -> None:
    page = _text(pages)
    page[1] = SPACE * 4 + page[1].lstrip(SPACE)


def _text(pages: list[Page]) -> Page:
    return next(page for page in pages if not page[-1].strip(SPACE).startswith(files.PRELIMINARY))


def _broken(pages: list[Page]) -> None:
    page, index = _line(pages, SPACE * 2)
    words = page[index].rstrip(SPACE).split(SPACE)
    page[index : index + 1] = [SPACE.join(words[:-2]), SPACE.join(words[-2:])]
    page.remove("")


def _doubled(pages: list[Page]) -> None:
    page = _text(pages)
    page.insert(page.index(""), "")


def _without_end(pages: list[Page]) -> None:
    for page in pages:
        for index, line in enumerate(page):
            if set(line.strip(SPACE)) == {"⠛"}:
                page[index] = SPACE * 4 + "⠁"


def _head(words: str) -> Callable[[list[Page]], None]:
    def change(pages: list[Page]) -> None:
        _text(pages)[0] = words

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(_moved(2, 0), "begins in cell 1; expected 3", id="a paragraph begins at the margin"),
        pytest.param(_moved(2, 2, after=1), "begins in cell 3; expected 1", id="a line of a paragraph is indented"),
        pytest.param(_moved(4, 6), "begins in cell 7; expected 5", id="a heading of level 2 looks like one of level 3"),
        pytest.param(_moved(6, 4), "begins in cell 5; expected 7", id="a heading of level 3 looks like one of level 2"),
        pytest.param(_top_heading, "begins in cell 5; expected", id="a heading of level 1 looks like one of level 2"),
        pytest.param(_moved(0, 2), "begins in cell 3", id="an item looks like a paragraph"),
        pytest.param(_broken, "ends before it is full", id="a line is too short"),
        pytest.param(_doubled, "several empty lines", id="empty lines"),
        pytest.param(_without_end, "1 boxes begin, and 0 end", id="a box does not end"),
        pytest.param(_head(SPACE * 9 + "⠑⠇⠎⠑"), "another running head", id="a running head of another publication"),
        pytest.param(_head(""), "no running head", id="no running head"),
        pytest.param(lambda pages: _text(pages).insert(1, ""), "begins with an empty line", id="an empty first line"),
        pytest.param(
            lambda pages: pages[0].__setitem__(0, "⠑⠇⠎⠑"), "has a running head", id="a head of the title page"
        ),
    ],
)
def test_spoilt_lines_are_found(change: Callable[[list[Page]], None], message: str, made: Made, tmp_path: Path) -> None:
    pages = files.read_pages(made.path)
    change(pages)
    bad = tmp_path / made.path.name
    bad.write_bytes(files.brf([[pages]]))
    assert any(message in found for found in _found(made, bad)), _found(made, bad)
