"""Pages as systems write them: each in `pages/`, and beside it the tree that it becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.model.serialisation import decode, encode
from exporter.readers.html import read
from exporter.transforms import apply
from tests.readers.html.outline import told

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.name for path in PAGES.iterdir() if path.suffix in (".html", ".htm", ".xhtml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_becomes_the_tree_that_its_author_meant(name: str, update_golden: bool) -> None:
    made = read((PAGES / name).read_bytes(), name)
    golden = PAGES / f"{name}.txt"
    if update_golden:
        golden.write_text(told(made), "utf-8")
    assert told(made) == golden.read_text("utf-8")
    assert decode(encode(made.publication)) == made.publication
    apply(made.publication, "page")


def test_there_are_pages_of_thirty_kinds_and_each_has_its_tree() -> None:
    assert len(NAMES) >= 30
    assert {path.name for path in PAGES.glob("*.txt")} == {f"{name}.txt" for name in NAMES}
