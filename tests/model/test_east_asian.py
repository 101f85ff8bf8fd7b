"""Texts in Chinese characters, which have no spaces between words."""

from __future__ import annotations

import pytest

from exporter.model.east_asian import (
    count_letters,
    count_words,
    format_length,
    has_characters,
    join_lines,
    line_parts,
    set_apart,
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("The court waited.", 3),
        ("法院等待。", 2),
        ("联合国 UNICEF 的报告", 4),
        ("法院，等待。", 2),
        ("こんにちは", 3),
    ],
)
def test_two_characters_count_as_a_word(text: str, count: int) -> None:
    assert count_words(text) == count


def test_a_character_is_as_long_as_two_letters() -> None:
    assert [count_letters(text) for text in ("Court", "法院", "法院A")] == [5, 4, 5]
    assert format_length("Court") == "5 characters"
    assert format_length("法院") == "2 characters, of which Chinese ones count twice"
    assert [has_characters(text) for text in ("Court", "Суд", "法院", "ひ")] == [False, False, True, True]


def test_letters_and_digits_are_set_apart_from_characters() -> None:
    assert set_apart("通过UNDP的2项决议") == "通过 UNDP 的 2 项决议"
    assert set_apart("UNDP 2") == "UNDP 2"


def test_lines_end_beside_characters_and_not_before_the_marks_behind_them() -> None:
    parts = line_parts("（见《公约》第2条，UN Women）。")
    assert parts == ["（见", "《公", "约》", "第", "2", "条，", "UN ", "Women）。"]
    assert line_parts("no spaces") == ["no ", "spaces "]
    assert join_lines("世界\n人权 UN Women \n宣言") == "世界人权UN Women宣言"
    assert join_lines("two\nwords") == "two words"
