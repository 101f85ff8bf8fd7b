"""What is quoted in messages."""

from __future__ import annotations

import pytest

from exporter.findings import quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a  word\n and another", "“a word and another”"),
        (r"\frac{1}{2}", r"“\frac{1}{2}”"),
        ("it's", "“it's”"),
        ("the “dark figure”", "«the “dark figure”»"),
        ("x" * 61, f"“{'x' * 60}…”"),
    ],
)
def test_a_quotation_is_one_line_as_it_was_written(text: str, shown: str) -> None:
    assert quoted(text) == shown
