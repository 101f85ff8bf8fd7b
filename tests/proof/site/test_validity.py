"""Whatever the tree holds, the page is valid HTML, and so is the page of the publication around it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from tests.images.pictures import SVG, raster
from tests.proof.site.validity import errors
from tests.site.pages import page_of, render
from tests.trees import PUBLICATIONS
from tests.write_context import Pictures
from tests.writers.pages.test_contrast import everything
from tests.writers.web.pages import make

OF_THE_TREE = (
    "must have an “alt” attribute",
    "must also have an accessible name",
    "no cells beginning",
    "cell is overlapped by",
    "cell overlaps an earlier",
    "must not appear as a descendant of the “th” element",
)
"""What a tree may hold and the page says as it is: pictures that nobody described, rows and columns without cells,
whole quotations in a header; cells one on the other, which no reader gives."""


def test_a_publication_with_everything_in_it_is_valid(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    tree = everything(pictures)
    make(tmp_path, transforms.apply(tree, "everything"), pictures=pictures)
    (tmp_path / "index.html").write_text(render(page_of(tmp_path, tree)), "utf-8")
    assert errors([tmp_path / "page.html", tmp_path / "index.html"]) == []


def test_the_judge_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<!DOCTYPE html><title>x</title><p id=a><p id=a>", "utf-8")
    assert "Duplicate ID" in errors([tmp_path / "wrong.html"])[0]


def test_any_tree_becomes_valid_html(tmp_path: Path) -> None:
    pages: list[Path] = []

    @given(PUBLICATIONS)
    @settings(
        max_examples=60,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def write(publication: m.Publication) -> None:
        folder = tmp_path / str(len(pages))
        pictures = Pictures(folder / "pictures")
        assets = (
            pictures.add("img/a.png", raster(), "image/png", 40, 20),
            pictures.add("img/b.svg", SVG.format("<path d='M0 0h9'/>").encode(), "image/svg+xml", 40, 20),
        )
        tree = m.Publication(publication.metadata, publication.front, publication.body, publication.notes, assets)
        make(folder, transforms.apply(tree, "any"), pictures=pictures)
        pages.append(folder / "page.html")

    write()
    assert [error for error in errors(pages) if not any(words in error for words in OF_THE_TREE)] == []
