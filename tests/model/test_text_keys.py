"""Keys by which texts are compared."""

from __future__ import annotations

import pytest

from exporter.model.text_keys import same_words


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("The Waiting Room", " the waiting-room. ", True),
        ("The waiting room", "Waiting room", False),
        ("* * *", "* * * ", True),
        ("* * *", "—", False),
        ("* * *", "", False),
    ],
)
def test_texts_have_the_same_words_or_else_the_same_characters(first: str, second: str, expected: bool) -> None:
    assert same_words(first, second) is expected
