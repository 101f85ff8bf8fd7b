"""Sizes and lengths as people write them."""

from __future__ import annotations

import pytest

from exporter.site.formatting import format_duration, format_size
from tests.write_context import LANGUAGES


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200f", "")


@pytest.mark.parametrize(
    ("count", "language", "written"),
    [
        (1, "en", "1 byte"),
        (999, "en", "999 byte"),
        (1_000, "en", "1 kB"),
        (45_499, "en-GB", "45 kB"),
        (999_400, "en", "999 kB"),
        (999_600, "en", "1 MB"),
        (1_234_567, "en", "1.2 MB"),
        (1_234_567, "es-MX", "1.2 MB"),
        (1_234_567, "es", "1,2 MB"),
        (1_234_567, "fr", "1,2 Mo"),
        (99_960_000, "en", "100 MB"),
        (179_400_000, "ru", "179 МБ"),
        (2_040_000_000, "en", "2 GB"),
        (1_234_567, "nah-x-own", "1.2 MB"),
        (1_234_567, "not a tag", "1.2 MB"),
    ],
)
def test_a_size_is_written_in_the_largest_unit_that_it_fills(count: int, language: str, written: str) -> None:
    assert plain(format_size(count, language)) == written


@pytest.mark.parametrize(
    ("seconds", "language", "written"),
    [
        (0.2, "en", "1 sec"),
        (59.4, "en", "59 sec"),
        (59.6, "en", "1 min"),
        (754, "en", "13 min"),
        (3_570, "en", "1 hr"),
        (3_900, "en-GB", "1 hr 5 mins"),
        (3_900, "en-US", "1 hr 5 min"),
        (18_000, "fr", "5 h"),
        (3_900, "ru", "1 ч 5 мин"),
    ],
)
def test_a_length_is_written_in_hours_and_minutes(seconds: float, language: str, written: str) -> None:
    assert plain(format_duration(seconds, language)) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_house_has_units(language: str) -> None:
    assert format_size(1_200_000, language)
    assert format_duration(4_000, language)
