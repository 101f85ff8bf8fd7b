import re
import string
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import SettingsError
from exporter.lexicon import Lexicon, Lexicons
from exporter.speech.normalisation.addresses import read_telephone_numbers
from exporter.speech.normalisation.inflection.declension import read_declined_dates
from exporter.speech.normalisation.numbers.fractions import read_dimensions
from exporter.speech.normalisation.numbers.ordinals import read_ordinals
from exporter.speech.normalisation.numbers.ranges import read_ranges
from exporter.speech.normalisation.numbers.roman_ordinals import read_roman_ordinals
from exporter.speech.normalisation.quantities.money import read_money
from exporter.speech.normalisation.quantities.units import read_units
from exporter.speech.normalisation.symbols import name_symbols
from exporter.speech.normalise import RULES, normalise
from tests.sampling import sampled
from tests.write_context import LANGUAGES

STYLES = Path(__file__).parents[2] / "styles"
LEXICONS = Lexicons(STYLES)


def cases(language: str) -> dict[str, str]:
    lines = (Path(__file__).parent / "normalise" / f"{language}.txt").read_text("utf-8").splitlines()
    return dict(line.split(" => ") for line in lines if " => " in line and not line.startswith("# "))


@pytest.mark.parametrize("language", LANGUAGES)
def test_is_read_as_a_person_reads_it(language: str) -> None:
    read = {written: normalise(written, LEXICONS(language)) for written in cases(language)}
    assert read == cases(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_read_in_a_region_where_few_speak_it(language: str) -> None:
    texts = ("5 km, 3 % and $2m on 12/05/2020.", "2020-05-03")
    read, there = ([normalise(text, LEXICONS(tag)) for text in texts] for tag in (language, f"{language}-AQ"))
    assert read == there


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_for_figures_change_no_text_without_figures(language: str) -> None:
    lexicon = LEXICONS(language)
    texts = {re.sub(r"\d", "", text) for case in cases(language).items() for text in case}
    for_figures = [rule.apply for rule in RULES if rule.needs_figures]
    assert [(rule.__name__, text) for rule in for_figures for text in texts if rule(text, lexicon) != text] == []


def test_there_are_enough_cases_of_each_language() -> None:
    assert all(len(cases(language)) >= 200 for language in LANGUAGES)


def test_every_lexicon_has_cases() -> None:
    assert sorted(path.stem for path in (STYLES / "lexicon").glob("*.toml")) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_of_a_keyboard_has_a_name(language: str) -> None:
    lexicon = LEXICONS(language)
    other = lexicon.signs["other"]
    named = {sign: name_symbols(sign, lexicon) for sign in string.punctuation}
    assert [sign for sign, name in named.items() if name == other or not name[0].isalpha()] == []


def test_signs_without_a_name_are_called_signs_once_a_row() -> None:
    assert name_symbols("★ ⠿⠿ ✓", LEXICONS("en")) == "star, sign, check mark"
    assert name_symbols("________ ...", LEXICONS("en")) == "underscore, dot, dot, dot"
    assert name_symbols("★", LEXICONS("xx")) == ""


def test_a_language_without_a_lexicon_is_read_as_it_is_written() -> None:
    assert normalise("12-15 NATO § 5 a.b@c.org", LEXICONS("xx")) == "12-15 NATO § 5 a.b@c.org"


def test_a_region_uses_the_lexicon_of_its_language() -> None:
    assert normalise("art. 3", LEXICONS("es-MX")) == "artículo 3"


@given(st.text(), st.sampled_from([*LANGUAGES, ""]))
def test_no_text_breaks_the_rules_and_words_stay(text: str, language: str) -> None:
    lexicon = LEXICONS(language) if language else Lexicon()
    read = normalise(text, lexicon)
    assert read == " ".join(read.split())
    if any(char.isalpha() for char in text):
        assert any(char.isalpha() for char in read)


@pytest.mark.parametrize("language", sampled(LANGUAGES, 4))
def test_abbreviations_in_any_case_and_place_break_nothing(language: str) -> None:
    lexicon = LEXICONS(language)
    for short in (*lexicon.numbered, *lexicon.abbreviations, *lexicon.named, *lexicon.telephone, *lexicon.versus):
        for form in (short, short.upper(), short.capitalize(), short.replace("i", "İ")):
            assert normalise(f"de {form} a 5 {form} 2019, {form} X. {form}", lexicon)


@pytest.mark.parametrize("part", ["a", "A", "J. Okoro, "])
def test_thousands_of_letters_or_names_take_no_time(part: str) -> None:
    begin = time.process_time()
    normalise((part * 8000)[:8000], LEXICONS("en"))
    assert time.process_time() - begin < 1


@pytest.mark.parametrize(
    ("rule", "part", "language"),
    [
        (read_ordinals, "el 21.º período 1-20 a 5 km ", "es"),
        (read_ranges, "el 21.º período 1-20 a 5 km ", "es"),
        (read_units, "el 21.º período 1-20 a 5 km ", "es"),
        (read_telephone_numbers, "1942/10 (123) 12345678901234 ", "en"),
        (read_declined_dates, "1942 и 1943, ", "ru"),
        (read_declined_dates, "и 5 ", "ru"),
        (read_dimensions, "5 x ", "en"),
        (read_money, "230\u00a0", "ru"),
        (read_roman_ordinals, "a-", "en"),
    ],
)
def test_many_numbers_in_one_text_take_no_time(rule: Callable[[str, Lexicon], str], part: str, language: str) -> None:
    lexicon = LEXICONS(language)
    rule(part, lexicon)
    begin = time.process_time()
    rule(part * 6000, lexicon)
    assert time.process_time() - begin < 1


def test_a_lexicon_with_an_unknown_table_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "en.toml").write_text("[wrods]\na = 'b'\n")
    with pytest.raises(SettingsError, match="“wrods”"):
        Lexicons(tmp_path)("en")


def test_a_lexicon_that_is_not_toml_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "en.toml").write_text("words = [")
    with pytest.raises(SettingsError, match=r"en\.toml"):
        Lexicons(tmp_path)("en")
