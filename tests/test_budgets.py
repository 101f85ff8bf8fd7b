"""Time for a step follows from its input; limits of memory count what it takes in addition to what its process has."""

from __future__ import annotations

import sys

import pytest

from exporter import budgets

MEGABYTE = 1_000_000

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the memory of a process")


@pytest.mark.parametrize(
    ("size", "spoken", "expected"), [(0, 0, 90), (1_000_000, 0, 690), (0, 150_000, 90 + 3600 + 40_000)]
)
def test_time_follows_from_the_size_of_the_tree_and_the_length_of_the_recording(
    size: int, spoken: int, expected: float
) -> None:
    assert budgets.seconds(size, spoken) == pytest.approx(expected)


def test_what_a_process_has_already_is_not_counted() -> None:
    already = bytearray(300 * MEGABYTE)
    with budgets.limited_memory(200 * MEGABYTE):
        assert len(already) + len(bytearray(100 * MEGABYTE)) == 400 * MEGABYTE
        with pytest.raises(MemoryError):
            bytearray(300 * MEGABYTE)
    assert len(bytearray(300 * MEGABYTE)) == 300 * MEGABYTE


def test_a_limit_inside_another_allows_no_more() -> None:
    with budgets.limited_memory(100 * MEGABYTE), budgets.limited_memory(500 * MEGABYTE), pytest.raises(MemoryError):
        bytearray(300 * MEGABYTE)
