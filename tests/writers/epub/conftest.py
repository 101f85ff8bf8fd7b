from __future__ import annotations

from pathlib import Path

import pytest

from tests.writers.epub.books import Bench, Book, kitchen_sink


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The EPUB of a publication with one of everything."""
    bench = Bench(tmp_path_factory.mktemp("sink"))
    return bench.book(kitchen_sink(bench))
