"""Words of the tree among the cells of a braille file."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from exporter.parity.braille import word_cells

FEW = "ab⠼c"


@given(st.text(FEW, max_size=25), st.lists(st.text(FEW, max_size=2), max_size=6))
def test_parts_follow_each_other_as_in_a_regular_expression(cells: str, parts: list[str]) -> None:
    pattern = ".{0,6}".join(map(re.escape, parts))
    assert word_cells._follow(cells, parts) is (re.search(pattern, cells) is not None)


def test_a_letter_that_is_repeated_takes_no_exponential_time() -> None:
    assert word_cells._follow("a" * 5000 + "b", ["a"] * 2000 + ["b"])
    assert not word_cells._follow("a" * 5000, ["a"] * 2000 + ["b"])
