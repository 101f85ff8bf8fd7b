"""A translation on one page and its original on the facing one."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import msgspec
import pikepdf
import pytest

from exporter import model as m
from exporter import programs, transforms
from exporter.labels import Labels
from exporter.readers import markdown
from exporter.transforms.parallel_text import combine
from exporter.writers import side_by_side_print as edition
from exporter.writers.pdf.options import PageSize
from exporter.writers.side_by_side_print.design import beside_each_other
from tests.transforms.test_parallel_text import ORIGINAL, combined
from tests.write_context import STYLES, write_context
from tests.writers.print.made import box

LONG = "\n\n".join(
    f"{{word}} {number}.[^{number}] " + "{word} and so on, line after line. " * 12 for number in range(1, 16)
)
LONG += "".join(f"\n\n[^{number}]: {{note}} {number} [here](https://example.org/{{note}})." for number in range(1, 16))
POINTS = 72 / 25.4


def from_left_to_right(long: str = LONG) -> m.Publication:
    texts = [
        f"---\ntitle: {title}\nlang: {tag}\n---\n\n# {word}s\n\n" + long.format(word=word, note=note)
        for title, tag, word, note in (("Pozo", "es", "Palabra", "Nota"), ("Well", "en", "Word", "Remark"))
    ]
    left, right = (
        transforms.apply(markdown.read(text.encode(), "manuscript.md").publication, "well") for text in texts
    )
    return combine(left, right, "well", (Labels.load(STYLES, "es"), Labels.load(STYLES, "en")), "pozo")


def written(publication: m.Publication, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the edition without Ghostscript."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    target = folder / "facing.pdf"
    edition.write(publication, write_context(folder), edition.Options(page_size=PageSize.A5), target)
    monkeypatch.undo()
    return target


def words(path: Path) -> list[str]:
    """Return the text of each page."""
    return programs.run(["pdftotext", str(path), "-"], seconds=60).stdout.decode().split("\f")[:-1]


@pytest.mark.usefixtures("poppler")
def test_each_language_has_its_page_and_paragraphs_and_notes_are_on_the_same_spread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(from_left_to_right(), tmp_path, monkeypatch)
    pages = words(path)
    spreads = list(pairwise(pages))[1::2]
    left, right = ([side for side in sides if "and so on" in side] for sides in zip(*spreads, strict=True))
    assert len(left) == len(right) > 1
    assert all("Palabra" in page and "Word" not in page for page in left)
    assert all("Word" in page and "Palabra" not in page for page in right)
    for number in range(1, 16):
        (place,) = (index for index, page in enumerate(left) if f"Palabra {number}." in page)
        assert f"Word {number}." in right[place]
        assert f"Nota {number} here (example.org/Nota)" in left[place]
        assert f"Remark {number} here (example.org/Remark)" in right[place]
    assert [page.split()[-1] for page in pages[1:5]] == ["2", "3", "4", "5"]
    with pikepdf.open(path) as pdf:
        with pdf.open_outline() as outline:
            led_to = [bookmark.destination[0].objgen for bookmark in outline.root]
        assert led_to
        assert {*led_to} <= {page.objgen for page in pdf.pages}
        for page in pdf.pages:
            trim, bleed = box(page, "/TrimBox"), box(page, "/BleedBox")
            assert trim[2] - trim[0] == pytest.approx(148 * POINTS, abs=0.1)
            assert [abs(a - b) for a, b in zip(trim, bleed, strict=True)] == pytest.approx([3 * POINTS] * 4, abs=0.05)


@pytest.mark.usefixtures("poppler")
def test_notes_are_on_the_spread_of_both_of_their_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The translation is longer, so its marks at the ends of paragraphs are lower than those of the original.
    long = "\n\n".join("{word}, {word}, {word} and so on. " * 9 + f"End{n}.[^{n}]" for n in range(1, 16))
    long += "".join(f"\n\n[^{n}]: {{note}} {n}." for n in range(1, 16))
    text = words(written(from_left_to_right(long), tmp_path, monkeypatch))
    numbers = [(re.findall(r"End(\d+)\.", page), re.findall(r"(?:Nota|Remark) (\d+)\.", page)) for page in text]
    spreads = [pages for pages in zip(numbers[1::2], numbers[2::2], strict=False) if any(pages[0] + pages[1])]
    assert len(spreads) > 2
    for left, right in spreads:
        assert left[0] == left[1] == right[0] == right[1], spreads


@pytest.mark.proof
@pytest.mark.usefixtures("poppler")
def test_a_translation_from_right_to_left_comes_first_and_its_gaps_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = combined()
    before = (m.Paragraph(children=(m.Text(text="كلمة " * 90),)),) * 3
    pages = words(written(msgspec.structs.replace(tree, front=before), tmp_path, monkeypatch))
    (original,) = (index for index, page in enumerate(pages) if "The mayor, Rosa Mendoza" in page)
    assert original % 2 == 0
    assert "[غير موجود بهذه اللغة]" in pages[original - 1] or "اللغة" in pages[original - 1]
    assert "council" not in pages[original - 1]


def test_tables_with_data_are_beside_each_other() -> None:
    tree = beside_each_other(combined())
    (section,) = (section for section in tree.body if isinstance(section, m.Section) and "pays" in str(section.title))
    table = section.children[-1]
    assert isinstance(table, m.Table)
    (row,) = table.bodies[0]
    assert [cell.children[0].at.language for cell in row.cells] == ["ar", "en"]
    assert all(isinstance(cell.children[0], m.Table) and cell.children[0].caption for cell in row.cells)


def test_a_single_text_is_left_as_it_is() -> None:
    tree = transforms.apply(markdown.read(ORIGINAL.encode(), "manuscript.md").publication, "well")
    assert msgspec.json.encode(beside_each_other(tree)) == msgspec.json.encode(tree)
