"""Limits of memory count what a step takes in addition to what its process has already."""

from __future__ import annotations

import sys

import pytest

from exporter import budgets

MEGABYTE = 1_000_000

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the memory of a process")


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
