"""No page is half empty, whatever is in the way: figures, tables, boxes, notes, the beginnings of chapters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from exporter import model as m
from exporter.writers.large_print.design import PAPERS as LARGE
from exporter.writers.pdf.design import PAPERS
from exporter.writers.pdf.options import PageSize
from exporter.writers.print.design import PAPERS as PRINT
from tests.publications import SHORT, Editions, all_of
from tests.write_context import Pictures
from tests.writers import sample
from tests.writers.pages.gaps import Page, pages
from tests.writers.pdf.made import make

FORMULA = '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mi>r</mi></math>'
SHEETS = {"pdf": PAPERS, "large-print": LARGE, "print": PRINT}
CHAPTER = 0.38
"""A third of a page, and the margin above what would come next."""
REST = 0.35
"""The head and the first two rows of a table in large print, or a picture without text after it, may need so much."""


def too_empty(found: list[Page]) -> list[str]:
    """Return the pages with a gap, but for those before long chapters, the last one and those that fill its sheet."""
    last = max(page.number for page in found if page.gap < 1)
    within = [page for page in found if page.number < last and not page.is_before_long_chapter]
    return [str(page) for page in within if page.gap > (CHAPTER if page.ends_chapter else REST)]


@pytest.mark.usefixtures("poppler")
@pytest.mark.parametrize("edition", SHEETS)
@pytest.mark.parametrize("slug", all_of(SHORT))
def test_no_page_of_a_publication_is_half_empty(slug: str, edition: str, editions: Editions, tmp_path: Path) -> None:
    path = editions.of(slug, edition).path
    assert too_empty(pages(path, SHEETS[edition][PageSize.A4], tmp_path)) == []


def words(random: Random, least: int, most: int) -> m.Paragraph:
    count = random.randint(least, most)
    return sample.p(" ".join(("Thousands of people wait for months before a judge hears them. " * 20).split()[:count]))


def blocks(random: Random, notes: list[m.Note], picture: str) -> Iterator[m.Block]:
    """Yield text with everything that may leave a gap."""
    for number in range(12):
        yield words(random, 20, 90)
        match random.choice(["figure", "table", "long table", "box", "note", "formula"]):
            case "figure":
                described = (words(random, 30, 60),) if random.random() < 0.5 else ()
                image = m.Image(picture, m.Described("A picture."))
                yield m.Figure((image,), (m.Text(f"Picture {number}"),), description=described)
            case "table" | "long table" as kind:
                cells = ("Country", "Wait in months", "What the court ordered the State to change")
                heads = m.Row(tuple(sample.cell(text, m.Scope.COLUMN) for text in cells))
                row = m.Row(
                    (sample.cell("Mexico", m.Scope.ROW), sample.cell("14"), sample.cell("The law, and practice"))
                )
                rows = (row,) * (6 if kind == "table" else 40)
                yield m.Table((m.Column(),) * 3, head=(heads,), bodies=(rows,), caption=(m.Text(f"Table {number}"),))
            case "box":
                yield m.Aside((words(random, 40, 100),), m.AsideKind.BOX, title=(m.Text("In short"),))
            case "note":
                notes.append(m.Note(f"n{number}", (words(random, 30, 150),)))
                yield sample.p("So the court said", m.NoteReference(f"n{number}"), " in 2024, and again.")
            case _:
                yield sample.p("The share is the number of the cases by that of all people:")
                yield m.MathBlock(FORMULA)


@pytest.mark.usefixtures("poppler")
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(2, 8))])
def test_no_page_of_a_generated_report_is_half_empty(seed: int, tmp_path: Path) -> None:
    random, notes, pictures = Random(seed), [], Pictures(tmp_path / "pictures")
    asset = pictures.add("a.png", sample.picture(40, 24), "image/png", 40, 24)
    chapters = tuple(
        sample.section(f"c{number}", f"Chapter {number}", *blocks(random, notes, asset.name)) for number in range(2)
    )
    metadata = m.Metadata(title="T", language="en", kind=m.Kind.REPORT)
    publication = m.Publication(metadata, body=chapters, notes=tuple(notes), assets=(asset,))
    found = pages(make(tmp_path, publication).path, PAPERS[PageSize.A4], tmp_path)
    assert len(found) > 6
    # Behind the cover and the imprint.
    assert too_empty(found[2:]) == []
